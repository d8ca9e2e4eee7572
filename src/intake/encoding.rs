//! Text in any encoding as UTF-8: which encoding it is in, and a reader that recodes on the way.
//!
//! Nothing is ever replaced: bytes that stand for no character come out as [`NO_CHARACTER`], which
//! no UTF-8 text has, so that the cell they stand in is refused where it is read.

use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Decoder, DecoderResult, EUC_KR, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::error::Spoiled;

/// What stands in the recoded text for bytes that are no character of their encoding.
pub(super) const NO_CHARACTER: u8 = 0xff;
/// What is read and recoded at a time.
const CHUNK: usize = 64 << 10;
/// Bytes beyond ASCII from which an encoding is told with certainty.
const ENOUGH: usize = 16 << 10;
/// How far they are looked for before a row is given out.
const FARTHEST: usize = if cfg!(test) { 256 << 10 } else { 8 << 20 };
/// Bytes beyond ASCII whose encoding can be told well enough to contradict.
const TELLING: usize = 256;
/// How much of what is read at a time is watched: the detector is a hundred times slower than the
/// reader.
const WATCHED: usize = 2 << 10;
/// How much of a beginning the detector is given.
const SAMPLE: usize = 128 << 10;
/// Fewer bytes beyond ASCII are a word or two, which are sooner Chinese than Korean.
const FEW: usize = 32;
/// Text before the first byte beyond ASCII that helps to judge it.
const BEFORE: usize = 32;

/// An encoding of text, such as GBK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// How it is known which encoding a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// It was named by whoever gave the file.
    Name,
    /// The text begins with a byte order mark.
    Mark,
    /// Only this one makes words of the bytes.
    Evidence,
}

/// What has been found out about a text's encoding so far: nothing while all of it is ASCII.
#[derive(Debug, Clone, Default)]
pub(super) struct Finding(Arc<OnceLock<(Encoding, KnownBy)>>);

impl Encoding {
    /// Windows' numbers for encodings, which the registry of names does not have.
    const BY_NUMBER: [(&str, &str); 5] = [
        ("cp932", "shift_jis"),
        ("cp936", "gbk"),
        ("cp949", "euc-kr"),
        ("cp950", "big5"),
        ("utf-8-sig", "utf-8"),
    ];

    /// The encoding of this name, in any of its spellings: `gbk`, `cp936`, `GB2312`.
    pub fn named(name: &str) -> Option<Encoding> {
        let name = name.trim().to_ascii_lowercase();
        let known = Self::BY_NUMBER.iter().find(|(number, _)| *number == name);
        let label = known.map_or(name.as_str(), |(_, label)| label);
        let found = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
        // A web page's own encoding, in which no file is written.
        (found != encoding_rs::X_USER_DEFINED).then_some(Encoding(found))
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Whether it is UTF-8, in which text needs no recoding.
    pub fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }
}

impl Finding {
    pub(super) fn get(&self) -> Option<(Encoding, KnownBy)> {
        self.0.get().copied()
    }

    fn set(&self, encoding: &'static encoding_rs::Encoding, by: KnownBy) {
        // Once found it stays.
        let _ = self.0.set((Encoding(encoding), by));
    }
}

/// Whether the first bytes are UTF-16 without a byte order mark: of the marks that separate and
/// end its fields, every second byte is zero.
fn utf16_by_evidence(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let units = head.chunks_exact(2);
    let count = |wanted: fn(&[u8]) -> bool| units.clone().filter(|unit| wanted(unit)).count();
    let (low_first, high_first) = (count(|u| u[1] == 0), count(|u| u[0] == 0));
    let separates = |byte: u8| b",;|\t\r\n".contains(&byte);
    let (encoding, zeros, others, separator) = if low_first > high_first {
        let separator = units.clone().any(|u| u[1] == 0 && separates(u[0]));
        (UTF_16LE, low_first, high_first, separator)
    } else {
        let separator = units.clone().any(|u| u[0] == 0 && separates(u[1]));
        (UTF_16BE, high_first, low_first, separator)
    };
    (zeros * 4 > head.len() / 2 && others * 10 <= zeros && separator).then_some(encoding)
}

/// A reader of text in any encoding that gives it out in UTF-8, without a byte order mark.
pub(super) struct Recoded<R> {
    inner: R,
    state: State,
    /// Bytes read and not yet recoded.
    raw: Vec<u8>,
    /// Text not yet given out, and how much of it already is.
    text: Vec<u8>,
    given: usize,
    /// The last bytes given out while all was ASCII.
    before: Vec<u8>,
    finding: Finding,
}

enum State {
    /// All of it is ASCII so far, which is written alike in every encoding but UTF-16.
    Ascii,
    /// UTF-8: goes through as it is.
    Through,
    /// Another encoding. If it was chosen on less than the whole text, the rest is watched.
    Recoding {
        decoder: Box<Decoder>,
        watch: Option<Box<Watch>>,
    },
    Ended,
}

/// Looks on whether the rest of a text is in the encoding that was chosen on its beginning.
struct Watch {
    detector: EncodingDetector,
    chosen: &'static encoding_rs::Encoding,
    /// The beginning, which comes first.
    sample: usize,
    /// Bytes beyond ASCII behind it.
    seen: usize,
}

impl Watch {
    fn see(&mut self, raw: &[u8], last: bool) -> io::Result<()> {
        let rest = raw.get(self.sample..).unwrap_or(&[]);
        self.sample -= raw.len() - rest.len();
        // Lines that are cut would end in half a character.
        let start = rest.iter().position(|b| *b == b'\n' || *b == b'\r').unwrap_or(rest.len());
        let end = rest.iter().rposition(|b| *b == b'\n' || *b == b'\r').unwrap_or(start);
        let lines = telling(&rest[start..end], WATCHED);
        self.seen += beyond_ascii(&lines);
        self.detector.feed(&lines, last);
        if !last || self.seen < TELLING {
            return Ok(());
        }
        let rest = self.detector.guess(None, Utf8Detection::Deny);
        if rest == self.chosen {
            return Ok(());
        }
        let (first, rest) = (self.chosen.name(), rest.name());
        Err(io::Error::other(Spoiled::TwoEncodings { first, rest }))
    }
}

impl<R: Read> Recoded<R> {
    /// Recodes `head` and what `inner` gives after it.
    pub(super) fn new(
        inner: R,
        head: Vec<u8>,
        named: Option<Encoding>,
        finding: Finding,
    ) -> Recoded<R> {
        let mark = encoding_rs::Encoding::for_bom(&head);
        let known = match (mark, named) {
            (Some((marked, _)), _) => Some((marked, KnownBy::Mark)),
            (None, Some(named)) => Some((named.0, KnownBy::Name)),
            (None, None) => utf16_by_evidence(&head).map(|found| (found, KnownBy::Evidence)),
        };
        let mut recoded = Recoded {
            inner,
            state: State::Ascii,
            raw: Vec::new(),
            text: Vec::new(),
            given: 0,
            before: Vec::new(),
            finding,
        };
        match known {
            None => {
                recoded.text = head;
                let ascii = encoding_rs::Encoding::ascii_valid_up_to(&recoded.text);
                recoded.raw = recoded.text.split_off(ascii);
                recoded.before = recoded.text[ascii.saturating_sub(BEFORE)..].to_vec();
            }
            Some((encoding, by)) => {
                recoded.finding.set(encoding, by);
                if encoding == UTF_8 {
                    recoded.state = State::Through;
                    recoded.text = head;
                    recoded.given = mark.map_or(0, |(_, length)| length);
                } else {
                    recoded.state = State::recoding(encoding, None);
                    recoded.raw = head;
                }
            }
        }
        recoded
    }

    /// Reads more behind `raw`; `false` at the end.
    fn read_on(&mut self) -> io::Result<bool> {
        let len = self.raw.len();
        self.raw.resize(len + CHUNK, 0);
        let read = read_some(&mut self.inner, &mut self.raw[len..]);
        self.raw.truncate(len + *read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }

    /// The first byte beyond ASCII stands at the front of `raw`: decides what it is.
    fn decide(&mut self) -> io::Result<()> {
        let mut whole = false;
        while !whole && self.raw.len() < CHUNK {
            whole = !self.read_on()?;
        }
        let mut valid = is_utf8(&self.raw, whole);
        while !valid && !whole && self.raw.len() < FARTHEST && beyond_ascii(&self.raw) < ENOUGH {
            whole = !self.read_on()?;
        }
        valid |= is_utf8(&self.raw, whole);
        let mut sample = std::mem::take(&mut self.before);
        sample.extend_from_slice(&self.raw);
        let chosen = if valid { None } else { by_evidence(&sample, whole) };
        self.finding.set(chosen.unwrap_or(UTF_8), KnownBy::Evidence);
        self.state = match chosen {
            None => {
                self.text = std::mem::take(&mut self.raw);
                self.given = 0;
                State::Through
            }
            Some(chosen) if whole => State::recoding(chosen, None),
            Some(chosen) => {
                let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                let sample = self.raw.len();
                State::recoding(chosen, Some(Box::new(Watch { detector, chosen, sample, seen: 0 })))
            }
        };
        Ok(())
    }

    /// Recodes what was read, or reads and recodes more.
    fn recode(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        let more = !self.raw.is_empty() || self.read_on()?;
        let State::Recoding { decoder, watch } = &mut self.state else { return Ok(()) };
        if let Some(watch) = watch {
            watch.see(&self.raw, !more)?;
        }
        decode(decoder, &self.raw, !more, &mut self.text);
        self.raw.clear();
        if !more {
            self.state = State::Ended;
        }
        Ok(())
    }
}

impl State {
    fn recoding(encoding: &'static encoding_rs::Encoding, watch: Option<Box<Watch>>) -> State {
        State::Recoding { decoder: Box::new(encoding.new_decoder_with_bom_removal()), watch }
    }
}

impl<R: Read> Read for Recoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.given < self.text.len() {
                let n = out.len().min(self.text.len() - self.given);
                out[..n].copy_from_slice(&self.text[self.given..self.given + n]);
                self.given += n;
                return Ok(n);
            }
            match self.state {
                State::Ended => return Ok(0),
                State::Through => return self.inner.read(out),
                State::Recoding { .. } => self.recode()?,
                State::Ascii if !self.raw.is_empty() => self.decide()?,
                State::Ascii => {
                    let read = self.inner.read(out)?;
                    let ascii = encoding_rs::Encoding::ascii_valid_up_to(&out[..read]);
                    self.raw.extend_from_slice(&out[ascii..read]);
                    if ascii > 0 || read == 0 {
                        let start = ascii.saturating_sub(BEFORE);
                        self.before.clear();
                        self.before.extend_from_slice(&out[start..ascii]);
                        return Ok(ascii);
                    }
                }
            }
        }
    }
}

fn read_some(inner: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
    loop {
        match inner.read(out) {
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// Appends to `text` what `raw` says.
fn decode(decoder: &mut Decoder, mut raw: &[u8], last: bool, text: &mut Vec<u8>) {
    let single = decoder.encoding().is_single_byte();
    loop {
        let start = text.len();
        // No text of a chunk overflows what memory can address.
        let room = decoder.max_utf8_buffer_length_without_replacement(raw.len()).unwrap_or(CHUNK);
        text.resize(start + room.max(16), 0);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(raw, &mut text[start..], last);
        text.truncate(start + written);
        raw = &raw[read..];
        if single {
            mark_controls(text, start);
        }
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => text.push(NO_CHARACTER),
        }
    }
}

/// Codes without a character come out of the single-byte encodings as the controls U+0080 to
/// U+009F, which no seller writes: they stand for no character either.
fn mark_controls(text: &mut Vec<u8>, start: usize) {
    let is_control = |pair: &[u8]| pair[0] == 0xc2 && pair[1] < 0xa0;
    if !text[start..].windows(2).any(is_control) {
        return;
    }
    let mut write = start;
    let mut read = start;
    while read < text.len() {
        let control = text.get(read..read + 2).is_some_and(is_control);
        text[write] = if control { NO_CHARACTER } else { text[read] };
        write += 1;
        read += 1 + usize::from(control);
    }
    text.truncate(write);
}

/// The lines that hold bytes beyond ASCII, up to about `most` bytes of them. Neither line end is
/// part of a longer character in any encoding that holds ASCII.
fn telling(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut lines = Vec::new();
    for line in bytes.split_inclusive(|b| *b == b'\n' || *b == b'\r') {
        if lines.len() >= most {
            break;
        }
        if !line.is_ascii() {
            lines.extend_from_slice(line);
        }
    }
    lines
}

fn beyond_ascii(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| !b.is_ascii()).count()
}

/// Whether it is UTF-8, its last character possibly cut off.
fn is_utf8(bytes: &[u8], whole: bool) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(why) => !whole && why.error_len().is_none(),
    }
}

/// The one encoding that makes words of bytes which are not all UTF-8; `None` if the text is UTF-8
/// with some broken bytes, or nothing makes words of them.
fn by_evidence(sample: &[u8], whole: bool) -> Option<&'static encoding_rs::Encoding> {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if good >= broken {
        return None;
    }
    let lines = telling(sample, SAMPLE);
    let whole = whole && lines.len() < SAMPLE;
    let sample = &lines[..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    let mut guess = detector.guess(None, Utf8Detection::Deny);
    // Both are written with the same bytes, and tell apart only in longer texts.
    if guess == EUC_KR && beyond_ascii(sample) < FEW && makes_words(GBK, sample, whole) {
        guess = GBK;
    }
    // Of a word or two the guess may be a rare one: then what exports are written in comes first.
    let usual = [WINDOWS_1252, GBK, SHIFT_JIS, BIG5, EUC_KR];
    let rare = guess.name().starts_with("ISO-8859");
    let likely = Some(guess).filter(|_| !rare).into_iter().chain(usual).chain([guess]);
    likely.into_iter().find(|encoding| makes_words(encoding, sample, whole))
}

/// Whether nearly all bytes of a text are characters in an encoding, and stand where text has them.
fn makes_words(encoding: &'static encoding_rs::Encoding, sample: &[u8], whole: bool) -> bool {
    let mut text = Vec::new();
    decode(&mut encoding.new_decoder_without_bom_handling(), sample, whole, &mut text);
    let broken = text.iter().filter(|b| **b == NO_CHARACTER).count();
    let text = String::from_utf8_lossy(&text);
    let all = text.chars().filter(|c| !c.is_ascii()).count();
    broken * 20 <= all && (!encoding.is_single_byte() || words(&text) * 2 > all)
}

/// How many characters beyond ASCII stand where text has them: letters in words (Latin ones in words
/// that have plain letters too), and signs.
fn words(text: &str) -> usize {
    const SIGNS: &str = "\u{a0}‘’“”„–—…•€£¥©®™°º²³½×«»¿¡";
    let signs = text.chars().filter(|c| SIGNS.contains(*c)).count();
    let letters = text.split(|c: char| !c.is_alphabetic() || SIGNS.contains(c)).map(|word| {
        let plain = word.contains(|c: char| c.is_ascii());
        let several = word.chars().nth(1).is_some();
        let fits = |c: &char| !c.is_ascii() && if *c < '\u{250}' { plain } else { several };
        word.chars().filter(fits).count()
    });
    signs + letters.sum::<usize>()
}
