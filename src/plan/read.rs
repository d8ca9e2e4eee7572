//! Reading a plan file: TOML to [`Plan`], everything checked.

use super::Confidence;
use super::check as meaning;
use super::fault::{self, Fault};
use super::place::{self, Place};
use super::terms::Plan;

/// What is wrong with a plan file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct PlanError {
    /// The file.
    pub file: String,
    /// What is wrong: with line, column and a caret, several with an empty line between.
    pub message: String,
}

/// Reads a plan from its text.
///
/// # Errors
/// Everything that is wrong, where it stands, with what was expected.
pub fn read(file: &str, text: &str) -> Result<Plan, PlanError> {
    check(text).map_err(|faults| {
        let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
        PlanError { file: file.to_owned(), message: shown.join("\n\n") }
    })
}

/// Reads a plan from its text.
///
/// # Errors
/// Everything that is wrong, in the order of the file.
pub fn check(text: &str) -> Result<Plan, Vec<Fault>> {
    let (plan, mut faults) = fault::shaped(text);
    let Some((mut plan, absent)) = plan else { return Err(faults) };
    let mut listed = place::clauses(text).into_iter();
    let mut problems = meaning::plan(&plan, &absent);
    for version in &mut plan.versions {
        let clauses = listed.next().unwrap_or_default();
        problems.extend(meaning::sources(&plan.sources, &clauses, &absent));
        version.clauses = clauses.into_iter().map(|(_, clause)| clause).collect();
        version.name_cases();
    }
    faults.extend(problems.iter().map(|(at, message)| place::fault(text, at, message)));
    fault::in_order(&mut faults);
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// What is wrong, and where.
pub(super) type Problem = (Place, String);

impl Confidence {
    /// As it stands beside a figure: nothing where a source says so.
    pub fn remark(self) -> &'static str {
        match self {
            Confidence::Published => "",
            other => other.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    const TIKTOK: &str = include_str!("../plans/tiktok-upic.toml");

    #[test]
    fn a_slip_in_the_file_is_shown_where_it_is() {
        let slip = TIKTOK.replace("part = \"whole\"", "part = \"hole\"");
        let shown = read("mine.toml", &slip).unwrap_err().to_string();
        assert!(shown.contains("mine.toml: line 56, column 8"), "{shown}");
        assert!(shown.contains("part = \"hole\"\n   |        ^^^^^^"), "{shown}");
        assert!(shown.contains("expected `whole` or `prorated`"), "{shown}");
    }

    #[test]
    fn what_serde_cannot_see_is_checked_too() {
        let message =
            |from: &str, to: &str| read("m.toml", &TIKTOK.replace(from, to)).unwrap_err().message;
        assert!(
            message("source = \"shopify-shipsurance\"", "source = \"S9\"")
                .contains("source `S9` of clause `premium` is not among")
        );
        assert!(
            message("amount = \"200.00\"", "amount = \"200.005\"")
                .contains("more decimals than USD")
        );
        assert!(
            message("amount = \"5000.00\"", "amount = \"50.00\"")
                .contains("maximum of 50.00 is below the included cover of 200.00")
        );
        assert!(message("per = \"100.00\"", "per = \"0\"").contains("more than zero"));
        assert!(message("days = 90", "days = 0\ninclusive = true").contains("one day or more"));
        assert!(message("id = \"tiktok-upic\"", "id = \"Tik Tok\"").contains("lower-case letters"));
        assert!(message("rate = \"0.75\"", "rate = \"-1\"").contains("is negative"));
        assert!(
            message("rate = \"0.75\"", "rate = \"0.75\"\nratte = \"1\"")
                .contains("unknown key `ratte` (did you mean `rate`?)")
        );
    }

    const UNIT: &str = "rate = \"0.75\"\nper = \"100.00\"\npart = \"whole\"\n";

    #[test]
    fn bands_leave_no_gap_and_no_overlap() {
        let shown = |bands: &str| {
            let text = TIKTOK.replace(UNIT, &format!("bands = [\n{bands}\n]\n"));
            read("m.toml", &text).map(|_| String::new()).unwrap_or_else(|e| e.message)
        };
        let flat = "{ up-to = \"50.00\", flat = \"0.60\" },\n";
        assert_eq!(shown(&format!("{flat}{{ above = \"50.00\", percent = \"1.0\" }}")), "");
        let gap = shown(&format!("{flat}{{ above = \"60.00\", percent = \"1.0\" }}"));
        assert_eq!(
            gap,
            "line 56, column 11\n   |\n56 | { above = \"60.00\", percent = \"1.0\" }\n   |           ^^^^^^^\n\
             gap: nothing is said of 50.00 to 60.00, expected above = \"50.00\""
        );
        assert!(shown(&format!("{flat}{{ above = \"40.00\", flat = \"1\" }}")).contains("overlap"));
        assert!(shown(flat).contains("nothing is said above 50.00"));
        assert!(shown("{ flat = \"1\" },\n{ above = \"9\", flat = \"1\" }").contains("overlap"));
        assert!(shown("{ flat = \"1\", percent = \"1.0\" }").contains("expected one price"));
    }

    #[test]
    fn a_percentage_written_as_a_fraction_is_shown() {
        let text = TIKTOK.replace(UNIT, "percent = \"0.0075\"\n");
        let shown = read("m.toml", &text).unwrap_err().message;
        assert!(shown.starts_with("line 54, column 11\n"), "{shown}");
        assert!(
            shown.contains("`0.0075` is written as a fraction: a premium of 1 per cent"),
            "{shown}"
        );
    }

    #[test]
    fn days_out_of_order_keys_twice_and_keys_missing_are_shown() {
        let shown = |from: &str, to: &str| {
            let text = TIKTOK.replacen(from, to, 1);
            read("m.toml", &text).unwrap_err().message
        };
        let later = shown("published = 2025-10-17", "published = 2025-10-18");
        assert!(later.starts_with("line 35, column 13\n"), "{later}");
        assert!(later.contains("2025-10-18\n   |             ^^^^^^^^^^"), "{later}");
        let twice = shown("on = \"uninsured\"", "on = \"uninsured\"\non = \"whole\"");
        assert!(twice.contains("stands here twice"), "{twice}");
        let missing = shown("effective = 2025-10-17\n", "");
        assert!(missing.contains("the key `effective` is missing"), "{missing}");
        assert!(missing.contains("^"), "{missing}");
    }
}
