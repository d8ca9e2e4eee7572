//! CSV for spreadsheets: what would run there as a formula is text, and comes back as it was.

use crate::harness::Home;

#[test]
fn a_formula_is_made_text_and_comes_back_as_it_was() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        r#"
        order_id,value,cover,contents
        1001,450,full,"=HYPERLINK(""http://example.com"",""lamp"")"
        1002,450,full,-5.00
        1003,450,full,-5 off
        1004,450,full,@lamp
        1005,450,full,''=lamp
        1006,450,full,'tis a lamp
        "#,
    );
    home.insure("batch-insure parcels.csv --accept-terms -q").output_text();
    let csv = home.insure("search --format csv").output_text();
    let contents: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.get(11..)).collect();
    for (line, written) in contents.iter().zip([
        r#""'=HYPERLINK(""http://example.com"",""lamp"")""#,
        ",-5.00,",
        ",'-5 off,",
        ",'@lamp,",
        ",''=lamp,",
        ",'tis a lamp,",
    ]) {
        assert!(line.contains(written), "{line}");
    }
    home.write("found.csv", &csv);
    home.shell("INSURE_DB=other.db insure batch-insure found.csv --accept-terms -q").output_text();
    let told = |db: &str| {
        let text =
            home.shell(&format!("INSURE_DB={db} insure search --format ndjson")).output_text();
        let rows =
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        rows.map(|row| row["contents"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told("other.db"), told("insure.db"));
    assert_eq!(told("insure.db")[2], r#""-5 off""#);
    assert_eq!(told("insure.db")[4], r#""'=lamp""#);
}

#[test]
fn rejected_rows_are_copies_of_what_came() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,contents
        1001,many,=1+1
        1002,many,'=1+1
        ",
    );
    home.insure("batch-insure parcels.csv --rejects rejects.csv -q").status(3).output_text();
    let rejects = home.read("rejects.csv");
    let rows: Vec<&str> = rejects.lines().skip(1).filter_map(|line| line.get(..15)).collect();
    assert_eq!(rows, ["1001,many,=1+1,", "1002,many,'=1+1"]);
}
