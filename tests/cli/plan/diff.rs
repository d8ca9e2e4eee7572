//! `insure plan diff`: what is different between two plans, or two versions of one.

use super::FINE_POST;
use crate::harness::Home;

#[test]
fn two_versions_of_one_plan() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", two_versions());
    home.insure("plan diff fine-post --from 2026-11-30 --to 2026-12-01")
        .stdout(
            r"
            fine-post, terms of 2026-02-01 -> fine-post, terms of 2026-12-01

            premium
              rate: 1.00 -> 1.20
              words: 1.00 for every 100.00.
              now: 1.20 for every 100.00.

            incident.loss.window
              days: 60 -> 45

            12 clauses are the same.
            ",
        )
        .run();
    home.insure("plan diff fine-post --to 2026-12-01 --format csv")
        .stdout(
            r"
            clause,change,figure,before,after
            premium,changed,rate,1.00,1.20
            premium,changed,text,1.00 for every 100.00.,1.20 for every 100.00.
            incident.loss.window,changed,days,60,45
            ",
        )
        .run();
    home.insure("plan diff fine-post --to 2026-12-01 --format ids")
        .stdout(
            r"
            premium
            incident.loss.window
            ",
        )
        .run();
    home.insure("plan diff fine-post --to 2026-12-01 --format ndjson")
        .stdout(
            r#"
            {"from":{"plan":"fine-post","version":"2026-02-01"},"to":{"plan":"fine-post","version":"2026-12-01"},"identical":12,"changes":[{"clause":"premium","change":"changed","differs":[{"figure":"rate","before":"1.00","after":"1.20"},{"figure":"text","before":"1.00 for every 100.00.","after":"1.20 for every 100.00."}],"before":{"text":"1.00 for every 100.00.","figures":{"on":"whole","rate":"1.00","per":"100.00","part":"prorated","rounding":"half-up"},"source":"contract","confidence":"published"},"after":{"text":"1.20 for every 100.00.","figures":{"on":"whole","rate":"1.20","per":"100.00","part":"prorated","rounding":"half-up"},"source":"contract","confidence":"published"}},{"clause":"incident.loss.window","change":"changed","differs":[{"figure":"days","before":"60","after":"45"}],"before":{"text":"Within 60 days.","figures":{"from":"shipped","days":"60"},"source":"contract","confidence":"published"},"after":{"text":"Within 60 days.","figures":{"from":"shipped","days":"45"},"source":"contract","confidence":"published"}}]}
            "#,
        )
        .run();
    home.insure("plan diff fine-post --from 2026-11-01")
        .stdout(
            r"
            fine-post, terms of 2026-02-01 -> fine-post, terms of 2026-02-01

            Nothing is different.
            ",
        )
        .run();
    home.shell("insure plan show fine-post --on 2026-12-24 | head -n 9")
        .stdout(
            r"
            fine-post  Fine Post, our contract
            insurance, USD, home US, terms of 2026-12-01
            Versions: 2026-02-01, 2026-12-01 (shown)

            value (contract)
              The value is all that the buyer paid.
                counts product, coupon, shipping
            included (contract)
              Nothing is covered free.
            ",
        )
        .run();
}

#[test]
fn a_plan_and_a_file() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    home.write("other.toml", other_post());
    home.insure("plan diff fine-post other.toml")
        .stdout(
            r"
            fine-post, terms of 2026-02-01 -> other-post, terms of 2026-02-01

            maximum
              amount: 1000.00 -> 800.00

            Only in fine-post
              decision (contract)
                Decided in five business days.
                  business-days 5

            Only in other-post
              priority (contract, implied)
                First come, first served.

            12 clauses are the same.
            ",
        )
        .run();
    home.insure("plan diff fine-post ./other.toml --format csv")
        .stdout(
            r#"
            clause,change,figure,before,after
            maximum,changed,amount,1000.00,800.00
            decision,removed,text,Decided in five business days.,
            priority,added,text,,"First come, first served."
            "#,
        )
        .run();
    home.insure("plan diff other.toml fine-post --format ids")
        .stdout(
            r"
            maximum
            priority
            decision
            ",
        )
        .run();
}

/// The order of words in a list says nothing; the order of words in a sentence does.
#[test]
fn words_in_another_order_are_no_change() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    let other = FINE_POST
        .replace("\"product\", \"coupon\", \"shipping\"", "\"shipping\", \"product\", \"coupon\"")
        .replace(
            "\"platform-label\", \"seller-label\"",
            "\"seller-label\", \"platform-warehouse\"",
        );
    home.write("other.toml", other);
    home.insure("plan diff fine-post other.toml --format csv").stdout(
            r#"
            clause,change,figure,before,after
            fulfilment,changed,allowed,"platform-label, seller-label","seller-label, platform-warehouse"
            "#,
        ).run();
}

#[test]
fn what_cannot_be_compared_is_said() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    home.write("slip.toml", FINE_POST.replace("rate =", "raet ="));
    home.insure("plan diff fine-post")
        .stderr(
            r"
            error: there is one plan and nothing to compare it with

            hint: name another plan, or two days: insure plan diff fine-post --from DATE --to DATE
            ",
        )
        .status(2)
        .run();
    home.insure("plan diff fine-post slip.toml")
        .stderr(
            r#"
            error: slip.toml: line 31, column 1
               |
            31 | raet = "1.00"
               | ^^^^
            unknown key `raet` (did you mean `rate`?), expected one of `when`, `on`, `rounding`, `rounded-to`, `flat`, `percent`, `rate`, `per`, `part`, `minimum`, `maximum`, `bands`, `clause`, `source`, `confidence`
            "#,
        )
        .status(2)
        .run();
    home.insure("plan diff fine-post none.toml")
        .stderr(
            r"
            error: none.toml: No such file or directory (os error 2)

            hint: check the path
            ",
        )
        .status(1)
        .run();
    home.insure("plan diff fine-post --from 2020-01-01")
        .stderr(
            r"
            error: fine-post has no terms for 2020-01-01 here: the oldest known took effect on 2026-02-01
            ",
        )
        .status(4)
        .run();
}

/// The plan, and from 2026-12-01 on dearer and with less time.
fn two_versions() -> String {
    let (_, version) = FINE_POST.split_once("[[version]]").unwrap();
    let next = version
        .replace("2026-02-01", "2026-12-01")
        .replace("2026-01-15", "2026-11-01")
        .replace("\"1.00\"", "\"1.20\"")
        .replace("1.00 for every", "1.20 for every")
        .replace("days = 60", "days = 45");
    format!("{FINE_POST}[[version]]{next}")
}

/// Another plan with a lower maximum, that does not say how long it takes.
fn other_post() -> String {
    let text = FINE_POST
        .replace("id = \"fine-post\"", "id = \"other-post\"")
        .replace("\"1000.00\"", "\"800.00\"");
    let (before, rest) = text.split_once("[version.decision]").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let priority =
        "clause = \"First come, first served.\"\nsource = \"contract\"\nconfidence = \"implied\"";
    format!("{before}[version.priority]\n{priority}\n\n{after}")
}
