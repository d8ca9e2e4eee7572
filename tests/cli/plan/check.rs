//! `insure plan check`: whether a plan file is right, and everything that is wrong with it.

use super::FINE_POST;
use crate::harness::Home;

#[test]
fn a_file_that_is_right_is_told_in_a_line() {
    let home = Home::new();
    home.write("fine.toml", FINE_POST);
    home.insure("plan check fine.toml")
        .stdout(
            r"
            fine.toml: ok, fine-post, terms of 2026-02-01, 14 clauses, none assumed
            ",
        )
        .run();
    home.insure("plan check - --format json")
        .stdin(FINE_POST)
        .stdout(
            r#"
            [
              {
                "file": "-",
                "ok": true,
                "plan": "fine-post",
                "versions": [
                  "2026-02-01"
                ],
                "clauses": 14,
                "assumed": [],
                "taken_by": null,
                "problems": []
              }
            ]
            "#,
        )
        .run();
    home.insure("plan check fine.toml --format csv")
        .stdout(
            r"
            file,ok,plan,versions,clauses,assumed,line,column,message,taken_by
            fine.toml,true,fine-post,2026-02-01,14,,,,,
            ",
        )
        .run();
    home.insure("plan check fine.toml --format ids")
        .stdout(
            r"
            fine-post
            ",
        )
        .run();
}

#[test]
fn every_mistake_is_shown_and_each_file_stands_for_itself() {
    let home = Home::new();
    home.write(
        "slip.toml",
        FINE_POST.replace("\"1000.00\"", "1000.00").replace("until =", "untl ="),
    );
    home.write("fine.toml", FINE_POST);
    home.insure("plan check slip.toml none.toml fine.toml")
        .stdout(
            r#"
            slip.toml: 3 mistakes

            line 25, column 10
               |
            25 | amount = 1000.00
               |          ^^^^^^^
            `1000.00` stands without quotes, expected it in quotes: "1000.00"

            line 39, column 1
               |
            39 | untl = "first-scan"
               | ^^^^
            unknown key `untl` (did you mean `until`?), expected one of `until`, `by`, `clause`, `source`, `confidence`

            line 59, column 1
               |
            59 | untl = "first-scan"
               | ^^^^
            unknown key `untl` (did you mean `until`?), expected one of `until`, `clause`, `source`, `confidence`

            none.toml: cannot be read: No such file or directory (os error 2)

            fine.toml: ok, fine-post, terms of 2026-02-01, 14 clauses, none assumed
            "#,
        )
        .status(2)
        .run();
    home.insure("plan check slip.toml none.toml fine.toml --format csv")
        .stdout(
            r#"
            file,ok,plan,versions,clauses,assumed,line,column,message,taken_by
            slip.toml,false,,,,,25,10,"`1000.00` stands without quotes, expected it in quotes: ""1000.00""",
            slip.toml,false,,,,,39,1,"unknown key `untl` (did you mean `until`?), expected one of `until`, `by`, `clause`, `source`, `confidence`",
            slip.toml,false,,,,,59,1,"unknown key `untl` (did you mean `until`?), expected one of `until`, `clause`, `source`, `confidence`",
            none.toml,false,,,,,,,No such file or directory (os error 2),
            fine.toml,true,fine-post,2026-02-01,14,,,,,
            "#,
        )
        .status(2)
        .run();
    home.insure("plan check slip.toml none.toml --format ndjson")
        .stdout(
            r#"
            {"file":"slip.toml","ok":false,"plan":null,"versions":null,"clauses":null,"assumed":null,"taken_by":null,"problems":[{"line":25,"column":10,"message":"`1000.00` stands without quotes, expected it in quotes: \"1000.00\""},{"line":39,"column":1,"message":"unknown key `untl` (did you mean `until`?), expected one of `until`, `by`, `clause`, `source`, `confidence`"},{"line":59,"column":1,"message":"unknown key `untl` (did you mean `until`?), expected one of `until`, `clause`, `source`, `confidence`"}]}
            {"file":"none.toml","ok":false,"plan":null,"versions":null,"clauses":null,"assumed":null,"taken_by":null,"problems":[{"line":null,"column":null,"message":"No such file or directory (os error 2)"}]}
            "#,
        )
        .status(2)
        .run();
    home.insure("plan check slip.toml none.toml fine.toml --format ids")
        .stdout(
            r"
            fine-post
            ",
        )
        .status(2)
        .run();
}

#[test]
fn what_makes_no_sense_is_shown_as_well() {
    let home = Home::new();
    home.write(
        "slip.toml",
        FINE_POST
            .replace("rate = \"1.00\"\nper = \"100.00\"\npart = \"prorated\"", BANDS)
            .replace("published = 2026-01-15", "published = 2026-03-15")
            .replace(
                "source = \"contract\"\n\n[version.decision]",
                "source = \"contrct\"\n\n[version.decision]",
            )
            .replace("business-days = 5", "business-days = 5\ncalendar = \"us-federl\""),
    );
    home.insure("plan check slip.toml")
        .stdout(
            r#"
            slip.toml: 5 mistakes

            line 12, column 13
               |
            12 | published = 2026-03-15
               |             ^^^^^^^^^^
            published on 2026-03-15, after it took effect on 2026-02-01: expected the same day or an earlier one

            line 33, column 13
               |
            33 |   { above = "60.00", percent = "1.0" },
               |             ^^^^^^^
            gap: nothing is said of 50.00 to 60.00, expected above = "50.00"

            line 34, column 3
               |
            34 |   { above = "100.00", percent = "0.9" },
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            overlap: the band before has no end, expected it to be the last

            line 68, column 10
               |
            68 | source = "contrct"
               |          ^^^^^^^^^
            source `contrct` of clause `claims` is not among the plan's sources (contract), did you mean `contract`?

            line 72, column 12
               |
            72 | calendar = "us-federl"
               |            ^^^^^^^^^^^
            no such calendar: expected one of us-federal ([calendars] of the plan may add others), did you mean `us-federal`?
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn tables_that_are_missing_are_told_in_one_round() {
    let home = Home::new();
    home.write(
        "slip.toml",
        FINE_POST
            .replace("published = 2026-01-15\n", "")
            .replace("[version.refund]\nuntil = \"first-scan\"\nclause = \"Refunded before the hand-over.\"\nsource = \"contract\"\n\n", "")
            .replace("\n[version.incident.loss.pays]\nclause = \"Pays the value.\"\nsource = \"contract\"\n", ""),
    );
    home.insure("plan check slip.toml")
        .stdout(
            r"
            slip.toml: 2 mistakes

            line 10, column 1
               |
            10 | [[version]]
               | ^^^^^^^^^^^
            the keys `published`, `refund` are missing here

            line 67, column 19
               |
            67 | [version.incident.loss]
               |                   ^^^^
            expected `pays`: what is paid for it
            ",
        )
        .status(2)
        .run();
}

#[test]
fn lists_and_counts_that_are_written_wrongly_are_shown_where_they_are() {
    let home = Home::new();
    let appeals = "[version.appeals]\nto = \"The desk\"\ndays = 14\nclause = \"Within 14 days.\"\nsource = \"contract\"\n\n";
    let waiting = "[version.incident.loss.waiting]\nfrom = \"shipped\"\ndomestic = -30\ninternational = 99999999999\nclause = \"After 30 days.\"\nsource = \"contract\"\n\n";
    home.write(
        "slip.toml",
        FINE_POST.replace("[version.decision]", &format!("{appeals}[version.decision]")).replace(
            "[version.incident.loss.window]",
            &format!("{waiting}[version.incident.loss.window]"),
        ),
    );
    home.insure("plan check slip.toml")
        .stdout(
            r"
            slip.toml: 3 mistakes

            line 68, column 1
               |
            68 | [version.appeals]
               | ^^^^^^^^^^^^^^^^^
            a list is meant here: write [[version.appeals]], once for each entry

            line 85, column 12
               |
            85 | domestic = -30
               |            ^^^
            `-30` is below zero, expected a whole number, zero or more

            line 86, column 17
               |
            86 | international = 99999999999
               |                 ^^^^^^^^^^^
            `99999999999` is too large, expected a whole number such as 30
            ",
        )
        .status(2)
        .run();
    let bands = "[[version.premium.bands]]\nup-to = \"50.00\"\nflat = \"0.60\"\n\n[[version.premium.bands]]\nabove = \"60.00\"\npercent = \"1.0\"\n\n[version.purchase]";
    home.write(
        "slip.toml",
        FINE_POST
            .replace("[version.premium]", "[[version.premium]]")
            .replace("rate = \"1.00\"\nper = \"100.00\"\npart = \"prorated\"\n", "")
            .replace("[version.purchase]", bands)
            .replace("days = 60", "days = 60\nbusiness-days = 40"),
    );
    home.insure("plan check slip.toml")
        .stdout(
            r#"
            slip.toml: 2 mistakes

            line 40, column 9
               |
            40 | above = "60.00"
               |         ^^^^^^^
            gap: nothing is said of 50.00 to 60.00, expected above = "50.00"

            line 82, column 24
               |
            82 | [version.incident.loss.window]
               |                        ^^^^^^
            expected only one of `days`, `business-days`
            "#,
        )
        .status(2)
        .run();
    home.write("plans/fine.toml", FINE_POST);
    home.insure("plan check plans/")
        .stdout(
            r"
            plans/: cannot be read: it is a folder, expected a plan file: plans/*.toml
            ",
        )
        .status(2)
        .run();
}

/// A file is right whatever its id is; that it cannot stand beside another plan is said.
#[test]
fn an_id_that_another_plan_has_is_said() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    home.write("copy.toml", FINE_POST);
    home.write("mine.toml", FINE_POST.replacen("fine-post", "easypost", 1));
    home.insure("plan check copy.toml mine.toml .config/insure/plans/fine-post.toml")
        .stdout(
            r"
            copy.toml: ok, fine-post, terms of 2026-02-01, 14 clauses, none assumed
              id `fine-post` is taken by [HOME]/.config/insure/plans/fine-post.toml: it needs another one to stand beside it in your plan folder
            mine.toml: ok, easypost, terms of 2026-02-01, 14 clauses, none assumed
              id `easypost` is taken by a built-in plan: it needs another one to stand beside it in your plan folder
            .config/insure/plans/fine-post.toml: ok, fine-post, terms of 2026-02-01, 14 clauses, none assumed
            ",
        )
        .run();
    home.insure("plan check copy.toml mine.toml --format csv")
        .stdout(
            r"
            file,ok,plan,versions,clauses,assumed,line,column,message,taken_by
            copy.toml,true,fine-post,2026-02-01,14,,,,,[HOME]/.config/insure/plans/fine-post.toml
            mine.toml,true,easypost,2026-02-01,14,,,,,built in
            ",
        )
        .run();
}

const BANDS: &str = r#"bands = [
  { up-to = "50.00", flat = "0.60" },
  { above = "60.00", percent = "1.0" },
  { above = "100.00", percent = "0.9" },
]"#;
