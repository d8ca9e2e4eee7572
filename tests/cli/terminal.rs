//! On a terminal: the agreement is asked, progress does not break the output. Without one: no
//! question.

use std::path::Path;

use rexpect::session::{PtySession, spawn_command};

use crate::harness::{Home, INSURE};

const TIMEOUT: u64 = 30_000;

/// `insure` as somebody at a terminal has it.
fn at_a_terminal(home: &Home, line: &str) -> PtySession {
    let mut command = home.command(Path::new(INSURE));
    command.env("TERM", "xterm-256color").args(line.split(' '));
    spawn_command(command, Some(TIMEOUT)).unwrap()
}

#[test]
fn no_means_nothing_is_recorded() {
    let home = Home::new();
    let mut terminal = at_a_terminal(&home, "insure --order 5771 --value 450 --cover full");
    terminal.exp_string("TikTok Shipping insurance, insured by U-PIC").unwrap();
    terminal.exp_string("The first purchase needs acceptance of U-PIC's agreement, once").unwrap();
    terminal.exp_string("Do you accept? [y/N] ").unwrap();
    terminal.send_line("n").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("its agreement is not accepted"), "{rest}");
    home.insure("search")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
}

#[test]
fn the_plain_return_key_means_no() {
    let home = Home::new();
    let mut terminal = at_a_terminal(&home, "insure --order 5771 --value 450 --cover full");
    terminal.exp_string("Do you accept? [y/N] ").unwrap();
    terminal.send_line("").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("its agreement is not accepted"), "{rest}");
}

#[test]
fn yes_records_the_cover_and_the_agreement() {
    let home = Home::new();
    let mut terminal = at_a_terminal(&home, "insure --order 5771 --value 450 --cover full");
    terminal.exp_string("Do you accept? [y/N] ").unwrap();
    terminal.send_line("y").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("POL-00001Y"), "{rest}");
    home.insure("insure --order 5772 --value 450 --cover full --format ids")
        .stdout(
            r"
            POL-00002W
            ",
        )
        .run();
}

#[test]
fn a_batch_asks_before_it_records_anything() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,150\n");
    let mut terminal = at_a_terminal(&home, "batch-insure parcels.csv --cover full");
    terminal.exp_string("Do you accept? [y/N] ").unwrap();
    terminal.send_line("no").unwrap();
    terminal.exp_eof().unwrap();
    home.insure("search")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();

    let mut terminal = at_a_terminal(&home, "batch-insure parcels.csv --cover full");
    terminal.exp_string("Do you accept? [y/N] ").unwrap();
    terminal.send_line("y").unwrap();
    terminal.exp_string("Recorded as BAT-00001Y.").unwrap();
    terminal.exp_eof().unwrap();
    home.insure("search --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            ",
        )
        .run();
}

/// A parcel that came damaged, and nothing filed.
fn damaged() -> Home {
    let home = Home::new();
    home.insure("insure --order 1002 --value 320 --tracking 940002").output_text();
    home.insure("track 1002 scanned --at 2026-11-03").output_text();
    home
}

const HOW_MUCH: &str =
    "How much of the package does the damage concern? [an amount in USD such as 120.00] ";

#[test]
fn what_a_rule_needs_is_asked_until_it_fits() {
    let home = damaged();
    let mut terminal = at_a_terminal(&home, "claim check 1002 --reason damage");
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_line("a lot").unwrap();
    terminal.exp_string("`a lot` is not an amount, expected digits").unwrap();
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_line("0").unwrap();
    terminal.exp_string("nothing is claimed with 0").unwrap();
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_line("120").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("Would pay       120.00 USD"), "{rest}");
    assert!(!rest.contains("facts_needed"), "{rest}");
}

#[test]
fn what_is_answered_is_filed() {
    let home = damaged();
    let mut terminal = at_a_terminal(&home, "claim file 1002 --reason damage --repair-cost 95");
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_line("120").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("1 filed (1 as drafts), 0 refused"), "{rest}");
    home.insure("claim show 1002 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,damage,draft,120.00,120.00,USD,2026-11-22,2027-02-01,,,invoice; photo,0,0.00,,not_sent,
            ",
        )
        .run();
    let shown = home.insure("claim show 1002").output_text();
    assert!(shown.contains("repair-cost  95.00"), "{shown}");
}

#[test]
fn no_answer_leaves_it_refused() {
    let home = damaged();
    let mut terminal = at_a_terminal(&home, "claim check 1002 --reason damage");
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_line("").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("Refused (facts_needed)"), "{rest}");

    let mut terminal = at_a_terminal(&home, "claim file 1002 --reason damage");
    terminal.exp_string(HOW_MUCH).unwrap();
    terminal.send_control('d').unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("to be stated: --amount"), "{rest}");
}

#[test]
fn nothing_is_asked_where_no_answer_would_help() {
    let home = damaged();
    let line = "claim check 1002 --reason damage --today 2027-02-02";
    let shown = at_a_terminal(&home, line).exp_eof().unwrap();
    assert!(shown.contains("Refused (window_closed)"), "{shown}");
    assert!(!shown.contains(HOW_MUCH), "{shown}");
    home.insure("insure --order 1003 --value 320 --tracking 940003").output_text();
    let shown = at_a_terminal(&home, "claim file 1002 1003 --reason damage").exp_eof().unwrap();
    assert!(!shown.contains(HOW_MUCH), "several parcels have no amount in common: {shown}");
}

#[test]
fn progress_is_taken_away_before_the_result_is_shown() {
    let home = Home::new();
    let rows: String = (0..30_000).map(|order| format!("{order},150\n")).collect();
    home.write("parcels.csv", format!("order_id,value\n{rows}"));
    let mut terminal = at_a_terminal(&home, "batch-insure parcels.csv");
    let shown = terminal.exp_eof().unwrap();
    assert!(shown.contains("rows"), "no progress was shown: {shown}");
    let screen = screen(&shown);
    assert!(screen.starts_with("Rows"), "{screen}");
    assert!(screen.contains("Insured"), "{screen}");
    assert!(!screen.contains(" rows"), "the bar is still there: {screen}");

    let mut terminal = at_a_terminal(&home, "batch-insure parcels.csv -q");
    let shown = terminal.exp_eof().unwrap();
    assert!(!shown.contains(" rows"), "-q shows no progress: {shown}");
}

#[test]
fn colour_is_for_terminals_and_for_whoever_asks() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450").output_text();
    let shown = at_a_terminal(&home, "search").exp_eof().unwrap();
    assert!(shown.contains("\u{1b}["), "{shown:?}");
    let shown = at_a_terminal(&home, "search --color never").exp_eof().unwrap();
    assert!(!shown.contains("\u{1b}["), "{shown:?}");
    let piped = home.insure("search").output_text();
    assert!(!piped.contains('\u{1b}'));
    let piped = home.insure("search --color always").output_text();
    assert!(piped.contains('\u{1b}'));
}

/// What is left on the screen: a line that was cleared or overwritten is gone.
fn screen(shown: &str) -> String {
    let lines = shown.split('\n').map(|line| {
        let line = line.trim_end_matches('\r');
        let line = line.rsplit(['\r']).next().unwrap_or_default();
        line.rsplit("\u{1b}[2K").next().unwrap_or_default()
    });
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

#[test]
fn a_plan_is_folded_at_the_width_of_the_terminal() {
    let home = Home::new();
    let mut command = home.command(Path::new("sh"));
    command.env("TERM", "xterm-256color");
    command.args(["-c", &format!("stty rows 24 cols 60; exec '{INSURE}' --color never plan show")]);
    let text = spawn_command(command, Some(TIMEOUT)).unwrap().exp_eof().unwrap();
    let folded = "  Full cover reaches to the package value, at most 5,000.00;\r\n    a custom amount is over 200.00 and exceeds neither.\r\n    amount 5000.00\r\n";
    assert!(text.contains(folded), "{text}");
    for line in text.lines() {
        // An address cannot be folded.
        let one_word = line.split_whitespace().count() == 1;
        assert!(line.chars().count() <= 60 || one_word, "{line}");
    }
}
