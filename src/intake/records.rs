//! Records of delimited text: one pass over the bytes, one buffer, no allocation per record.
//!
//! Quoting is RFC 4180 as leniently as spreadsheets write it: a quote inside an unquoted field is
//! a plain character, and text after a closing quote belongs to the field. Lines are counted as
//! an editor counts them, so that a message can be followed to its row.

use std::io::Read;

/// The longest record: a parcel's row is under 10 KB, so more than this is an unclosed quote.
pub(super) const LONGEST: usize = 1 << 20;
/// What is read at a time.
const CHUNK: usize = 256 << 10;

/// Why there is no next record.
#[derive(Debug)]
pub(super) enum RecordError {
    /// The reader failed.
    Io(std::io::Error),
    /// The record that starts on this line exceeds [`LONGEST`].
    TooLong(u64),
    /// The record that starts on this line opens a quote and the file ends in it.
    OpenQuote(u64),
}

/// Where a field's bytes are in the buffer.
pub(super) type Span = (u32, u32);

/// A reader of records. After [`Records::advance`] the current record is in [`Records::spans`].
pub(super) struct Records<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Bytes of the buffer that hold input.
    filled: usize,
    /// First byte not yet given out.
    at: usize,
    ended: bool,
    /// The line `at` is on, and the line the current record starts on.
    next_line: u64,
    line: u64,
    spans: Vec<Span>,
    /// Fields to put right once the record is whole, and whether text follows their closing quote
    /// (their span then starts at the opening one).
    untidy: Vec<(usize, bool)>,
    nul: bool,
    delimiter: u8,
    /// Bytes at which an unquoted field may end or need attention.
    stops: [bool; 256],
}

/// What a walk over the buffer came to.
enum Walk {
    /// A whole record, which ends here.
    Whole(usize),
    /// The buffer ended first.
    Short,
}

impl<R: Read> Records<R> {
    pub(super) fn new(inner: R, delimiter: u8) -> Records<R> {
        let mut stops = [false; 256];
        for byte in [delimiter, b'\n', b'\r', 0] {
            stops[usize::from(byte)] = true;
        }
        Records {
            inner,
            buffer: vec![0; CHUNK],
            filled: 0,
            at: 0,
            ended: false,
            next_line: 1,
            line: 1,
            spans: Vec::new(),
            untidy: Vec::new(),
            nul: false,
            delimiter,
            stops,
        }
    }

    /// Goes to the next record that is not a blank line; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, RecordError> {
        if !self.skip_blank_lines()? {
            return Ok(false);
        }
        self.line = self.next_line;
        loop {
            match self.walk() {
                Walk::Whole(end) => {
                    self.at = end;
                    self.tidy();
                    return Ok(true);
                }
                // Everything but an open quote ends where the file ends.
                Walk::Short if self.ended => return Err(RecordError::OpenQuote(self.line)),
                Walk::Short if self.filled - self.at >= LONGEST => {
                    return Err(RecordError::TooLong(self.line));
                }
                Walk::Short => self.fill()?,
            }
        }
    }

    /// The line the current record starts on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The current record's fields.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The bytes the spans point into.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// Whether the current record holds a NUL byte.
    pub(super) fn has_nul(&self) -> bool {
        self.nul
    }

    fn skip_blank_lines(&mut self) -> Result<bool, RecordError> {
        loop {
            while self.at < self.filled {
                match self.buffer[self.at] {
                    b'\n' => self.next_line += 1,
                    // Of CR LF only the LF counts, so the byte after must be there to be seen.
                    b'\r' if self.at + 1 < self.filled => {
                        self.next_line += u64::from(self.buffer[self.at + 1] != b'\n');
                    }
                    b'\r' if self.ended => {}
                    b'\r' => break,
                    _ => return Ok(true),
                }
                self.at += 1;
            }
            if self.ended {
                return Ok(false);
            }
            self.fill()?;
        }
    }

    /// Moves what is left to the front and reads more behind it.
    fn fill(&mut self) -> Result<(), RecordError> {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.buffer.len() - self.filled < CHUNK / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.inner.read(&mut self.buffer[self.filled..]) {
                Ok(read) => {
                    self.filled += read;
                    self.ended = read == 0;
                    return Ok(());
                }
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(RecordError::Io(e)),
            }
        }
    }

    /// Finds the fields of the record at `at`. Changes nothing but spans and flags, so that it
    /// can start over when the buffer was too short.
    fn walk(&mut self) -> Walk {
        let bytes = &self.buffer[..self.filled];
        self.spans.clear();
        self.untidy.clear();
        self.nul = false;
        let mut lines = 0;
        let mut i = self.at;
        loop {
            let start = i;
            let mut span = None;
            if bytes.get(i) == Some(&b'"') {
                let mut tidy = true;
                i += 1;
                let close = loop {
                    let Some(quote) = bytes[i..].iter().position(|b| *b == b'"') else {
                        return Walk::Short;
                    };
                    i += quote + 1;
                    match bytes.get(i) {
                        Some(b'"') => {
                            tidy = false;
                            i += 1;
                        }
                        None if !self.ended => return Walk::Short,
                        _ => break i - 1,
                    }
                };
                let inside = &bytes[start + 1..close];
                lines += inside.iter().filter(|b| **b == b'\n').count() as u64;
                self.nul |= inside.contains(&0);
                if !tidy {
                    self.untidy.push((self.spans.len(), false));
                }
                span = Some((start + 1, close));
            }
            let tail = i;
            // The unquoted field, or what follows a closing quote.
            let end = loop {
                match bytes[i..].iter().position(|b| self.stops[usize::from(*b)]) {
                    Some(step) => {
                        i += step;
                        if bytes[i] != 0 {
                            break i;
                        }
                        self.nul = true;
                        i += 1;
                    }
                    None if self.ended => {
                        i = bytes.len();
                        break i;
                    }
                    None => return Walk::Short,
                }
            };
            let span = match span {
                None => (start, end),
                Some(inside) if end == tail => inside,
                Some(_) => {
                    let field = self.spans.len();
                    self.untidy.retain(|(untidy, _)| *untidy != field);
                    self.untidy.push((field, true));
                    (start, end)
                }
            };
            // A buffer never grows beyond a few times LONGEST, far below what u32 holds.
            self.spans.push((span.0 as u32, span.1 as u32));
            match bytes.get(end) {
                Some(b) if *b == self.delimiter => i = end + 1,
                Some(b'\r') => match bytes.get(end + 1) {
                    Some(b'\n') => {
                        self.next_line += lines + 1;
                        return Walk::Whole(end + 2);
                    }
                    None if !self.ended => return Walk::Short,
                    _ => {
                        self.next_line += lines + 1;
                        return Walk::Whole(end + 1);
                    }
                },
                Some(_) => {
                    self.next_line += lines + 1;
                    return Walk::Whole(end + 1);
                }
                None => return Walk::Whole(end),
            }
        }
    }

    /// Puts doubled quotes and tails after a closing quote right, in place.
    fn tidy(&mut self) {
        for &(field, tail) in &self.untidy {
            let (start, end) = (self.spans[field].0 as usize, self.spans[field].1 as usize);
            let mut write = start;
            let mut read = start + usize::from(tail);
            let mut quoted = true;
            while read < end {
                let byte = self.buffer[read];
                read += 1;
                if quoted && byte == b'"' {
                    if self.buffer.get(read) == Some(&b'"') && read < end {
                        read += 1;
                    } else {
                        quoted = false;
                        continue;
                    }
                }
                self.buffer[write] = byte;
                write += 1;
            }
            self.spans[field].1 = write as u32;
        }
    }
}

#[cfg(test)]
mod tests {
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
        let mut records = Records::new(Drip(input, step), b',');
        let mut all = Vec::new();
        while records.advance()? {
            let fields = records
                .spans()
                .iter()
                .map(|(a, b)| records.bytes()[*a as usize..*b as usize].to_vec())
                .collect();
            all.push((records.line(), fields));
        }
        Ok(all)
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
        let mut endless = b"a,b\n".to_vec();
        endless.resize(3 * LONGEST, b'x');
        assert!(matches!(read(&endless, 1 << 16), Err(RecordError::TooLong(2))));
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
            if let Ok(ours) = read(&input, step) {
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
}
