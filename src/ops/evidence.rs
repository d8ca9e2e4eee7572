//! Documents: brought one by one, in folders or in a file; matched to their claims and policies,
//! kept, and counted.

mod documents;
mod entry;
mod kinds;
mod list;
mod scan;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::claim::{Named, claim_of, complete, not_ahead, policy_of};
use super::evidence_folder::{EvidenceFolder, Kept};
use super::lookup;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::claim::{BadDocument, Claim, ClaimStatus, Evidence, promised_otherwise};
use crate::error::Error;
use crate::intake::{List, ListRow, Problem};
use crate::ledger::{Ledger, Write};
use crate::number::{ClaimNo, PolicyNo};
use crate::policy::Policy;
use crate::rules::asked_kinds;
use kinds::Kinds;
use scan::Found;

pub use documents::DOCUMENTS;
pub use entry::{Brought, ClaimAfter, Entered, EnteredDocuments, Entry, Purpose};
pub use list::{
    EvidenceStanding, PolicyEvidence, evidence_lacking, evidence_of_claim, evidence_of_policy,
};

/// The documents of one claim or policy.
///
/// # Errors
/// Nothing, or more than one parcel, of that number; no document at all can be taken; the ledger
/// fails.
pub fn enter_documents_of(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    purpose: Purpose,
    brought: Vec<Brought>,
    today: Day,
    dry_run: bool,
) -> Result<EnteredDocuments, Error> {
    let mut owners = Owners::of(purpose);
    for document in &brought {
        owners.find(ledger, &document.id)?;
        if let Some(day) = document.dated {
            not_ahead(day, "--dated", "the document bears", today)?;
        }
    }
    let mut done = enter_documents(ledger, folder, purpose, brought, today, dry_run, &mut || {})?;
    let taken = |entry: &&Entry| matches!(entry.result, Entered::Added | Entered::AlreadyKnown);
    if done.entries.iter().any(|entry| taken(&entry)) {
        return Ok(done);
    }
    if done.entries.is_empty() {
        return Ok(done);
    }
    let first = done.entries.swap_remove(0);
    Err(match first.result {
        Entered::Unmatched { reason, .. } => Error::usage(
            format!("{}: {reason}", file_name(&first.path)),
            "say what it shows with --kind",
        ),
        Entered::Bad { code, reason, hint } => {
            Error::Document(Box::new(BadDocument { path: first.path, code, reason, hint }))
        }
        _ => return Ok(done),
    })
}

/// The documents in a folder: of one claim or policy where `id` is given, otherwise of many, each
/// in a folder named by a number of theirs. Every file is accounted for.
///
/// # Errors
/// The folder cannot be read, or is a file; the evidence folder or the ledger fails.
pub fn enter_folder(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    (purpose, id): (Purpose, Option<&str>),
    (from, kind): (&Path, Option<&str>),
    (today, dry_run): (Day, bool),
    tick: &mut dyn FnMut(),
) -> Result<EnteredDocuments, Error> {
    let found = match id {
        Some(id) => {
            Owners::of(purpose).find(ledger, id)?;
            scan::one_parcel(from)?
        }
        None => scan::many_parcels(from)?,
    };
    let mut rows = Vec::with_capacity(found.len());
    for found in found {
        let nobodys = |path: PathBuf, result| Row::Done(Box::new(Entry::of(None, path, result)));
        rows.push(match found {
            Found::File(number, path) => Row::Brought(Brought {
                line: None,
                id: number.or_else(|| id.map(str::to_owned)).unwrap_or_default(),
                kind: kind.map(str::to_owned),
                path,
                dated: None,
            }),
            Found::Ignored(path) => nobodys(path, Entered::Ignored),
            Found::Misplaced(path, why) if why.code == "misplaced" => {
                nobodys(path, Entered::Unmatched { code: why.code, reason: why.reason })
            }
            Found::Misplaced(path, why) => nobodys(path, Entered::bad(&why)),
        });
    }
    enter(ledger, folder, purpose, rows, (today, dry_run), tick)
}

/// The documents a list names, row by row.
///
/// # Errors
/// The evidence folder or the ledger fails: then nothing is recorded.
pub fn enter_list(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    purpose: Purpose,
    list: List,
    (today, dry_run): (Day, bool),
    tick: &mut dyn FnMut(),
) -> Result<EnteredDocuments, Error> {
    let row = |(row, broken): (ListRow, Option<Problem>)| {
        let read = match broken {
            Some(problem) => Err(problem),
            None => documents::brought(&row),
        };
        match read {
            Ok((brought, named)) => Row::Listed(brought, Box::new((named, row))),
            Err(problem) => Row::Done(Box::new(Entry::of_row(&row, problem))),
        }
    };
    let rows = list.rows.into_iter().map(row).collect();
    enter(ledger, folder, purpose, rows, (today, dry_run), tick)
}

/// Documents of any claims or policies.
///
/// # Errors
/// The evidence folder or the ledger fails: then nothing is recorded.
fn enter_documents(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    purpose: Purpose,
    brought: Vec<Brought>,
    today: Day,
    dry_run: bool,
    tick: &mut dyn FnMut(),
) -> Result<EnteredDocuments, Error> {
    let rows = brought.into_iter().map(Row::Brought).collect();
    enter(ledger, folder, purpose, rows, (today, dry_run), tick)
}

/// A row on its way.
enum Row {
    /// A document, to be matched and kept.
    Brought(Brought),
    /// The same from a list, whose row may name more than one number.
    Listed(Brought, Box<(Named, ListRow)>),
    /// Nothing more can become of it.
    Done(Box<Entry>),
}

/// Whom a number means, and what the terms ask for there.
#[derive(Clone)]
struct Owner {
    policy: Rc<Policy>,
    claim: Option<ClaimNo>,
    asked: Vec<String>,
    /// Whether something else than the terms may have asked for a document: the insurer.
    insurer_asks: bool,
    /// What the insurer wants to know, where it says that.
    question: Option<String>,
}

fn enter(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    purpose: Purpose,
    rows: Vec<Row>,
    (today, dry_run): (Day, bool),
    tick: &mut dyn FnMut(),
) -> Result<EnteredDocuments, Error> {
    let mut owners = Owners::of(purpose);
    let kinds = Kinds::built_in();
    let mut entries = Vec::with_capacity(rows.len());
    let mut to_keep: Vec<(usize, Owner, String, Option<Day>)> = Vec::new();
    for row in rows {
        let (brought, listed) = match row {
            Row::Done(entry) => {
                entries.push(*entry);
                continue;
            }
            Row::Brought(brought) => (brought, None),
            Row::Listed(brought, listed) => (brought, Some(listed)),
        };
        let mut entry = Entry::of(brought.line, brought.path, Entered::Ignored);
        let matched = owners.matched(ledger, &kinds, &brought.id, brought.kind, &entry.path)?;
        let matched = match (matched, listed) {
            (Ok(matched), Some(listed)) => {
                let (named, row) = *listed;
                let agrees = named.agrees(ledger, &row, &matched.0.policy)?;
                match agrees {
                    Ok(nobodys) => {
                        entry.doubt = nobodys;
                        Ok(matched)
                    }
                    Err(why) => Err((why.code, why.told())),
                }
            }
            (matched, _) => matched,
        };
        match matched {
            Ok((owner, kind)) => {
                (entry.policy, entry.claim) = (Some(owner.policy.no), owner.claim);
                entry.kind = Some(kind.clone());
                if let Some(day) = brought.dated.filter(|day| *day > today) {
                    entry.result = Entered::Bad {
                        code: "future_date",
                        reason: format!("its day, {day}, is in the future, today is {today}"),
                        hint: Some("give the day the document bears".to_owned()),
                    };
                } else {
                    entry.unasked = not_asked(&kinds, &kind, &owner);
                    to_keep.push((entries.len(), owner, kind, brought.dated));
                }
            }
            Err((code, reason)) => entry.result = Entered::Unmatched { code, reason },
        }
        entry.id = Some(brought.id);
        entries.push(entry);
    }
    let paths: Vec<PathBuf> = to_keep
        .iter()
        .map(|(at, ..)| entries.get(*at).map(|entry| entry.path.clone()).unwrap_or_default())
        .collect();
    let kept: Vec<Result<Kept, Error>> = if dry_run {
        paths.iter().map(|path| folder.look_at(path)).collect()
    } else {
        folder.keep(paths.iter().map(|path| {
            tick();
            path.as_path()
        }))?
    };
    // One transaction for all, held only while rows are written.
    let mut write = ledger.write()?;
    let mut served: Vec<(Owner, bool)> = Vec::new();
    let mut places: HashMap<(PolicyNo, Option<ClaimNo>), usize> = HashMap::new();
    let mut contents: HashMap<(PolicyNo, Option<ClaimNo>, String), String> = HashMap::new();
    for ((at, owner, kind, dated), kept) in to_keep.into_iter().zip(kept) {
        let Some(entry) = entries.get_mut(at) else { continue };
        let kept = match kept {
            Ok(kept) => kept,
            Err(Error::Document(why)) => {
                entry.result = Entered::bad(&why);
                entry.unasked = None;
                continue;
            }
            Err(why) => return Err(why),
        };
        let evidence = evidence(kept, kind, dated, today);
        let whose = (owner.policy.no, owner.claim);
        let first = contents
            .entry((owner.policy.no, owner.claim, evidence.sha256.clone()))
            .or_insert_with(|| evidence.kind.clone());
        entry.doubt = another_type(&evidence)
            .or_else(|| same_content(first, &evidence.kind))
            .or_else(|| entry.doubt.take());
        let added = match owner.claim {
            Some(claim) => write.add_evidence(claim, &evidence)?,
            None => write.add_policy_evidence(owner.policy.no, &evidence)?,
        };
        entry.result = if added { Entered::Added } else { Entered::AlreadyKnown };
        entry.evidence = Some(evidence);
        match places.get(&whose).and_then(|at| served.get_mut(*at)) {
            Some((_, any)) => *any |= added,
            None => {
                places.insert(whose, served.len());
                served.push((owner, added));
            }
        }
    }
    let claims = completed(&mut write, &mut owners.plans, &served, today)?;
    if !dry_run {
        write.commit()?;
    }
    Ok(EnteredDocuments { entries, claims })
}

/// The claims that documents serve, each judged once with all of them.
fn completed(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    served: &[(Owner, bool)],
    today: Day,
) -> Result<Vec<ClaimAfter>, Error> {
    let mut claims = Vec::new();
    for (owner, added) in served {
        let open = match owner.claim {
            Some(claim) => Some((claim, *added)),
            // What is given for a policy serves the claim under way on it too. Nobody gave it in
            // answer to the insurer, though.
            None => write
                .policy(owner.policy.no)?
                .and_then(|policy| policy.claim)
                .filter(|(_, status)| status.is_open())
                .map(|(claim, _)| (claim, false)),
        };
        if let Some((claim, answers)) = open {
            claims.push(complete(write, plans, claim, answers, today)?);
        }
    }
    Ok(claims)
}

/// Why a document cannot be matched: a stable word, and a sentence.
type Nobodys = (&'static str, String);

/// Whom numbers mean: each is looked up once.
struct Owners {
    purpose: Purpose,
    known: HashMap<String, Result<Owner, Nobodys>>,
    plans: KnownPlans,
}

impl Owners {
    fn of(purpose: Purpose) -> Owners {
        Owners { purpose, known: HashMap::new(), plans: KnownPlans::default() }
    }

    /// Looks a number up that has to mean somebody.
    fn find(&mut self, ledger: &Ledger, id: &str) -> Result<(), Error> {
        if !matches!(self.known.get(id), Some(Ok(_))) {
            let owner = find_with(ledger, &mut self.plans, self.purpose, id)?;
            self.known.insert(id.to_owned(), Ok(owner));
        }
        Ok(())
    }

    /// Whom a document is for and what it shows; or why that cannot be told.
    fn matched(
        &mut self,
        ledger: &Ledger,
        kinds: &Kinds,
        id: &str,
        kind: Option<String>,
        path: &Path,
    ) -> Result<Result<(Owner, String), Nobodys>, Error> {
        if !self.known.contains_key(id) {
            let found = match find_with(ledger, &mut self.plans, self.purpose, id) {
                Ok(owner) => Ok(owner),
                Err(Error::NotFound { message, .. }) => Err(("not_found", message)),
                Err(Error::Usage { message, .. }) => Err(("unclear", message)),
                Err(why) => return Err(why),
            };
            self.known.insert(id.to_owned(), found);
        }
        let owner = match self.known.get(id) {
            Some(Ok(owner)) => owner.clone(),
            Some(Err(why)) => return Ok(Err(why.clone())),
            None => return Ok(Err(("not_found", format!("nothing is recorded under `{id}`")))),
        };
        Ok(match kind {
            Some(kind) => Ok((owner, kind)),
            None => match kinds.of_file(&file_name(path), &owner.asked) {
                Ok(kind) => Ok((owner, kind)),
                Err(why) => Err(("no_kind", why)),
            },
        })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The claim or the policy a number means.
fn find_with(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    purpose: Purpose,
    id: &str,
) -> Result<Owner, Error> {
    match purpose {
        Purpose::Claim => {
            let claim = claim_of(ledger, id)?;
            let policy = policy_of(ledger, &claim)?;
            let plan = plans.of(ledger, &policy)?;
            let asked = asked_kinds(terms_of(&plan, &policy)?, Some(claim.incident));
            let insurer_asks = claim.status != ClaimStatus::Draft;
            let policy = Rc::new(policy);
            let question = question(&claim).map(str::to_owned);
            Ok(Owner { policy, claim: Some(claim.no), asked, insurer_asks, question })
        }
        Purpose::Policy => {
            let policy = lookup::policy(ledger, id)?;
            let plan = plans.of(ledger, &policy)?;
            let asked = asked_kinds(terms_of(&plan, &policy)?, None);
            let policy = Rc::new(policy);
            let (claim, insurer_asks, question) = (None, false, None);
            Ok(Owner { policy, claim, asked, insurer_asks, question })
        }
    }
}

/// What is said of a document nobody asked for.
fn not_asked(kinds: &Kinds, kind: &str, owner: &Owner) -> Option<String> {
    let asked = &owner.asked;
    let insurer_asks = match &owner.question {
        Some(question) => mentions(question, kind),
        None => owner.insurer_asks,
    };
    if insurer_asks || asked.is_empty() || asked.iter().any(|word| word == kind) {
        return None;
    }
    let near = kinds.near(kind, asked);
    let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
    Some(format!("the terms ask for no `{kind}`{near}: they ask for {}", asked.join(", ")))
}

/// What the insurer wants to know of a claim, in its words.
pub(super) fn question(claim: &Claim) -> Option<&str> {
    let decision = claim.decision.as_ref().filter(|_| claim.status == ClaimStatus::NeedsInfo)?;
    decision.reason.as_deref()
}

fn mentions(question: &str, kind: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    plain(question).contains(&plain(kind))
}

/// What is said of documents that come with something else, though they are taken.
pub(super) fn doubts(given: &[Evidence]) -> Vec<String> {
    let mut doubts = Vec::new();
    for (at, document) in given.iter().enumerate() {
        let first = given.iter().take(at).find(|other| other.sha256 == document.sha256);
        let told = another_type(document)
            .or_else(|| first.and_then(|first| same_content(&first.kind, &document.kind)));
        doubts.extend(told.map(|doubt| format!("{} {}: {doubt}", document.kind, document.file)));
    }
    doubts
}

/// What is said of one content that is given for two things.
fn same_content(first: &str, kind: &str) -> Option<String> {
    (first != kind).then(|| format!("the same content is given as {first} too"))
}

/// What is said of a document whose name promises another one.
fn another_type(evidence: &Evidence) -> Option<String> {
    let promised = promised_otherwise(&evidence.file, evidence.media.as_deref());
    let found = evidence.media.as_deref();
    match (promised, found) {
        (Some(promised), Some(found)) => {
            Some(format!("its name promises {promised}, its content is {found}"))
        }
        (Some(promised), None) => {
            Some(format!("its name promises {promised}, its content is of no type known here"))
        }
        (None, None) => {
            Some("its content is of no type known here: can the insurer open it?".to_owned())
        }
        (None, Some(_)) => None,
    }
}

/// A document as it goes into the ledger.
pub(super) fn evidence(kept: Kept, kind: String, dated: Option<Day>, added_on: Day) -> Evidence {
    let Kept { sha256, bytes, media, file } = kept;
    Evidence { kind, sha256, file, bytes, media, dated, added_on }
}
