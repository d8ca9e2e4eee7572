//! The operations: load, decide, save in one transaction. They print nothing and ask nothing;
//! what only a person or another program can answer comes in as a function.

mod batch;
mod cancel;
mod choose;
mod claim;
mod conflict;
mod convert;
mod doubts;
mod evidence_folder;
mod fonts;
mod insure;
mod lookup;
mod quote;
mod replay;
mod status;
mod terms;
mod track;

pub use batch::{
    Agreement, BatchOptions, BatchOutcome, BatchSummary, Decision, RefusalCount, insure_batch,
};
pub use cancel::{Cancelled, cancel};
pub use choose::{Asked, Offer, Priced, Reach, choose};
pub use claim::{
    AddedEvidence, Amended, Appealed, Assessed, Decided, Filed, FiledClaim, Given, MadePacket,
    NewAppeal, NewDecision, NewPayment, PacketOptions, PacketOutcome, Packets, Paid, RefusedPacket,
    Request, ShownClaim, add_evidence, amend_claim, appeal_claim, check_claim, decide_claim,
    file_claim, make_packets, pay_claim, show_claim,
};
pub use convert::{RateUsed, RatesUsed};
pub use doubts::Doubts;
pub use evidence_folder::EvidenceFolder;
pub use fonts::FontPlaces;
pub use insure::{BuyLabel, InsureOptions, Insured, accept_agreement, insure_one};
pub use quote::{QuoteRow, QuotedFile, quote_file, quote_one};
pub use replay::{ReplayCover, ReplaySummary, Replayed, replay};
pub use status::{PolicyView, status};
pub use terms::TermsInForce;
pub use track::{TrackOptions, TrackRow, TrackSummary, Tracked, track_file, track_one};
