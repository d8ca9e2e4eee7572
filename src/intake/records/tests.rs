//! Records at every boundary of a buffer, with the `csv` crate as oracle.

use std::io::Read;

use proptest::prelude::{Strategy, prop, proptest};
use proptest::prop_assert_eq;

use super::{LONGEST, RecordError, Records};

/// Gives out a few bytes at a time, so that every boundary is crossed.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.1.min(self.0.len()).min(out.len());
        out[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

type Lines = Vec<(u64, Vec<Vec<u8>>)>;

fn read(input: &[u8], step: usize) -> Result<Lines, RecordError> {
    read_torn(input, step).map(|(lines, _)| lines)
}

/// The records, and on which lines those stand that were torn.
fn read_torn(input: &[u8], step: usize) -> Result<(Lines, Vec<u64>), RecordError> {
    let mut records = Records::new(Drip(input, step), b',');
    let mut all = Vec::new();
    let mut torn = Vec::new();
    while records.advance()? {
        torn.extend(records.torn().map(|_| records.line()));
        let fields = records
            .spans()
            .iter()
            .map(|(a, b)| records.bytes()[*a as usize..*b as usize].to_vec())
            .collect();
        all.push((records.line(), fields));
    }
    Ok((all, torn))
}

fn texts(input: &str) -> Vec<(u64, Vec<String>)> {
    let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
    read(input.as_bytes(), 3)
        .unwrap()
        .into_iter()
        .map(|(line, fields)| (line, fields.into_iter().map(text).collect()))
        .collect()
}

#[test]
fn lines_are_those_an_editor_shows() {
    let expected = |lines: [u64; 3]| {
        vec![
            (lines[0], vec!["a".to_owned(), "b\nc".to_owned()]),
            (lines[1], vec!["d".to_owned(), String::new()]),
            (lines[2], vec!["e".to_owned()]),
        ]
    };
    assert_eq!(texts("a,\"b\nc\"\n\nd,\ne"), expected([1, 4, 5]));
    assert_eq!(texts("a,\"b\nc\"\r\n\r\nd,\r\ne\r\n"), expected([1, 4, 5]));
    assert_eq!(texts("a,\"b\nc\"\rd,\re\r"), expected([1, 3, 4]));
}

#[test]
fn quotes_are_read_as_spreadsheets_write_them() {
    let one = |input: &str| texts(input).remove(0).1;
    assert_eq!(one("\"say \"\"hi\"\"\",2"), ["say \"hi\"", "2"]);
    assert_eq!(one("\"5823\"\t,x"), ["5823\t", "x"]);
    assert_eq!(one("19\" rack,\"\""), ["19\" rack", ""]);
}

#[test]
fn an_open_quote_and_an_endless_line_are_refused_where_they_start() {
    assert!(matches!(read(b"a\n\"b\nc", 9), Err(RecordError::OpenQuote(2))));
    let below = b"a,b\n1,2\n\"x\ny\",\"b\nc";
    assert!(matches!(read(below, 9), Err(RecordError::OpenQuote(4))));
    let mut endless = b"a,b\n".to_vec();
    endless.resize(3 * LONGEST, b'x');
    assert!(matches!(read(&endless, 1 << 16), Err(RecordError::TooLong(2))));
}

#[test]
fn a_record_is_torn_where_a_row_of_its_own_begins() {
    let torn = |input: &str| {
        let (records, torn) = read_torn(input.as_bytes(), 400).unwrap();
        assert_eq!((records.clone(), torn.clone()), read_torn(input.as_bytes(), 1).unwrap());
        let lines: Vec<u64> = records.iter().map(|(line, _)| *line).collect();
        let text = |fields: Vec<Vec<u8>>| String::from_utf8(fields.join(&b'|')).unwrap();
        let texts: Vec<String> = records.into_iter().map(|(_, f)| text(f)).collect();
        (lines, torn, texts)
    };
    let rows = |rows: &[&str]| rows.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>();
    // Never closed, closed by a quote further down, closed but too wide.
    assert_eq!(
        torn("a,b\n1,\"2\n3,4\n5,6\n"),
        (vec![1, 2, 3, 4], vec![2], rows(&["a|b", "1|\"2", "3|4", "5|6"]))
    );
    assert_eq!(
        torn("a,b\r\n1,\"2\r\n3,4\r\n5,\"6\"\r\n"),
        (vec![1, 2, 3, 4], vec![2], rows(&["a|b", "1|\"2", "3|4", "5|6"]))
    );
    assert_eq!(
        torn("a,b\r1,\"2\r3,4\r5,6\",7\r"),
        (vec![1, 2, 3, 4], vec![2], rows(&["a|b", "1|\"2", "3|4", "5|6\"|7"]))
    );
    // Behind the last line there is nothing to lose.
    assert_eq!(torn("a,b\n1,2\n3,\"4"), (vec![1, 2, 3], vec![3], rows(&["a|b", "1|2", "3|\"4"])));
    // What stands between the quote and the row stays with the quote.
    assert_eq!(
        torn("a,b\n1,\"2\n\nx\n3,4\n"),
        (vec![1, 2, 5], vec![2], rows(&["a|b", "1|\"2\n\nx", "3|4"]))
    );
    // Text of several lines is no row, even where the record has a field too many.
    assert_eq!(
        torn("a,b,c\n1,\"2\n3\",4\n5,\"6\n7\",8,00\n"),
        (vec![1, 2, 4], vec![], rows(&["a|b|c", "1|2\n3|4", "5|6\n7|8|00"]))
    );
    // A quote that stands for inches closes what was opened rows before.
    assert_eq!(
        torn("a,b,c,d,e\n1,\"b,3,4,5\n1,2,3,4,5\n1,19\",3,4,5\n"),
        (
            vec![1, 2, 3, 4],
            vec![2],
            rows(&["a|b|c|d|e", "1|\"b|3|4|5", "1|2|3|4|5", "1|19\"|3|4|5"])
        )
    );
}

#[test]
fn line_ends_of_all_kinds_may_be_mixed() {
    let mixed = "a,b\r1,2\n3,4\r\n\r\r\n5,\"x\ry\r\nz\"\r7,8";
    let lines: Vec<u64> = texts(mixed).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [1, 2, 3, 6, 9]);
    for step in 1..9 {
        assert_eq!(read(mixed.as_bytes(), step).unwrap(), read(mixed.as_bytes(), 99).unwrap());
    }
}

proptest! {
    /// The `csv` crate is the oracle, on text made of the characters that matter.
    #[test]
    fn fields_are_those_of_the_csv_crate(
        input in prop::collection::vec(prop::sample::select(b"ab\",,\n\r\t \"".to_vec()), 0..60),
        step in 1usize..9,
    ) {
        let mut oracle = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&input[..]);
        let theirs: Vec<Vec<Vec<u8>>> = oracle
            .byte_records()
            .map(|r| r.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect();
        // An open quote at the end is an error here and ends quietly there.
        // So is a record torn here.
        if let Ok((ours, torn)) = read_torn(&input, step) && torn.is_empty() {
            let ours: Vec<_> = ours.into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    /// Whatever is written by the rules is read back, line by line.
    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[a-c,\"\n ]{1,6}", 2), 0..8),
        step in (1usize..5).prop_map(|n| n * 3),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let written = writer.into_inner().unwrap();
        let ours: Vec<Vec<Vec<u8>>> =
            read(&written, step).unwrap().into_iter().map(|(_, f)| f).collect();
        let rows: Vec<Vec<Vec<u8>>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(String::into_bytes).collect())
            .collect();
        prop_assert_eq!(ours, rows);
    }
}
