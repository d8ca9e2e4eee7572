//! The ledger: what was recorded, what became of it, and everything that happened, in one SQLite
//! file. SQL and `rusqlite` are named in this room only; what goes in and comes out are the
//! domain's own types, so that a ledger for teams can stand behind the same methods.
//!
//! The tour: this file reads, [`Write`] writes. A batch goes through `bind` (one prepared insert);
//! what it derives is gathered in memory and written in order at the end: `ident` finds a policy by
//! any of its identifiers, `digest` lets a search read 24 bytes per policy instead of the policy,
//! and `looks` a morning 10 (`sheet` is how such bytes are kept). `duty` keeps what still has to be
//! done for claims; it is derived again at the end of every transaction that touched one, and `due`
//! lists it. `derive` makes what a ledger of an earlier version has not. `follow` is what becomes of
//! a policy later. `filter` is what can be searched for, `search` does it, `totals` adds up,
//! `lookup` finds by name and tells which parcels are covered already, however their numbers are
//! written (`spelled` is for ledgers that know them only as they were). `report` counts every policy
//! once, `verify` holds all of it together. `schema.sql` says why each table is as it is.

mod bind;
mod claims;
mod derive;
mod digest;
mod due;
mod duty;
mod error;
mod events;
mod evidence;
mod filter;
mod follow;
mod ident;
mod looks;
mod lookup;
mod mail;
mod open;
mod report;
mod row;
mod search;
mod sheet;
mod spelled;
#[cfg(test)]
mod tests;
mod told;
mod totals;
mod types;
mod verify;
mod words;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest as _, Sha256};

use crate::calendar::Day;
use crate::claim::{Claim, Evidence};
use crate::number::{ClaimNo, PolicyNo};
use crate::policy::Policy;
use crate::report::{Place, Tally};

pub use error::LedgerError;
pub use events::{About, Event};
pub use filter::Filter;
pub use lookup::{Covered, Existing, Known, SameBy, Wanted};
pub use mail::{MailNo, NewMail};
pub use report::{Days, Lane, RecordedTerms};
pub use types::{
    Agreement, BatchTotals, Document, Due, DueFilter, DueKey, DueTotals, Expected, NewClaim,
    NewPolicy, TermsId, TermsSnapshot, Totals,
};
pub use verify::{Fault, Part, Verified};
pub use write::Write;

/// An open ledger.
pub struct Ledger {
    conn: Connection,
    path: PathBuf,
    writable: bool,
}

impl Ledger {
    /// Opens the ledger to write; makes it, and its folder, when missing.
    ///
    /// # Errors
    /// Not a ledger, a newer one, a read-only place: see [`LedgerError`].
    pub fn open(path: &Path) -> Result<Ledger, LedgerError> {
        Ok(Ledger { conn: open::writable(path)?, path: path.to_owned(), writable: true })
    }

    /// Opens the ledger to read; `None` where there is none yet.
    ///
    /// # Errors
    /// Not a ledger, or a newer one.
    pub fn open_existing(path: &Path) -> Result<Option<Ledger>, LedgerError> {
        let conn = open::readable(path)?;
        Ok(conn.map(|conn| Ledger { conn, path: path.to_owned(), writable: false }))
    }

    /// A ledger that ends with the process: dry runs where there is none yet, tests.
    ///
    /// # Errors
    /// No memory.
    pub fn in_memory() -> Result<Ledger, LedgerError> {
        Ok(Ledger { conn: open::in_memory()?, path: PathBuf::from(":memory:"), writable: true })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts to write; waits for another process that is writing.
    ///
    /// # Errors
    /// The ledger is read-only, or the other process took too long.
    pub fn write(&mut self) -> Result<Write<'_>, LedgerError> {
        Write::begin(self)
    }

    /// The policy of this number.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn policy(&self, no: PolicyNo) -> Result<Option<Policy>, LedgerError> {
        self.run(|conn| row::get(conn, no.0))
    }

    /// The policies a person may mean: by number of policy or claim, order, package, tracking
    /// number, or `ORDER/1`.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find(&self, identifier: &str) -> Result<Vec<PolicyNo>, LedgerError> {
        let found = self.run(|conn| lookup::find(conn, identifier))?;
        Ok(found.into_iter().map(PolicyNo).collect())
    }

    /// Asks for many parcels which are covered already: a dry run, or a reader's question. Inside a
    /// transaction it is [`Write::find_known`].
    pub fn covered(&self) -> Covered<'_> {
        Covered { ledger: self, same: lookup::Same::default() }
    }

    /// The claim of this number, with its evidence.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn claim(&self, no: ClaimNo) -> Result<Option<Claim>, LedgerError> {
        self.run(|conn| claims::get(conn, no.0))
    }

    /// All claims ever made on a policy, the first one first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn claims_of(&self, policy: PolicyNo) -> Result<Vec<Claim>, LedgerError> {
        self.run(|conn| {
            let numbers = claims::of_policy(conn, policy.0)?;
            let claims = numbers.into_iter().map(|no| claims::get(conn, no));
            claims.filter_map(Result::transpose).collect()
        })
    }

    /// The claims whose course can still use a document, the first one first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn undecided_claims(&self) -> Result<Vec<ClaimNo>, LedgerError> {
        let found = self.run(claims::undecided)?;
        Ok(found.into_iter().map(ClaimNo).collect())
    }

    /// The documents that were given for a policy, not for one of its claims: they serve every
    /// claim on it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn policy_evidence(&self, policy: PolicyNo) -> Result<Vec<Evidence>, LedgerError> {
        self.run(|conn| evidence::of_policy(conn, policy.0))
    }

    /// Every document there is, once, in the order of hashes, with all it belongs to.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn documents(&self) -> Result<Vec<Document>, LedgerError> {
        self.run(evidence::documents)
    }

    /// Holds the ledger against itself: the file, what belongs together, what is derived. Of many
    /// policies every so-manieth is held against what is derived from it.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub fn verify(&self, tick: &mut dyn FnMut()) -> Result<Verified, LedgerError> {
        self.run(|conn| verify::run(conn, tick))
    }

    /// Everything that happened to a policy and its claims, in order.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn history(&self, policy: PolicyNo) -> Result<Vec<Event>, LedgerError> {
        self.run(|conn| events::of_policy(conn, policy.0))
    }

    /// The latest agreement to buy cover under a plan.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn accepted(&self, plan: &str) -> Result<Option<Agreement>, LedgerError> {
        self.run(|conn| claims::accepted(conn, plan))
    }

    /// The text of the plan a policy was recorded under.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn plan_text(&self, policy: PolicyNo) -> Result<Option<String>, LedgerError> {
        self.run(|conn| {
            conn.prepare_cached(
                "SELECT t.toml FROM policy p JOIN terms t ON t.id = p.terms WHERE p.id = ?1",
            )?
            .query_row([policy.0], |row| row.get(0))
            .optional()
        })
    }

    /// Hands each policy the filter is for to `each`, in the order of numbers (of closing days
    /// where [`Filter::by_closing_day`]). The first error of `each` ends the search.
    ///
    /// # Errors
    /// The ledger cannot be read, or what `each` returned.
    pub fn search<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        today: Day,
        mut each: impl FnMut(Policy) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut ended = Ok(());
        self.run(|conn| {
            search::run(conn, filter, today, |policy| {
                ended = each(policy);
                ended.is_ok()
            })
        })?;
        ended
    }

    /// Sums over all policies the filter is for, whatever its page, one for each currency. They are
    /// read from digests: what is counted is not read.
    ///
    /// # Errors
    /// The ledger cannot be read, or a sum is too large.
    pub fn totals(&self, filter: &Filter, today: Day) -> Result<Vec<Totals>, LedgerError> {
        self.run(|conn| totals::all(conn, filter, today))
    }

    /// What those of all policies the filter is for are expected to pay that can be claimed, one sum
    /// for each currency.
    ///
    /// # Errors
    /// The ledger cannot be read, or a sum is too large.
    pub fn expected(&self, filter: &Filter, today: Day) -> Result<Vec<Expected>, LedgerError> {
        self.run(|conn| totals::expected(conn, filter, today, |_| true, |_| true))
    }

    /// Hands each entry of the morning list to `each`, the soonest day first: claims to be filed
    /// and what still has to be done for those that were. The first error of `each` ends it.
    ///
    /// # Errors
    /// The ledger cannot be read, or what `each` returned.
    pub fn due<E: From<LedgerError>>(
        &self,
        filter: &DueFilter,
        today: Day,
        mut each: impl FnMut(Due) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut ended = Ok(());
        self.run(|conn| {
            due::run(conn, filter, today, |due| {
                ended = each(due);
                ended.is_ok()
            })
        })?;
        ended
    }

    /// Sums over all of the morning list, whatever its page, one for each kind and currency.
    ///
    /// # Errors
    /// The ledger cannot be read, or a sum is too large.
    pub fn due_totals(
        &self,
        filter: &DueFilter,
        today: Day,
    ) -> Result<Vec<DueTotals>, LedgerError> {
        self.run(|conn| due::totals(conn, filter, today))
    }

    /// How many claims are under terms that cannot be read, so that nothing is known to be due for
    /// them.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn unreadable_claims(&self) -> Result<u64, LedgerError> {
        self.run(duty::stale)
    }

    /// Counts every policy recorded and shipped on these days for which `place` has a place: it is
    /// asked once for each pair of terms and lane.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn count(
        &self,
        days: &Days,
        tally: &mut Tally,
        place: impl FnMut(&mut Tally, &RecordedTerms, &Lane) -> Option<Place>,
    ) -> Result<(), LedgerError> {
        self.run(|conn| report::count(conn, days, tally, place))
    }

    /// Does something with the database, and says what its error means.
    fn run<'a, T>(
        &'a self,
        work: impl FnOnce(&'a Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LedgerError> {
        work(&self.conn).map_err(|e| LedgerError::from_sqlite(&self.path, &e))
    }
}

/// SHA-256 of a text, in hexadecimal.
fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
