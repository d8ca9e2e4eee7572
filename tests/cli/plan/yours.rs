//! Figures of one's own in place of assumed ones, wherever they stand in a plan.

use super::FINE_POST;
use crate::harness::Home;

#[test]
fn a_figure_in_a_list_can_be_ones_own() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", assumed_post());
    home.write(".config/insure/config.toml", FIGURES);
    home.insure("quote --value 450 --plan fine-post --to CA")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium           11.25 USD  yours: 2.5 %

            Fine Post, our contract, terms of 2026-02-01
            More cover can be bought until the carrier's first scan.
            Not stated: origin, taken as US; fulfilment, taken as platform-label.

            premium.1.percent is yours: Two per cent abroad.
            ",
        )
        .run();
    home.shell("insure plan show fine-post --format csv | grep yours")
        .stdout(
            r#"
            fine-post,2026-02-01,premium.1,Two per cent abroad.,when route international; on whole; percent 2.5; rounding half-up,contract,yours
            fine-post,2026-02-01,incident.loss.waiting,"After 20 days, 40 abroad.",from shipped; domestic 10; international 40,contract,yours
            fine-post,2026-02-01,incident.loss.evidence.letter.grace,It may follow.,days 40,contract,yours
            "#,
        )
        .run();
    home.shell("insure insure --plan fine-post --order 5771 --value 450 --cover full --ship-date 2026-11-10 --format ids > recorded; insure track 5771 scanned --at 2026-11-10 --quiet > scanned")
        .run();
    home.shell("insure claim check 5771 --reason loss --explain | grep -A 1 waiting:")
        .stdout(
            r"
            1. waiting: 10 days from the ship date, 2026-11-10 -> 2026-11-20
               clause incident.loss.waiting (contract): After 20 days, 40 abroad.
            ",
        )
        .run();
}

#[test]
fn a_figure_that_makes_no_sense_is_named() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", assumed_post());
    home.write(
        ".config/insure/config.toml",
        "[figures.fine-post]\n\"premium.1.percent\" = \"0.025\"\n",
    );
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: your figure `premium.1.percent` = "0.025": `0.025` is written as a fraction: a premium of 1 per cent is written "1.0"; state less than 0.1 per cent with `rate` and `per`
            "#,
        )
        .status(2)
        .run();
    home.write(
        ".config/insure/config.toml",
        "[figures.fine-post]\n\"incident.loss.evidence.letter.grace.days\" = \"two weeks\"\n",
    );
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: your figure `incident.loss.evidence.letter.grace.days` = "two weeks": expected a whole number
            "#,
        )
        .status(2)
        .run();
    home.write(
        ".config/insure/config.toml",
        "[figures.fine-post]\n\"premium.percent\" = \"2.5\"\n",
    );
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: your figure `premium.percent` = "2.5": the plan has no such figure, did you mean `premium.1.percent`?
            "#,
        )
        .status(2)
        .run();
}

/// Whole numbers may stand without quotes; what else does not fit is said once, with nothing beside it.
#[test]
fn what_is_wrong_with_a_figure_is_said_once() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", assumed_post());
    let config = ".config/insure/config.toml";
    home.write(config, "[figures.fine-post]\n\"incident.loss.waiting.domestic\" = 10\n");
    home.shell("insure plan show fine-post --format csv | grep yours").stdout(
            r#"
            fine-post,2026-02-01,incident.loss.waiting,"After 20 days, 40 abroad.",from shipped; domestic 10; international 40,contract,yours
            "#,
        ).run();
    home.write(config, "[figures.fine-post]\n\"premium.1.percent\" = 2.5\n");
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/config.toml: TOML parse error at line 2, column 23
              |
            2 | "premium.1.percent" = 2.5
              |                       ^^^
            `2.5` stands without quotes, expected it in quotes: "2.5"
            "#,
        )
        .status(2)
        .run();
    home.write(config, "[figures.fine-post]\npremium.1.percent = \"2.5\"\n");
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/config.toml: TOML parse error at line 2, column 1
              |
            2 | premium.1.percent = "2.5"
              | ^^^^^^^
            expected a figure of fine-post with its name in quotes, such as "premium.rate" = "0.90"
            "#,
        )
        .status(2)
        .run();
    home.write(config, "[figures.fine-post]\n\"price\" = \"2.5\"\n\"abroad.percent\" = \"2.5\"\n");
    home.insure("quote --value 450 --plan fine-post").stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: your figure `abroad.percent` = "2.5": the plan has no such figure, those that are assumed: premium.1.on, premium.1.percent, premium.1.rounding, incident.loss.waiting.from, incident.loss.waiting.domestic, incident.loss.waiting.international, incident.loss.evidence.letter.grace.days
            "#,
        ).status(2).run();
    home.insure("quote --value 450 --config none.toml")
        .stderr(
            r"
            error: the configuration that --config or INSURE_CONFIG names is missing: none.toml

            hint: name one that is there, or none: then the usual one is read, if there is any
            ",
        )
        .status(2)
        .run();
}

const FIGURES: &str = r#"[figures.fine-post]
"premium.1.percent" = "2.5"
"incident.loss.waiting.domestic" = "10"
"incident.loss.evidence.letter.grace.days" = "40"
"#;

/// A plan of which the price abroad, the days to wait, and the grace for a letter are assumed.
fn assumed_post() -> String {
    let abroad = "[[version.premium]]\nwhen = { route = \"international\" }\non = \"whole\"\npercent = \"2.0\"\n\
                  rounding = \"half-up\"\nconfidence = \"assumed\"\nclause = \"Two per cent abroad.\"\n\
                  source = \"contract\"\n\n[[version.premium]]\n";
    let waiting = "[version.incident.loss.waiting]\nfrom = \"shipped\"\ndomestic = 20\ninternational = 40\n\
                   confidence = \"assumed\"\nclause = \"After 20 days, 40 abroad.\"\nsource = \"contract\"\n\n\
                   [version.incident.loss.pays]";
    let letter = "\n[[version.incident.loss.evidence]]\nkind = \"letter\"\nfrom = \"carrier\"\n\
                  clause = \"A letter of the carrier.\"\nsource = \"contract\"\n\n\
                  [version.incident.loss.evidence.grace]\ndays = 14\nconfidence = \"assumed\"\n\
                  clause = \"It may follow.\"\nsource = \"contract\"\n";
    FINE_POST
        .replace("[version.premium]\n", abroad)
        .replace("[version.incident.loss.pays]", waiting)
        + letter
}

#[test]
fn a_slip_in_the_name_of_a_plan_is_seen_beside_a_broken_file_too() {
    let home = Home::new();
    home.write(
        ".config/insure/config.toml",
        "[figures.tiktok-upik]\n\"premium.rate\" = \"3.00\"\n",
    );
    home.write(".config/insure/plans/broken.toml", "id = \"broken\"\n");
    home.insure("quote --value 450")
        .stderr(
            r"
            error: your configuration: it states figures for `tiktok-upik`, and there is no such plan
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_plan_file_that_is_no_text_stops_only_who_asks_for_it() {
    let home = Home::new();
    home.write(".config/insure/config.toml", "");
    home.write(".config/insure/plans/bin.toml", b"\xff\xfe\x00");
    let priced = home.insure("quote --value 450 --plan easypost --format csv").output_text();
    assert!(priced.contains(",4.50,"), "{priced}");
    let listed = home.insure("plan list --format ids").status(2).output_text();
    assert!(listed.contains("easypost"), "{listed}");
}
