//! A list of claims, each filed on its own merits.

use std::path::{Path, PathBuf};

use super::super::evidence_folder::EvidenceFolder;
use super::super::lookup;
use super::super::terms::{KnownPlans, terms_of};
use super::Request;
use super::evidence::{Given, keep_all, not_of_the_future, promised};
use super::file::{Filed, KnownClaim, Tried, file, filed_before};
use super::rows::{
    CLAIM, CURRENCY, ID, NAMES, ORDER, PACKAGE, TRACKING, in_currency_of, named, problem_in,
    problem_of, shown_id,
};
use crate::calendar::Day;
use crate::claim::{COMMON_QUESTIONS, Evidence, Fact, Incident};
use crate::error::Error;
use crate::intake::{List, ListColumn, ListKind, ListRow, Problem, codes};
use crate::ledger::{Ledger, Write};
use crate::policy::{Look, Policy};
use crate::words::hyphened;

/// A list of claims to file. Facts, and questions of plans, have columns of their names beside these.
pub const CLAIMS: ListKind = ListKind {
    what: "claims to file",
    columns: &[
        CLAIM,
        ID,
        ORDER,
        PACKAGE,
        TRACKING,
        CURRENCY,
        ListColumn { word: "reason", names: &["reason", "incident", "looks_like"] },
        ListColumn { word: "amount", names: &["amount", "claimed"] },
        ListColumn { word: "evidence", names: &["evidence"] },
        ListColumn { word: "dated", names: &["dated"] },
        ListColumn { word: "is_return", names: &["is_return"] },
    ],
    names: NAMES,
    needs: &[NAMES],
};

/// What came of one row.
#[derive(Debug)]
pub struct FiledRow {
    /// The row's line.
    pub line: u64,
    /// What it names, as written.
    pub id: String,
    /// What happened, where the row says so.
    pub incident: Option<Incident>,
    /// What came of it.
    pub filed: Filed,
    /// What is doubtful about it, though it was taken.
    pub doubts: Vec<String>,
}

/// What holds for all rows of a list.
#[derive(Debug, Clone, Copy)]
pub struct FilingList<'a> {
    /// What happened to the parcels of rows that do not say it.
    pub incident: Option<Incident>,
    /// Who files, where the row does not say it.
    pub filed_by: Option<&'a str>,
    /// Where relative paths of documents begin.
    pub base: &'a Path,
    /// Where documents are kept.
    pub folder: &'a EvidenceFolder,
    /// Today.
    pub today: Day,
    /// Decide everything, record nothing.
    pub dry_run: bool,
}

/// Files a list of claims in one transaction, handing over each row. Documents are copied before
/// the ledger is taken. Gives the columns that no row could use, as the header spells them.
///
/// # Errors
/// The ledger or the folder of documents fails, or what `each` returns: then nothing is filed.
pub fn file_list(
    ledger: &mut Ledger,
    list: List,
    filing: FilingList<'_>,
    each: &mut dyn FnMut(FiledRow) -> Result<(), Error>,
) -> Result<Vec<String>, Error> {
    let mut kept = Vec::with_capacity(list.rows.len());
    for (row, broken) in &list.rows {
        let documents = broken.is_none() && !row.get("evidence").is_empty();
        kept.push(if documents { filing.documents(ledger, row)? } else { None });
    }
    let mut run =
        Run { plans: KnownPlans::default(), filing, used: Vec::new(), tried: Tried::new() };
    let mut write = ledger.write()?;
    for ((row, broken), kept) in list.rows.into_iter().zip(kept) {
        let (mut incident, mut doubts) = (None, Vec::new());
        let filed = match broken {
            Some(problem) => Err(problem),
            None => run.row(&mut write, &row, kept, (&mut incident, &mut doubts))?,
        };
        let mut filed = filed.unwrap_or_else(Filed::Unfit);
        if filing.dry_run {
            filed.forget_number(&mut run.tried);
        }
        if let Filed::Filed(claim) = &mut filed {
            doubts.append(&mut claim.doubts);
        }
        each(FiledRow { line: row.line, id: shown_id(&row), incident, filed, doubts })?;
    }
    if !filing.dry_run {
        write.commit()?;
    }
    let unused = |name: &String| !run.used.contains(name) && fact(name).is_none();
    Ok(list.others.into_iter().filter(unused).collect())
}

impl FilingList<'_> {
    /// Copies a row's documents, where its claim is not on its way already; in a dry run they only
    /// have to be there.
    fn documents(
        &self,
        ledger: &Ledger,
        row: &ListRow,
    ) -> Result<Option<Result<Vec<Evidence>, Problem>>, Error> {
        let read = || Ok::<_, Problem>((named(row)?, self.incident(row)?));
        // What is wrong with these is told when the row is filed.
        let Ok((named, incident)) = read() else { return Ok(None) };
        let policy = match lookup::policy(ledger, &named.id) {
            Ok(policy) => policy,
            Err(why) => return problem_of(why).map(|_| None),
        };
        if filed_before(ledger, &policy, incident)?.is_some() {
            return Ok(None);
        }
        let given = match self.given(row) {
            Ok(given) => given,
            Err(problem) => return Ok(Some(Err(problem))),
        };
        let kept = not_of_the_future(&given, self.today).and_then(|()| {
            if self.dry_run {
                promised(self.folder, &given, self.today)
            } else {
                keep_all(self.folder, &given, self.today)
            }
        });
        match kept {
            Ok(kept) => Ok(Some(Ok(kept))),
            Err(Error::Document(why)) if why.code == "not_found" => {
                let problem = row.wrong("evidence", "missing_file", why.to_string());
                Ok(Some(Err(problem.with_hint("a relative path begins where the list lies"))))
            }
            Err(Error::Document(why)) => {
                let problem = row.wrong("evidence", why.code, why.to_string());
                Ok(Some(Err(Problem { hint: why.hint, ..problem })))
            }
            Err(why) => problem_in(row, why).map(|problem| Some(Err(problem))),
        }
    }

    /// The documents a row names: `invoice=inv.pdf; photo=box.jpg`.
    fn given(&self, row: &ListRow) -> Result<Vec<Given>, Problem> {
        let dated = row.day("dated")?;
        let cell = row.text("evidence")?.unwrap_or("");
        let items = cell.split(';').map(str::trim).filter(|item| !item.is_empty());
        let read = |item: &str| {
            let (kind, path) = item.split_once('=').unwrap_or((item, ""));
            let kind = Evidence::kind_of(kind).ok().filter(|_| !path.trim().is_empty());
            let kind = kind.ok_or_else(|| {
                let reason = format!("`{item}` is no document, expected KIND=FILE");
                row.wrong("evidence", "bad_evidence", reason)
                    .with_hint("write it such as invoice=inv.pdf; photo=box.jpg")
            })?;
            // As on the command line, only the affidavit's date matters to any terms.
            let dated = dated.filter(|_| kind == "affidavit");
            Ok(Given { path: self.base.join(PathBuf::from(path.trim())), kind, dated })
        };
        items.map(read).collect()
    }

    /// Whether a claim that is on its way has the documents a row names, by kind and name.
    fn lacks(&self, row: &ListRow, known: &KnownClaim) -> Result<(), Problem> {
        let claim = &known.claim;
        for Given { kind, path, .. } in self.given(row)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !claim.evidence.iter().any(|known| known.kind == kind && known.file == name) {
                if known.tried {
                    let reason =
                        format!("an earlier row of this run files it, without this {kind}");
                    return Err(row
                        .wrong("evidence", "claim_differs", reason)
                        .with_hint("name all documents in one row"));
                }
                let no = claim.no;
                let reason = format!("claim {no} is open for the same reason, without this {kind}");
                let add =
                    format!("insure claim evidence add {no} --kind {kind} {}", path.display());
                return Err(row
                    .wrong("evidence", "claim_differs", reason)
                    .with_hint(format!("add it there: {add}")));
            }
        }
        Ok(())
    }

    fn incident(&self, row: &ListRow) -> Result<Incident, Problem> {
        match (row.text("reason")?, self.incident) {
            (Some(word), _) => Incident::from_word(word).ok_or_else(|| {
                let reason = format!("`{word}` is not known here, {}", Incident::expected());
                let problem = row.wrong("reason", codes::UNKNOWN_VALUE, reason);
                if word != Look::Returned.word() {
                    return problem;
                }
                problem.with_hint(
                    "what came back whole is no claim; if it came back broken, write damage, and what that costs in the column `amount`",
                )
            }),
            (None, Some(incident)) => Ok(incident),
            (None, None) => Err(row
                .wrong("reason", "missing_reason", "it is not said what happened")
                .with_hint("fill the column `reason`, or name it for all rows with --reason")),
        }
    }
}

struct Run<'a> {
    plans: KnownPlans,
    filing: FilingList<'a>,
    /// Columns that were a question of some row's plan.
    used: Vec<String>,
    /// What a dry run would have filed so far.
    tried: Tried,
}

impl Run<'_> {
    fn row(
        &mut self,
        write: &mut Write<'_>,
        row: &ListRow,
        kept: Option<Result<Vec<Evidence>, Problem>>,
        (incident, doubts): (&mut Option<Incident>, &mut Vec<String>),
    ) -> Result<Result<Filed, Problem>, Error> {
        let named = match named(row) {
            Ok(named) => named,
            Err(problem) => return Ok(Err(problem)),
        };
        *incident = self.filing.incident(row).ok();
        let policy = match lookup::policy(write, &named.id) {
            Ok(policy) => policy,
            Err(why) => return problem_of(why).map(Err),
        };
        match named.agrees(write, row, &policy)? {
            Ok(doubt) => doubts.extend(doubt),
            Err(problem) => return Ok(Err(problem)),
        }
        let asks = self.questions(write, &policy)?;
        let request = match self.request(row, &policy, &asks) {
            Ok(request) => request,
            Err(problem) => return Ok(Err(problem)),
        };
        // Copied now, where another command has withdrawn the claim meanwhile.
        let kept = match kept {
            None if !row.get("evidence").is_empty() => self.filing.documents(write, row)?,
            kept => kept,
        };
        let evidence = match kept.unwrap_or(Ok(Vec::new())) {
            Ok(evidence) => evidence,
            Err(problem) => return Ok(Err(problem)),
        };
        let (given, today) = ((&request, &evidence[..]), self.filing.today);
        match file(write, &mut self.plans, policy, given, &self.tried, today) {
            Ok(Filed::Already(known)) => Ok(match self.filing.lacks(row, &known) {
                Ok(()) => Ok(Filed::Already(known)),
                Err(problem) => Err(problem),
            }),
            Ok(filed) => Ok(Ok(filed)),
            Err(why) => problem_in(row, why).map(Err),
        }
    }

    /// The questions of a policy's plan.
    fn questions(&mut self, write: &Write<'_>, policy: &Policy) -> Result<Vec<String>, Error> {
        let plan = self.plans.of(write, policy)?;
        let exclusions = &terms_of(&plan, policy)?.version.exclusions;
        Ok(exclusions.iter().map(|exclusion| exclusion.fact.clone()).collect())
    }

    /// What a row asks for.
    fn request(
        &mut self,
        row: &ListRow,
        policy: &Policy,
        asks: &[String],
    ) -> Result<Request, Problem> {
        let (cover, no) = (policy.figures.cover, policy.no);
        in_currency_of(row, &cover, &format!("policy {no}"))?;
        let currency = cover.currency();
        let amount = row.amount("amount", currency)?.map(|amount| amount.digits());
        let mut stated = Vec::new();
        for column in row.others() {
            let name = match (fact(column), hyphened(column)) {
                (Some(name), _) => name,
                (None, Some(name)) if asks.contains(&name) => {
                    if !self.used.iter().any(|used| used == column) {
                        self.used.push(column.to_owned());
                    }
                    name
                }
                _ => continue,
            };
            let text = match Fact::from_word(&name) {
                Some(fact) if fact.is_amount() => {
                    row.amount(column, currency)?.map(|amount| amount.digits())
                }
                Some(Fact::NoticeOn | Fact::DueOn) => row.day(column)?.map(|day| day.to_string()),
                _ => row.text(column)?.map(str::to_owned),
            };
            stated.push((name, text.unwrap_or_default()));
        }
        let filed_by = Fact::FiledBy.word();
        if let Some(who) =
            self.filing.filed_by.filter(|_| stated.iter().all(|(n, _)| n != filed_by))
        {
            stated.push((filed_by.to_owned(), who.to_owned()));
        }
        let is_return = match row.text("is_return")?.map(str::to_lowercase).as_deref() {
            Some("yes" | "y" | "true" | "1") => true,
            None | Some("no" | "n" | "false" | "0") => false,
            Some(other) => {
                let reason = format!("`{other}` is not known here, expected yes or no");
                return Err(row.wrong("is_return", codes::UNKNOWN_VALUE, reason));
            }
        };
        let incident = self.filing.incident(row)?;
        Ok(Request { incident, amount, stated, evidence: Vec::new(), is_return })
    }
}

/// The fact, or the question that several plans ask, a column is called after.
fn fact(column: &str) -> Option<String> {
    let name = hyphened(column)?;
    let common = || COMMON_QUESTIONS.iter().any(|(question, _)| *question == name);
    (Fact::from_word(&name).is_some() || common()).then_some(name)
}
