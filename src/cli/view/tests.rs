//! One fixture, every format.

use super::{Cells, Format, Paint, Row, Rows};
use crate::calendar::parse_day;
use crate::money::{Currency, Money};

struct Parcel(&'static str, i64);

impl Row for Parcel {
    const COLUMNS: &'static [&'static str] =
        &["policy", "goods", "cover", "ship_date", "claim", "open", "notes"];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 5]);

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.id().as_str());
        out.text(self.0);
        out.money(Money::from_minor(self.1, Currency::USD));
        out.day(parse_day("2026-11-21").unwrap());
        out.none();
        out.flag(true);
        out.list(&["a".to_owned(), "b".to_owned()]);
    }

    fn id(&self) -> String {
        "POL-000012".to_owned()
    }
}

fn shown(format: Format, rows: &[Parcel]) -> String {
    let mut out = Vec::new();
    let mut list = Rows::new::<Parcel>(format, &mut out, Paint::default());
    for row in rows {
        list.push(row).unwrap();
    }
    list.finish::<Parcel>().unwrap();
    String::from_utf8(out).unwrap()
}

const TWO: [Parcel; 2] = [Parcel("lamp, \"oak\"", 123_456), Parcel("ランプ\u{1b}[2J", 5)];

#[test]
fn table() {
    assert_eq!(
        shown(Format::Table, &TWO),
        "policy      goods        cover     ship date   claim  open\n\
         POL-000012  lamp, \"oak\"  1,234.56  2026-11-21  -      yes\n\
         POL-000012  ランプ\u{fffd}[2J       0.05  2026-11-21  -      yes\n"
    );
}

#[test]
fn in_csv_no_text_is_a_formula() {
    let shown = |text| shown(Format::Csv, &[Parcel(text, -5)]);
    for (text, cell) in [
        ("=1+2", "'=1+2"),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
        ("+49 170", "'+49 170"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("", ""),
    ] {
        let line = shown(text);
        let line = line.lines().nth(1).unwrap();
        assert_eq!(line, format!("POL-000012,{cell},-0.05,2026-11-21,,true,a; b"), "{text}");
    }
    let json = self::shown(Format::Ndjson, &[Parcel("=1+2", 5)]);
    assert!(json.contains("\"goods\":\"=1+2\""), "{json}");
}

#[test]
fn csv() {
    assert_eq!(
        shown(Format::Csv, &TWO[..1]),
        "policy,goods,cover,ship_date,claim,open,notes\n\
         POL-000012,\"lamp, \"\"oak\"\"\",1234.56,2026-11-21,,true,a; b\n"
    );
}

#[test]
fn json() {
    let row = r#"{"policy":"POL-000012","goods":"lamp, \"oak\"","cover":"1234.56","ship_date":"2026-11-21","claim":null,"open":true,"notes":["a","b"]}"#;
    assert_eq!(shown(Format::Ndjson, &TWO[..1]), format!("{row}\n"));
    assert_eq!(shown(Format::Json, &TWO[..1]), format!("[\n  {row}\n]\n"));
}

#[test]
fn ids() {
    assert_eq!(shown(Format::Ids, &TWO), "POL-000012\nPOL-000012\n");
}

#[test]
fn an_empty_list_is_still_a_list() {
    assert_eq!(shown(Format::Json, &[]), "[]\n");
    assert_eq!(shown(Format::Csv, &[]), "policy,goods,cover,ship_date,claim,open,notes\n");
    assert_eq!(
        shown(Format::Table, &[]) + &shown(Format::Ndjson, &[]) + &shown(Format::Ids, &[]),
        ""
    );
}

#[test]
fn a_narrow_terminal_cuts_no_number() {
    let shown = |width| {
        let mut out = Vec::new();
        let paint = Paint { width: Some(width), ..Paint::default() };
        let mut list = Rows::new::<Parcel>(Format::Table, &mut out, paint);
        list.push(&TWO[0]).unwrap();
        list.push(&Parcel("cup", 900)).unwrap();
        list.finish::<Parcel>().unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(shown(80).starts_with("policy      goods        cover     ship date   claim  open\n"));
    assert!(shown(55).starts_with("policy      goods        cover     ship date   open\n"));
    assert_eq!(
        shown(40),
        "policy     POL-000012\ngoods      lamp, \"oak\"\ncover      1,234.56\nship date  2026-11-21\nopen       yes\n\n\
         policy     POL-000012\ngoods      cup\ncover      9.00\nship date  2026-11-21\nopen       yes\n"
    );
}
