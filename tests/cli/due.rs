//! `insure due`: the list of a morning, so that no window closes unseen.

use crate::harness::Home;

/// A shop with something of every kind on its list: parcels nobody has claimed on, and claims at
/// every step, under four plans.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,to,contents,scanned_on
        1001,940001,275,US,Folding e-scooter,2026-08-25
        1002,940002,450,US,Espresso machine,2026-08-30
        1003,940003,120,US,Walnut clock,2026-09-20
        1004,940004,180,US,Air purifier,2026-09-15
        1005,940005,95,US,Oak tray,2026-10-20
        ",
    );
    for document in ["invoice", "affidavit", "outbound", "handover"] {
        home.write(&format!("{document}.pdf"), document);
    }
    let told = |line: &str| home.insure(line).output_text();
    told("batch-insure parcels.csv --today 2026-10-25");
    told("claim file 1002 --reason loss --today 2026-11-20");
    let documents =
        "--evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-10-29";
    told(&format!("claim file 1003 1004 --reason loss {documents} --today 2026-10-30"));
    told("claim decide 1004 --needs-info 'a clearer invoice' --today 2026-11-10");
    // A forwarder's cover: two documents may follow, and it pays in three days.
    for order in ["2001", "2002"] {
        told(&format!(
            "insure --plan takesendship --order {order} --tracking 95{order} --value 300 --cover full --to DE --today 2026-10-01"
        ));
        told(&format!("track 95{order} scanned --at 2026-10-02"));
        told(&format!(
            "claim file {order} --reason loss --notice-on 2026-10-17 --evidence outbound-record=outbound.pdf \
             --evidence purchase-invoice=invoice.pdf --evidence line-haul-handover=handover.pdf --today 2026-10-20"
        ));
    }
    told("claim decide 2002 --accepted --today 2026-11-10");
    // An add-on of a shop's cart, whose rejections can be appealed for 30 days.
    told(
        "insure --plan cart-protection --order 3001 --tracking 960001 --value 80 --cover full --to US --today 2026-09-01",
    );
    told("track 960001 scanned --at 2026-09-02");
    told(
        "claim file 3001 --reason loss --carrier-paid 0 --fact wrong-address=no --fact force-majeure=no \
         --fact remote-area=no --today 2026-10-10",
    );
    told("claim decide 3001 --rejected 'no sign of it' --today 2026-10-27");
    home
}

#[test]
fn everything_that_is_due_or_overdue_the_soonest_day_first() {
    let home = shop();
    home.insure("due").stdout("").run();
    home.insure("due --format csv -q").stdout("").run();
}

#[test]
fn a_list_that_looks_further_ahead_or_at_one_kind_or_plan() {
    let home = shop();
    home.insure("due --within 0d -q").stdout("").run();
    home.insure("due --within 30d --kind claim -q").stdout("").run();
    home.insure("due --kind payment --format json").stdout("").run();
    home.insure("due --plan takesendship --format ids").stdout("").run();
    home.insure("due --kind affidavit --format ids").stdout("").run();
}

#[test]
fn totals_are_over_all_of_it_in_any_format() {
    let home = shop();
    home.insure("due --totals").stdout("").run();
    home.insure("due --totals --format ndjson").stdout("").run();
    home.insure("due --totals --plan cart-protection --format csv").stdout("").run();
    home.insure("due --limit 2").stdout("").run();
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let home = shop();
    let all = home.insure("due --format csv -q").output_text();
    let mut paged = Vec::new();
    let mut after = String::new();
    loop {
        let mut page = home.insure(&format!("due --format csv -q --limit 2{after}"));
        let said = page.output();
        let text = String::from_utf8(said.stdout).unwrap();
        paged.extend(text.lines().skip(1).map(str::to_owned));
        let Some(last) = text.lines().skip(1).last() else {
            assert_eq!(said.status.code(), Some(4));
            break;
        };
        after = format!(" --after {}", last.rsplit(',').next().unwrap());
    }
    assert_eq!(paged, all.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn what_is_done_leaves_the_list_with_the_command_that_does_it() {
    let home = shop();
    let kinds = |filter: &str| {
        let mut told = home.insure(&format!("due --format csv -q {filter}"));
        let text = String::from_utf8(told.output().stdout).unwrap();
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{} {} {}", cells[2], cells[5], cells[8])
        };
        text.lines().skip(1).map(row).collect::<Vec<_>>()
    };
    let steps = [
        ("claim evidence add 1002 --kind invoice invoice.pdf", "evidence 1002 invoice"),
        (
            "claim evidence add 1002 --kind affidavit affidavit.pdf --dated 2026-11-19",
            "affidavit 1002 affidavit",
        ),
        ("claim evidence add 1004 --kind invoice handover.pdf", "info 1004 a clearer invoice"),
        (
            "claim decide 1003 --accepted --at 2026-11-20",
            "decision 1003 decide in 10 business days from 2026-10-30",
        ),
        ("claim pay 2002 --at 2026-11-21", "payment 2002 pay in 3 business days from 2026-11-10"),
        (
            "claim evidence add 2001 --kind dispute-screenshot outbound.pdf",
            "evidence 2001 dispute-screenshot",
        ),
        ("claim appeal 3001 --reason 'see the tracking'", "appeal 3001 appeal to the claims desk"),
        ("track 940001 delivered --at 2026-11-01", "claim 1001 loss"),
        ("claim withdraw 2001", "evidence 2001 loss-confirmation"),
    ];
    for (command, row) in steps {
        assert!(kinds("").iter().any(|known| known == row), "{row} is not in {:?}", kinds(""));
        home.insure(command).output_text();
        assert!(kinds("").iter().all(|known| known != row), "{row} is left after {command}");
    }
    home.insure("due").stderr("\nnothing is due\n").status(4).run();
    // What was taken back can be claimed again, and an appeal has days of its own.
    assert_eq!(kinds("--today 2026-12-05 --plan cart-protection"), Vec::<String>::new());
    assert_eq!(
        kinds("--today 2026-12-08 --plan cart-protection"),
        ["decision 3001 decide in 10 business days from 2026-11-22"]
    );
    home.insure("search --claimable=loss --plan takesendship --format ids -q")
        .stdout("\nPOL-00006M\n")
        .run();
}

#[test]
fn the_search_for_what_is_due_finds_the_policies_of_the_list() {
    let home = shop();
    for days in ["0d", "3d", "7d", "60d"] {
        let list = home.insure(&format!("due --within {days} --format csv -q")).output_text();
        let mut policies: Vec<&str> = Vec::new();
        for line in list.lines().skip(1) {
            let policy = line.split(',').nth(4).unwrap();
            if !policies.contains(&policy) {
                policies.push(policy);
            }
        }
        let found = home.insure(&format!("search --due {days} --format ids -q")).output_text();
        let found: Vec<&str> = found.lines().collect();
        policies.sort_unstable();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, policies, "{days}");
    }
}

#[test]
fn its_identifiers_go_on_in_a_pipe() {
    let home = shop();
    home.shell(
        "insure due --kind claim --format ids -q | insure claim check --reason loss - --format ids",
    )
    .stdout("")
    .run();
    home.shell(
        "insure due --kind appeal --format ids -q | xargs -n 1 insure claim show --format ids",
    )
    .stdout("")
    .run();
}

#[test]
fn nothing_is_due_on_a_quiet_day_and_the_exit_status_says_so() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10").output_text();
    home.insure("due").stderr("\nnothing is due\n").status(4).run();
    home.insure("due --format json -q").stdout("\n[]\n").status(4).run();
    home.insure("due --totals -q --format csv")
        .stdout("\nkind,currency,duties,overdue,amount,at_most\n")
        .status(4)
        .run();
}

#[test]
fn wrong_wishes_say_what_was_expected() {
    let home = shop();
    home.insure("due --within soon").stderr("").status(2).run();
    home.insure("due --kind letter").stderr("").status(2).run();
    home.insure("due --after POL-00001Y").stderr("").status(2).run();
    home.insure("due --totals --limit 3").stderr("").status(2).run();
    home.insure("due --totals --format ids").stderr("").status(2).run();
    home.insure("due --plan no-such-plan").stderr("").status(2).run();
    home.insure("due --db elsewhere.db").stderr("").status(4).run();
}
