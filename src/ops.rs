//! The operations: load, decide, save in one transaction. They print nothing and ask nothing;
//! what only a person or another program can answer comes in as a function.

mod advise;
mod batch;
mod cancel;
mod check_ledger;
mod choose;
mod claim;
mod conflict;
mod convert;
mod doubts;
mod evidence;
mod evidence_folder;
mod fonts;
mod insure;
mod lookup;
mod midnight;
mod outputs;
mod quote;
mod replay;
mod report;
mod rivals;
mod status;
mod terms;
mod track;
mod whole_order;

pub use advise::{Advised, Backtest, advise};
pub use batch::{
    Accounted, Agreement, BatchOptions, BatchOutcome, BatchSummary, CodeRows, Decision, ReasonRows,
    RefusalCount, insure_batch,
};
pub use cancel::{Cancelled, cancel};
pub use check_ledger::{BadCopy, CheckedLedger, check_ledger};
pub use choose::{Asked, Offer, Priced, Reach, choose};
pub use claim::{
    AffidavitLetter, AffidavitNoted, AffidavitSent, Amended, Appealed, AskAffidavit, Assessed,
    Booked, BookedRow, CLAIMS, DECISIONS, Decided, Deciding, Filed, FiledClaim, FiledRow,
    FilingList, Given, KnownClaim, MadePacket, NewAppeal, NewDecision, NewPayment, NewRefund,
    PAYMENTS, PacketOptions, PacketOutcome, Packets, Paid, Refunded, RefusedPacket, Request,
    ShownClaim, amend_claim, appeal_claim, check_claim, complete_affidavit, decide_claim,
    decide_list, file_claim, file_list, make_packets, note_affidavit_sent, pay_claim, pay_list,
    refund_claim, send_affidavit, show_claim, write_affidavit,
};
pub use convert::{RateUsed, RatesUsed};
pub use doubts::Doubts;
pub use evidence::{
    Brought, ClaimAfter, DOCUMENTS, Entered, EnteredDocuments, Entry, EvidenceStanding,
    PolicyEvidence, Purpose, enter_documents_of, enter_folder, enter_list, evidence_lacking,
    evidence_of_claim, evidence_of_policy,
};
pub use evidence_folder::{EvidenceFolder, Stored, Unowned};
pub use fonts::FontPlaces;
pub use insure::{BuyLabel, InsureOptions, Insured, accept_agreement, insure_one};
pub use midnight::doubtful_midnights;
pub use outputs::{Spared, place, same_content};
pub use quote::{QuoteRow, QuotedFile, quote_file, quote_one};
pub use replay::{ReplayCover, ReplaySummary, Replayed, replay};
pub use report::{ReportScope, report};
pub use status::{PolicyView, status};
pub use terms::TermsInForce;
pub use track::{
    TrackOptions, TrackRow, TrackSummary, Tracked, TrackedRows, track_file, track_one,
};
