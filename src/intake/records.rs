//! Records of delimited text: one pass over the bytes, one buffer, no allocation per record.
//!
//! Quoting is RFC 4180 as leniently as spreadsheets write it: a quote inside an unquoted field is
//! a plain character, and text after a closing quote belongs to the field. Lines are counted as
//! an editor counts them, so that a message can be followed to its row.
//!
//! A quote that is not closed on its line may swallow the rows below it. Where what it makes is no
//! row, and a line further down is one for itself, the record is torn there: what is above is one
//! faulty record ([`Records::torn`]), and reading goes on with the row.

mod stops;

use std::io::Read;

use stops::Stops;

/// The longest record: a parcel's row is under 10 KB, so more than this is an unclosed quote.
pub(super) const LONGEST: usize = 1 << 20;
/// What is read at a time.
const CHUNK: usize = 256 << 10;
/// Lines below an open quote among which a row is looked for.
const TRIED: u64 = 200;
/// From so many columns on, several lines that are all as wide as the header are rows and not text.
const WIDE: usize = 5;

/// Why there is no next record.
#[derive(Debug)]
pub(super) enum RecordError {
    /// The reader failed.
    Io(std::io::Error),
    /// The record that starts on this line exceeds [`LONGEST`].
    TooLong(u64),
    /// A record opens a quote on this line and the file ends in it.
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
    last_line: u64,
    spans: Vec<Span>,
    /// Fields to put right once the record is whole, and whether text follows their closing quote
    /// (their span then starts at the opening one).
    untidy: Vec<(usize, bool)>,
    nul: bool,
    /// The last field that opened a quote and went on behind its line, and how many lines of the
    /// record are above that quote.
    open: Option<(usize, u64)>,
    /// The first such field, and where its quote stands.
    first_open: Option<(usize, usize)>,
    torn: Option<usize>,
    /// How many fields the first record has: the header.
    width: Option<usize>,
    delimiter: u8,
    /// Whether quotes hold fields together.
    quoting: bool,
    stops: Stops,
}

/// What a walk over the buffer came to.
enum Walk {
    /// A whole record: where it ends, and its line breaks within quotes and behind it.
    Whole { end: usize, inside: u64, behind: u64 },
    /// The buffer ended first.
    Short,
}

impl<R: Read> Records<R> {
    pub(super) fn new(inner: R, delimiter: u8) -> Records<R> {
        Records {
            inner,
            buffer: vec![0; CHUNK],
            filled: 0,
            at: 0,
            ended: false,
            next_line: 1,
            line: 1,
            last_line: 1,
            spans: Vec::new(),
            untidy: Vec::new(),
            nul: false,
            open: None,
            first_open: None,
            torn: None,
            width: None,
            delimiter,
            quoting: true,
            stops: Stops::new(delimiter),
        }
    }

    /// What separates the fields.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// From here on a quote is a character like any other.
    pub(super) fn take_quotes_as_text(&mut self) {
        self.quoting = false;
    }

    /// How many fields a row has: as many as the header, which may stand below a title.
    pub(super) fn set_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// What separates the fields of the records from here on.
    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
        self.stops = Stops::new(delimiter);
    }

    /// Goes to the next record that is not a blank line; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, RecordError> {
        if !self.skip_blank_lines()? {
            return Ok(false);
        }
        self.line = self.next_line;
        self.torn = None;
        loop {
            match self.walk(self.at, self.quoting) {
                Walk::Whole { end, inside, behind } => {
                    if inside > 0 && self.is_doubtful(end, inside) && self.tear(end) {
                        return Ok(true);
                    }
                    self.at = end;
                    self.last_line = self.line + inside;
                    self.next_line += inside + behind;
                    self.width.get_or_insert(self.spans.len());
                    self.tidy();
                    return Ok(true);
                }
                Walk::Short if !self.ended && self.filled - self.at < LONGEST => self.fill()?,
                Walk::Short => {
                    let open = self.line + self.open.map_or(0, |(_, above)| above);
                    if self.open.is_some() && self.tear(self.filled) {
                        return Ok(true);
                    }
                    // Everything but an open quote ends where the file ends.
                    return Err(match self.ended {
                        true => RecordError::OpenQuote(open),
                        false => RecordError::TooLong(self.line),
                    });
                }
            }
        }
    }

    /// The line the current record starts on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The line it ends on.
    pub(super) fn last_line(&self) -> u64 {
        self.last_line
    }

    /// The current record's fields.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The bytes the spans point into.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// The field of the current record in which a quote opened that was never closed, where the
    /// record was torn for that.
    pub(super) fn torn(&self) -> Option<usize> {
        self.torn
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
        self.stops.forget();
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

    /// Finds the fields of the record at `from`; without `quoting` a quote is a plain character.
    /// Changes nothing but spans and flags, so that it can start over when the buffer was too short.
    fn walk(&mut self, from: usize, quoting: bool) -> Walk {
        let bytes = &self.buffer[..self.filled];
        self.spans.clear();
        self.untidy.clear();
        self.nul = false;
        self.open = None;
        self.first_open = None;
        let mut inside = 0;
        let mut i = from;
        loop {
            i = self.stops.plain_fields(bytes, i, &mut self.spans);
            let start = i;
            let mut span = None;
            if quoting && bytes.get(i) == Some(&b'"') {
                let mut tidy = true;
                i += 1;
                let close = loop {
                    let Some(quote) = memchr::memchr(b'"', &bytes[i..]) else {
                        self.open = Some((self.spans.len(), inside));
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
                let text = &bytes[start + 1..close];
                // Most have none of these.
                let odd = memchr::memchr3(b'\n', b'\r', 0, text).is_some();
                let breaks = if odd { line_breaks(text) } else { 0 };
                if breaks > 0 {
                    self.first_open.get_or_insert((self.spans.len(), start));
                    self.open = Some((self.spans.len(), inside));
                    inside += breaks;
                }
                self.nul |= odd && text.contains(&0);
                if !tidy {
                    self.untidy.push((self.spans.len(), false));
                }
                span = Some((start + 1, close));
            }
            let tail = i;
            // The unquoted field, or what follows a closing quote.
            let end = loop {
                match self.stops.next(bytes, i) {
                    Some(stop) => {
                        i = stop;
                        match bytes[i] {
                            // Only where a field begins does a quote open anything.
                            b'"' => {}
                            0 => self.nul = true,
                            _ => break i,
                        }
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
            self.spans.push((span.0 as u32, span.1 as u32));
            let (end, behind) = match bytes.get(end) {
                Some(b) if *b == self.delimiter => {
                    i = end + 1;
                    continue;
                }
                Some(b'\r') => match bytes.get(end + 1) {
                    Some(b'\n') => (end + 2, 1),
                    None if !self.ended => return Walk::Short,
                    _ => (end + 1, 1),
                },
                Some(_) => (end + 1, 1),
                None => (end, 0),
            };
            return Walk::Whole { end, inside, behind };
        }
    }

    /// Whether the record just walked, which goes over several lines up to `end`, is no row: it is
    /// not as wide as the header, text follows a closing quote, or each of its lines is as wide as
    /// the header for itself.
    fn is_doubtful(&self, end: usize, inside: u64) -> bool {
        let Some(width) = self.width else { return false };
        if self.spans.len() != width || self.untidy.iter().any(|(_, tail)| *tail) {
            return true;
        }
        let Some((field, quote)) = self.first_open.filter(|_| width >= WIDE && inside > 1) else {
            return false;
        };
        // Counted from the quote on, since what is before it has been walked over already.
        let mut fields = field + 1;
        for byte in &self.buffer[quote..end] {
            match *byte {
                byte if byte == self.delimiter => fields += 1,
                b'\n' | b'\r' if fields == width => fields = 1,
                // Of CR LF, or an empty line.
                b'\n' | b'\r' if fields == 1 => {}
                b'\n' | b'\r' => return false,
                _ => {}
            }
        }
        fields == width || fields == 1
    }

    /// Tears the record at `at`, which ends at `limit` if it ends at all, before the first line
    /// that is a row for itself: as wide as the header, every quote closed. `false` if there is none,
    /// unless the record is the last line anyway.
    fn tear(&mut self, limit: usize) -> bool {
        let (Some(width @ 2..), Some((field, _))) = (self.width, self.open) else { return false };
        let mut at = self.at;
        for above in 1..=TRIED {
            let Walk::Whole { end: next, .. } = self.walk(at, false) else { break };
            let line_ends = self.spans.last().map_or(at, |(_, end)| *end as usize);
            if next >= limit {
                // Behind the last line there is nothing that could have been swallowed.
                if above == 1 {
                    self.torn = Some(field);
                    self.at = next;
                    self.next_line += 1;
                    self.last_line = self.line;
                    return true;
                }
                break;
            }
            let fits = match self.walk(next, true) {
                Walk::Whole { end, inside: 0, .. } => {
                    let quotes = self.buffer[next..end].iter().filter(|b| **b == b'"').count();
                    self.spans.len() == width && quotes % 2 == 0
                }
                _ => false,
            };
            if fits {
                self.walk(self.at, false);
                // The lines above the row all belong to the torn record.
                if let Some(last) = self.spans.last_mut() {
                    last.1 = line_ends as u32;
                }
                self.torn = Some(field);
                self.at = next;
                self.next_line += above;
                self.last_line = self.next_line - 1;
                return true;
            }
            at = next;
        }
        self.walk(self.at, true);
        false
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

/// How many lines end in a text: with LF, CR LF or CR.
fn line_breaks(text: &[u8]) -> u64 {
    let count = |byte: u8| memchr::memchr_iter(byte, text).count();
    let (feeds, returns) = (count(b'\n'), count(b'\r'));
    let pairs = match (feeds, returns) {
        (0, _) | (_, 0) => 0,
        _ => text.windows(2).filter(|two| two == b"\r\n").count(),
    };
    (feeds + returns - pairs) as u64
}

#[cfg(test)]
mod tests;
