//! `insure plan`: which terms there are, one's own among them, and the one-time agreement.

use crate::harness::Home;

mod check;
mod diff;
mod replay;
mod yours;

#[test]
fn the_plans_are_listed_the_default_one_first() {
    let home = Home::new();
    home.shell("insure plan list --format csv | head -n 2")
        .stdout(
            r#"
            plan,name,kind,currency,version,assumed,assumed_clauses,file
            tiktok-upic,"TikTok Shipping insurance, insured by U-PIC",insurance,USD,2025-10-17,true,2,built in
            "#,
        )
        .run();
    home.shell("insure plan list | head -n 2 | cut -d ' ' -f 1")
        .stdout(
            r"
            plan
            tiktok-upic
            ",
        )
        .run();
    home.shell("insure plan list --format ids | head -n 1")
        .stdout(
            r"
            tiktok-upic
            ",
        )
        .run();
    home.shell("insure plan list --format ndjson | head -n 1")
        .stdout(
            r#"
            {"plan":"tiktok-upic","name":"TikTok Shipping insurance, insured by U-PIC","kind":"insurance","currency":"USD","version":"2025-10-17","assumed":true,"assumed_clauses":2,"file":"built in"}
            "#,
        )
        .run();
}

#[test]
fn every_clause_is_shown_with_its_figures_and_its_source() {
    let home = Home::new();
    home.insure("plan show")
        .stdout(
            r"
            tiktok-upic  TikTok Shipping insurance, insured by U-PIC
            insurance, USD, home US, terms of 2025-10-17

            value (S0)
              The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
                counts product, coupon, shipping
            included (S0)
              Each package is covered free and automatically, up to 200.00.
                amount 200.00
            maximum (S0)
              Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
                amount 5000.00
            premium (shopify-shipsurance, assumed)
              The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
                on uninsured
                rate 0.75
                per 100.00
                part whole
                rounding half-up
            purchase (S0)
              Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.
                until label
            agreement (S0)
              The first purchase needs acceptance of U-PIC's agreement, once: the insurer is U-PIC, the cover and its exclusions are those of this plan, premiums are refunded only for labels cancelled before the first carrier scan, and claims go through Seller Center within 90 days of the ship date.
            fulfilment (S0)
              Only parcels with a platform label (Seller Center desktop, Seller App, Open API) are covered; not Fulfilled by TikTok, not seller shipping.
                allowed platform-label
            goods (upic-coverage)
              Not insurable unless endorsed: accounts, bills, bullion, currency, deeds, evidence of debt, furs, original or fine art, bare computer chips, money, notes, securities, precious or semi-precious stones, televisions, tickets, personal goods; never perishables. Collectible coins are allowed.
                excluded accounts, bills, bullion, currency, deeds, evidence of debt, furs, original art, fine art, bare computer chips, money, notes, securities, precious stones, semi-precious stones, televisions, TVs, tickets, personal goods, perishables
            destinations (upic-coverage)
              No cover to 32 excluded countries.
                excluded AF, DZ, AO, BY, BA, BI, CI, HR, CU, CD, IR, IQ, JO, LR, LY, MD, ME, MM, NG, KP, PY, CG, RU, RS, SL, SO, LK, SD, SY, TG, YE, ZW
            refund (S0)
              Label cancelled and never scanned by the carrier: the premium is refunded. After the scan: never.
                until first-scan
            claims (S0)
              A claim is for loss, damage or shortage. It needs a platform label and a scan by the carrier, and is not for a buyer's return.
                scanned yes
            compensation (upic-claims, assumed)
              What the carrier paid for the same incident is not mentioned; that both together pay at most the package value is assumed. It counts only where it is stated.
                form together
            decision (S0, implied)
              The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
                business-days 10
                calendar us-federal
            appeals (S0)
              Appeals go to U-PIC. No last day for one is named.
                to U-PIC
            conditions.1 (upic-coverage)
              No parcel whose label or packaging describes the contents.
            conditions.2 (S0)
              Each package stands alone: an order of 500 in packages of 200 and 300 has 200 of cover for each; with the 300 package fully covered it pays up to 300.
            conditions.3 (S0)
              Buyer refund status and refund reason are shared with the insurer and count as documentation.
            conditions.4 (S0)
              There are three choices for a package worth more than 200.00: the included cover, full cover, or a custom amount. A package worth 200.00 or less needs none.
            conditions.5 (S0)
              Cover can be bought for a batch of packages at once.
            conditions.6 (S0)
              A policy is confirmed (bought with the label), effective (from the first carrier scan) or expired.
            conditions.7 (S0)
              The affidavit is an e-mail the seller sends to the buyer; once the buyer submits it, its status is completed.
            conditions.8 (S0)
              A claim is under review, accepted or rejected.
            conditions.9 (S0)
              The claim page shows reason, claim amount, status, order id, package value, shipping provider and tracking number. An invoice can be downloaded as PDF.
            conditions.10 (S0)
              Parcels can be searched by insurance status and by claim status.
            conditions.11 (upic-claims, implied)
              There is no waiting period for damage (U-PIC's general rule; partners may differ).
            incident.loss (S0)
              Loss is covered.
            incident.loss.waiting (upic-claims, implied)
              A parcel counts as lost 21 days after the ship date, 45 international, 60 for Italy (U-PIC's general rule; partners may differ).
                from shipped
                domestic 21
                international 45
                countries IT 60
            incident.loss.window (S0)
              The claim is opened within 90 days of the ship date.
                from shipped
                days 90
            incident.loss.pays (upic-claims)
              Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.
            incident.loss.evidence.invoice (upic-claims)
              An invoice showing buyer, products, total and shipping.
                kind invoice
                from seller
            incident.loss.evidence.affidavit (upic-claims)
              The buyer's affidavit of non-receipt, dated once the waiting period is over.
                kind affidavit
                from buyer
                dated after-waiting
            incident.damage (S0)
              Damage is covered.
            incident.damage.window (S0)
              The claim is opened within 90 days of the ship date.
                from shipped
                days 90
            incident.damage.pays (upic-claims)
              Pays the invoice value of what was damaged, at most the cover; shipping only as part of the declared value.
            incident.damage.evidence.invoice (upic-claims)
              An invoice showing buyer, products, total and shipping.
                kind invoice
                from seller
            incident.damage.evidence.photo (upic-claims)
              Photos of the damage.
                kind photo
                from buyer
            incident.shortage (S0)
              Shortage (something missing from the parcel) is covered.
            incident.shortage.window (S0)
              The claim is opened within 90 days of the ship date.
                from shipped
                days 90
            incident.shortage.pays (upic-claims)
              Pays the invoice value of what was missing, at most the cover; shipping only as part of the declared value.
            incident.shortage.evidence.invoice (upic-claims)
              An invoice showing buyer, products, total and shipping.
                kind invoice
                from seller

            Sources
              S0                          TikTok Shipping insurance
              seller-us-6626878837311275  TikTok Shop US Academy, knowledge 6626878837311275 (2025-10-17)                https://seller-us.tiktok.com/university/essay?knowledge_id=6626878837311275
              seller-us-8280381640656683  TikTok Shop US Academy, knowledge 8280381640656683                             https://seller-us.tiktok.com/university/essay?knowledge_id=8280381640656683
              shopify-shipsurance         Shopify Help, shipping insurance with Shipsurance: the nearest published twin  https://help.shopify.com/shipping-insurance
              upic-claims                 U-PIC, claims requirements                                                     https://u-pic.com/claims-requirements
              upic-coverage               U-PIC, coverage for TikTok Shop                                                https://u-pic.com/tiktok-coverage
            ",
        )
        .run();
}

#[test]
fn a_clause_has_its_figures_by_their_keys_in_json() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    home.shell("insure plan show fine-post --format json | head -n 36")
        .stdout(
            r#"
            {
              "plan": "fine-post",
              "name": "Fine Post, our contract",
              "kind": "insurance",
              "currency": "USD",
              "home": "US",
              "version": "2026-02-01",
              "published": "2026-01-15",
              "versions": [
                "2026-02-01"
              ],
              "clauses": [
                {
                  "clause": "value",
                  "text": "The value is all that the buyer paid.",
                  "figures": {
                    "counts": "product, coupon, shipping"
                  },
                  "source": "contract",
                  "confidence": "published"
                },
                {
                  "clause": "included",
                  "text": "Nothing is covered free.",
                  "figures": {
                    "amount": "0.00"
                  },
                  "source": "contract",
                  "confidence": "published"
                },
                {
                  "clause": "maximum",
                  "text": "At most 1,000.00 a parcel.",
                  "figures": {
                    "amount": "1000.00"
                  },
            "#,
        )
        .run();
}

#[test]
fn the_agreement_is_accepted_once() {
    let home = Home::new();
    home.insure("plan accept")
        .stdout(
            r"
            Accepted for tiktok-upic on 2026-11-22:
            The first purchase needs acceptance of U-PIC's agreement, once: the insurer is U-PIC, the cover and its exclusions are those of this plan, premiums are refunded only for labels cancelled before the first carrier scan, and claims go through Seller Center within 90 days of the ship date.
            ",
        )
        .run();
    home.insure("plan accept --format ndjson")
        .stdout(
            r#"
            {"plan":"tiktok-upic","accepted_on":"2026-11-22","text":"The first purchase needs acceptance of U-PIC's agreement, once: the insurer is U-PIC, the cover and its exclusions are those of this plan, premiums are refunded only for labels cancelled before the first carrier scan, and claims go through Seller Center within 90 days of the ship date."}
            "#,
        )
        .run();
}

#[test]
fn an_unknown_plan_says_which_there_are() {
    let home = Home::new();
    home.insure("plan show usps")
        .stderr(
            r"
            error: plan usps: there is no such plan, there are: tiktok-upic, takesendship, tiktok-logistics, cart-protection, ups-declared-value, easypost, shippo-xcover, parcelguard, shopify-shipsurance, pirateship, easyship-insureship
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --plan usps")
        .stderr(
            r"
            error: plan usps: there is no such plan, there are: tiktok-upic, takesendship, tiktok-logistics, cart-protection, ups-declared-value, easypost, shippo-xcover, parcelguard, shopify-shipsurance, pirateship, easyship-insureship
            ",
        )
        .status(2)
        .run();
    home.insure("plan show --on 2020-01-01")
        .stderr(
            r"
            error: tiktok-upic has no terms for 2020-01-01 here: the oldest known took effect on 2025-10-17
            ",
        )
        .status(4)
        .run();
}

#[test]
fn an_assumed_rate_can_be_set_to_ones_own_and_is_called_so() {
    let home = Home::new();
    home.write_lines(
        ".config/insure/config.toml",
        "
        [figures.tiktok-upic]
        \"premium.rate\" = \"0.90\"
        ",
    );
    home.insure("quote --value 450")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            450.00 USD
            Premium            2.70 USD  yours: 0.90 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is yours: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full --accept-terms")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         5771
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.70 USD    yours: 0.90 for every 100.00 or part of it
            ",
        )
        .run();
    home.insure("status 5771")
        .stdout(
            r"
            Policy         POL-00001Y   confirmed
            Order          5771
            Package        -
            Tracking       -
            Contents       -
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.70 USD     assumed: premium.rate=0.90 for every 100.00 or part of it (yours)
            History
              2026-11-22  BAT-00001Y recorded
            ",
        )
        .run();
}

#[test]
fn a_policy_keeps_the_terms_it_was_sold_under() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450 --cover full --accept-terms --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.write_lines(
        "config.toml",
        "
        [figures.tiktok-upic]
        \"premium.rate\" = \"0.90\"
        ",
    );
    home.insure("--config config.toml insure --order 5772 --value 450 --cover full --format ids")
        .stdout(
            r"
            POL-00002W
            ",
        )
        .run();
    home.insure("--config config.toml search --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            POL-00001Y,5771,,,tiktok-upic,2025-10-17,confirmed,USD,450.00,450.00,2.25,,,,2026-11-22,,,,,,,,,
            POL-00002W,5772,,,tiktok-upic,2025-10-17,confirmed,USD,450.00,450.00,2.70,,,,2026-11-22,,,,,,,,,
            ",
        )
        .run();
}

#[test]
fn a_plan_of_ones_own_is_a_file_in_the_plan_folder() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    home.shell("insure plan list --format csv | grep -v \"built in\"")
        .stdout(
            r#"
            plan,name,kind,currency,version,assumed,assumed_clauses,file
            fine-post,"Fine Post, our contract",insurance,USD,2026-02-01,false,0,[HOME]/.config/insure/plans/fine-post.toml
            "#,
        )
        .run();
    home.insure("quote --value 450 --plan fine-post")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium            4.50 USD

            Fine Post, our contract, terms of 2026-02-01
            More cover can be bought until the carrier's first scan.
            Not stated: fulfilment, taken as platform-label.
            ",
        )
        .run();
    home.write(".config/insure/config.toml", "plan = \"fine-post\"\n");
    home.insure("insure --order 5771 --value 450 --cover full")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         5771
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        4.50 USD
            ",
        )
        .run();
}

#[test]
fn a_slip_in_a_plan_file_is_shown_in_the_file() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST.replace("1.00", "1.0O"));
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: line 31, column 8
               |
            31 | rate = "1.0O"
               |        ^^^^^^
            `1.0O` is not an amount, expected digits with a point before the cents, such as 450.00
            "#,
        )
        .status(2)
        .run();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST.replace("rate =", "raet ="));
    home.insure("quote --value 450 --plan fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: line 31, column 1
               |
            31 | raet = "1.00"
               | ^^^^
            unknown key `raet` (did you mean `rate`?), expected one of `when`, `on`, `rounding`, `rounded-to`, `flat`, `percent`, `rate`, `per`, `part`, `minimum`, `maximum`, `bands`, `clause`, `source`, `confidence`
            "#,
        )
        .status(2)
        .run();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST.replace("home =", "home"));
    home.insure("plan show fine-post")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/fine-post.toml: line 5, column 6
              |
            5 | home "US"
              |      ^
            key with no value, expected `=`
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn a_slip_in_the_configuration_is_shown_in_the_file() {
    let home = Home::new();
    home.write("config.toml", "[figures.tiktok-upic]\n\"premium.rate\" = 0.90\n");
    home.insure("--config config.toml quote --value 450")
        .stderr(
            r#"
            error: config.toml: TOML parse error at line 2, column 18
              |
            2 | "premium.rate" = 0.90
              |                  ^^^^
            `0.90` stands without quotes, expected it in quotes: "0.90"
            "#,
        )
        .status(2)
        .run();
    home.write("config.toml", "[figures.tiktok-upic]\n\"premium.rat\" = \"0.90\"\n");
    home.insure("--config config.toml quote --value 450")
        .stderr(
            r#"
            error: plan tiktok-upic: your figure `premium.rat` = "0.90": the plan has no such figure, did you mean `premium.rate`?
            "#,
        )
        .status(2)
        .run();
    home.write("config.toml", "[figures.tiktok-upic]\n\"included.amount\" = \"500.00\"\n");
    home.insure("--config config.toml quote --value 450")
        .stderr(
            r#"
            error: plan tiktok-upic: your figure `included.amount` = "500.00": this figure has a source, only an assumed one can be replaced
            "#,
        )
        .status(2)
        .run();
    home.write("config.toml", "[figures.usps]\n\"premium.rate\" = \"0.90\"\n");
    home.insure("--config config.toml quote --value 450")
        .stderr(
            r"
            error: your configuration: it states figures for `usps`, and there is no such plan
            ",
        )
        .status(2)
        .run();
    home.write("config.toml", "plam = \"tiktok-upic\"\n");
    home.insure("--config config.toml quote --value 450")
        .stderr(
            r#"
            error: config.toml: TOML parse error at line 1, column 1
              |
            1 | plam = "tiktok-upic"
              | ^^^^
            unknown field `plam`, expected one of `plan`, `plans`, `layouts`, `zone`, `figures`, `fx`, `mail`, `affidavit`, `evidence`, `packet`, `seller`
            "#,
        )
        .status(2)
        .run();
    home.insure("--config nowhere.toml quote --value 450")
        .stderr(
            r"
            error: the configuration that --config or INSURE_CONFIG names is missing: nowhere.toml

            hint: name one that is there, or none: then the usual one is read, if there is any
            ",
        )
        .status(2)
        .run();
}

/// A plan that somebody wrote for the contract with their own carrier.
const FINE_POST: &str = r#"id = "fine-post"
name = "Fine Post, our contract"
kind = "insurance"
currency = "USD"
home = "US"

[sources.contract]
title = "Contract of 2026-01-15"

[[version]]
effective = 2026-02-01
published = 2026-01-15

[version.value]
counts = ["product", "coupon", "shipping"]
clause = "The value is all that the buyer paid."
source = "contract"

[version.included]
amount = "0.00"
clause = "Nothing is covered free."
source = "contract"

[version.maximum]
amount = "1000.00"
clause = "At most 1,000.00 a parcel."
source = "contract"

[version.premium]
on = "whole"
rate = "1.00"
per = "100.00"
part = "prorated"
rounding = "half-up"
clause = "1.00 for every 100.00."
source = "contract"

[version.purchase]
until = "first-scan"
clause = "Cover is bought before the hand-over."
source = "contract"

[version.fulfilment]
allowed = ["platform-label", "seller-label"]
clause = "Every label."
source = "contract"

[version.goods]
excluded = []
clause = "All goods."
source = "contract"

[version.destinations]
excluded = []
clause = "All destinations."
source = "contract"

[version.refund]
until = "first-scan"
clause = "Refunded before the hand-over."
source = "contract"

[version.claims]
scanned = true
clause = "Once it was handed over."
source = "contract"

[version.decision]
business-days = 5
clause = "Decided in five business days."
source = "contract"

[version.incident.loss]
clause = "Loss is covered."
source = "contract"

[version.incident.loss.window]
from = "shipped"
days = 60
clause = "Within 60 days."
source = "contract"

[version.incident.loss.pays]
clause = "Pays the value."
source = "contract"
"#;

#[test]
fn clauses_are_rows_as_well() {
    let home = Home::new();
    home.shell("insure plan show --format csv | head -n 3")
        .stdout(
            r#"
            plan,version,clause,text,figures,source,confidence
            tiktok-upic,2025-10-17,value,"The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.","counts product, coupon, shipping",S0,published
            tiktok-upic,2025-10-17,included,"Each package is covered free and automatically, up to 200.00.",amount 200.00,S0,published
            "#,
        )
        .run();
    home.insure("plan show --format ids")
        .stdout(
            r"
            tiktok-upic
            ",
        )
        .run();
    home.insure("plan accept --format csv")
        .stdout(
            r"
            plan,accepted_on
            tiktok-upic,2026-11-22
            ",
        )
        .run();
    home.insure("plan accept --format ids")
        .stdout(
            r"
            tiktok-upic
            ",
        )
        .run();
}

/// A draft that is not right yet keeps nobody from the other plans, and is not passed over in silence.
#[test]
fn a_broken_file_does_not_stop_the_others() {
    let home = Home::new();
    home.write(".config/insure/plans/fine-post.toml", FINE_POST);
    let draft = FINE_POST
        .replacen("fine-post", "draft", 1)
        .replace("amount = \"1000.00\"", "amount = 1000")
        .replace("rate =", "raet =");
    home.write(".config/insure/plans/a-draft.toml", draft);
    home.write(".config/insure/plans/twice.toml", FINE_POST);
    home.shell("insure plan list --quiet --format csv | grep -v \"built in\"; insure plan list --format ids > ids; echo \"status $?\"").stdout(
            r#"
            plan,name,kind,currency,version,assumed,assumed_clauses,file
            fine-post,"Fine Post, our contract",insurance,USD,2026-02-01,false,0,[HOME]/.config/insure/plans/fine-post.toml
            status 2
            "#,
        ).stderr(
            r"
            not listed: [HOME]/.config/insure/plans/a-draft.toml: it has 2 mistakes: insure plan check [HOME]/.config/insure/plans/a-draft.toml
            not listed: [HOME]/.config/insure/plans/twice.toml: id `fine-post` is taken by [HOME]/.config/insure/plans/fine-post.toml, expected another one
            not listed: [HOME]/.config/insure/plans/a-draft.toml: it has 2 mistakes: insure plan check [HOME]/.config/insure/plans/a-draft.toml
            not listed: [HOME]/.config/insure/plans/twice.toml: id `fine-post` is taken by [HOME]/.config/insure/plans/fine-post.toml, expected another one
            ",
        ).run();
    home.shell("insure quote --value 450 --plan easypost | grep '^Premium'")
        .stdout(
            r"
            Premium            4.50 USD
            ",
        )
        .run();
    home.insure("quote --value 450 --plan draft").stderr(
            r#"
            error: [HOME]/.config/insure/plans/a-draft.toml: line 25, column 10
               |
            25 | amount = 1000
               |          ^^^^
            `1000` stands without quotes, expected it in quotes: "1000"

            line 31, column 1
               |
            31 | raet = "1.00"
               | ^^^^
            unknown key `raet` (did you mean `rate`?), expected one of `when`, `on`, `rounding`, `rounded-to`, `flat`, `percent`, `rate`, `per`, `part`, `minimum`, `maximum`, `bands`, `clause`, `source`, `confidence`
            "#,
        ).status(2).run();
    home.insure("quote --value 450 --plan fine-post").stderr(
            r"
            error: [HOME]/.config/insure/plans/twice.toml: id `fine-post` is taken by [HOME]/.config/insure/plans/fine-post.toml, expected another one
            ",
        ).status(2).run();
    home.insure("plan show fine-pots").stderr(
            r"
            error: plan fine-pots: there is no such plan, there are: tiktok-upic, takesendship, tiktok-logistics, cart-protection, ups-declared-value, easypost, shippo-xcover, parcelguard, shopify-shipsurance, pirateship, easyship-insureship, fine-post; it may be in a file that cannot be read (insure plan check): [HOME]/.config/insure/plans/a-draft.toml, [HOME]/.config/insure/plans/twice.toml
            ",
        ).status(2).run();
    home.insure("quote --value 450 --plan all").stderr(
            r"
            error: [HOME]/.config/insure/plans/a-draft.toml: it has 2 mistakes: insure plan check [HOME]/.config/insure/plans/a-draft.toml
            without it these would not be all plans: mend it, move it out of the folder, or name the plans that are meant
            ",
        ).status(2).run();
}
