//! What a mail says: a subject, an empty line, the text, with fields in braces.
//!
//! `{order_id}` stands for the order's number, `{buyer|customer}` for the buyer's name or, where it
//! is not known, for `customer`. A line with a field that is not known and names nothing in its
//! place is left out. `{{` and `}}` are braces.

use std::ops::Range;

use crate::pointed::pointed;
use crate::words::{nearest, words};

words! {
    /// A language in which there is a template.
    pub enum Language {
        /// English.
        English = "en",
        /// Chinese.
        Chinese = "zh",
    }
}

impl Language {
    /// The template that comes with the program.
    fn text(self) -> &'static str {
        match self {
            Language::English => include_str!("affidavit.en.txt"),
            Language::Chinese => include_str!("affidavit.zh.txt"),
        }
    }
}

/// Every field, and what it stands for.
pub const FIELDS: [(&str, &str); 22] = [
    ("order_id", "the order's number"),
    ("package_id", "the package's number"),
    ("tracking_number", "the label's tracking number"),
    ("carrier", "the carrier"),
    ("service", "the carrier's service"),
    ("ship_date", "the day the carrier got the parcel"),
    ("destination", "the country it goes to, as two letters"),
    ("contents", "what is in it, or the kind of goods"),
    ("package_value", "what the parcel is worth, with the currency"),
    ("claim", "the claim's number"),
    ("policy", "the policy's number"),
    ("plan", "the plan's name"),
    ("reason", "what the claim is for: loss, theft, misdelivery"),
    ("amount", "what is claimed, with the currency"),
    ("opened_on", "the day the claim was opened"),
    ("sign_after", "the first day on which a signed affidavit counts"),
    ("reply_by", "the last day on which the claim can still be completed"),
    ("buyer", "the buyer's name, as --name gives it"),
    ("buyer_address", "the buyer's mail address"),
    ("seller", "the sender's name, or the address where there is none"),
    ("seller_address", "the sender's mail address"),
    ("today", "the day the mail is written"),
];

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    subject: Vec<Piece>,
    body: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field { name: &'static str, otherwise: Option<String> },
}

/// A template with everything filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// One line.
    pub subject: String,
    /// Lines.
    pub text: String,
}

impl Template {
    /// The one that comes with the program.
    pub fn builtin(language: Language) -> Template {
        let (subject, body) = language.text().split_once("\n\n").unwrap_or_default();
        let lines = body.lines().map(|line| pieces(line).unwrap_or_default());
        Template { subject: pieces(subject).unwrap_or_default(), body: lines.collect() }
    }

    /// Reads a template of the user's.
    ///
    /// # Errors
    /// What is wrong, below the line it is in.
    pub fn read(text: &str) -> Result<Template, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let wrong = |span: Range<usize>, why: &str| pointed("template error", text, span, why);
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let shown = line.trim_end_matches(['\n', '\r']);
            let read = pieces(shown)
                .map_err(|(span, why)| wrong(span.start + start..span.end + start, &why))?;
            lines.push((start, read));
            start += line.len();
        }
        let mut lines = lines.into_iter();
        let subject = lines.next().map(|(_, line)| line).filter(|line| !is_blank(line));
        let subject = subject.ok_or_else(|| {
            wrong(0..0, "expected the subject on the first line, then an empty line and the text")
        })?;
        if let Some((at, _)) = lines.next().filter(|(_, line)| !is_blank(line)) {
            return Err(wrong(at..at, "expected an empty line between the subject and the text"));
        }
        let body: Vec<Vec<Piece>> = lines.map(|(_, line)| line).collect();
        if body.iter().all(|line| is_blank(line)) {
            let end = text.trim_end().len();
            return Err(wrong(end..end, "expected a text after the subject and an empty line"));
        }
        Ok(Template { subject, body })
    }

    /// Fills in what is known. Line breaks and control characters in a value become spaces, so no
    /// value can add a line, or a header.
    ///
    /// # Errors
    /// The name of a field without which nothing is left of the subject.
    pub fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Result<Filled, &'static str> {
        let subject = line(&self.subject, &value)?;
        let mut text = String::new();
        for pieces in &self.body {
            if let Ok(line) = line(pieces, &value) {
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        Ok(Filled { subject: subject.trim().to_owned(), text })
    }
}

/// A line filled in, or the field that is not known.
fn line(pieces: &[Piece], value: &impl Fn(&str) -> Option<String>) -> Result<String, &'static str> {
    let mut line = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => line.push_str(text),
            Piece::Field { name, otherwise } => {
                let known = value(name).map(|value| one_line(&value)).filter(|v| !v.is_empty());
                line.push_str(known.as_deref().or(otherwise.as_deref()).ok_or(*name)?);
            }
        }
    }
    Ok(line)
}

fn one_line(value: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    value.replace(breaks, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_blank(line: &[Piece]) -> bool {
    line.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
}

/// The pieces of one line, or what is wrong with which part of it.
fn pieces(line: &str) -> Result<Vec<Piece>, (Range<usize>, String)> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let next = line.get(at + 1..).unwrap_or_default();
        match c {
            '{' | '}' if next.starts_with(c) => {
                text.push(c);
                at += 2;
            }
            '}' => {
                return Err((at..at + 1, "this closes no field; a brace is written }}".to_owned()));
            }
            '{' => {
                let Some(end) = next.find(['}', '{']).filter(|end| next[*end..].starts_with('}'))
                else {
                    let why = "this field is not closed, expected } on the same line; a brace is written {{";
                    return Err((at..at + 1, why.to_owned()));
                };
                let inner = next.get(..end).unwrap_or_default();
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(field(inner).map_err(|why| (at..at + end + 2, why))?);
                at += end + 2;
            }
            c if c.is_control() && c != '\t' => {
                return Err((at..at + c.len_utf8(), "this is a control character".to_owned()));
            }
            c => {
                text.push(c);
                at += c.len_utf8();
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

fn field(inner: &str) -> Result<Piece, String> {
    let (name, otherwise) = match inner.split_once('|') {
        Some((name, otherwise)) => (name.trim(), Some(otherwise.trim().to_owned())),
        None => (inner.trim(), None),
    };
    let names = || FIELDS.iter().map(|(name, _)| *name);
    match names().find(|known| *known == name) {
        Some(name) => Ok(Piece::Field { name, otherwise }),
        None => Err(match nearest(name, names()) {
            Some(near) => format!("there is no field `{name}`, did you mean `{near}`?"),
            None => format!("there is no field `{name}`"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Language, Template, pieces};

    fn fill(text: &str, known: &[(&str, &str)]) -> Result<(String, String), &'static str> {
        let value = |name: &str| {
            known.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let filled = Template::read(text).unwrap().fill(value)?;
        Ok((filled.subject, filled.text))
    }

    #[test]
    fn fields_are_filled_in_and_lines_of_the_unknown_are_left_out() {
        let text = "Order {order_id}\n\nDear {buyer|customer},\nOrder: {order_id}\nCarrier: {carrier}\n{{braces}}\n";
        let (subject, body) = fill(text, &[("order_id", "1001")]).unwrap();
        assert_eq!(subject, "Order 1001");
        assert_eq!(body, "Dear customer,\nOrder: 1001\n{braces}\n");
        assert_eq!(fill("{carrier}\n\ntext\n", &[]), Err("carrier"));
        assert_eq!(fill("{carrier|?}\n\ntext\n", &[]).unwrap().0, "?");
    }

    #[test]
    fn no_value_adds_a_line() {
        let known = [("order_id", "1\r\nBcc: all@example.com"), ("buyer", "a\u{2028}b\u{7}c")];
        let (subject, body) = fill("Order {order_id}\n\n{buyer}\n", &known).unwrap();
        assert_eq!(subject, "Order 1 Bcc: all@example.com");
        assert_eq!(body, "a b c\n");
    }

    #[test]
    fn a_mistake_is_shown_where_it_is() {
        for (text, said) in [
            (
                "Order {order_id}\n\nDear {buyer},\nyour order {ordr_id} was\n",
                "template error at line 4, column 12\n  |\n4 | your order {ordr_id} was\n  |            ^^^^^^^^^\nthere is no field `ordr_id`, did you mean `order_id`?",
            ),
            (
                "订单 {order_id\n\ntext\n",
                "template error at line 1, column 4\n  |\n1 | 订单 {order_id\n  |    ^\nthis field is not closed, expected } on the same line; a brace is written {{",
            ),
            (
                "a } b\r\n\r\ntext",
                "template error at line 1, column 3\n  |\n1 | a } b\n  |   ^\nthis closes no field; a brace is written }}",
            ),
            (
                "Subject\ntext\n",
                "template error at line 2, column 1\n  |\n2 | text\n  | ^\nexpected an empty line between the subject and the text",
            ),
            (
                "",
                "template error at line 1, column 1\n  |\n1 | \n  | ^\nexpected the subject on the first line, then an empty line and the text",
            ),
            (
                "Subject\n\n",
                "template error at line 1, column 8\n  |\n1 | Subject\n  |        ^\nexpected a text after the subject and an empty line",
            ),
        ] {
            assert_eq!(Template::read(text).unwrap_err(), said, "{text:?}");
        }
    }

    #[test]
    fn the_templates_that_come_along_read_and_need_no_more_than_a_claim_has() {
        for (language, _) in Language::ALL {
            assert_eq!(Ok(Template::builtin(language)), Template::read(language.text()));
            let claim = |name: &str| (name == "claim").then(|| "CLM-00001Y".to_owned());
            let filled = Template::builtin(language).fill(claim).unwrap();
            assert!(!filled.subject.is_empty());
            assert!(!filled.text.contains(['{', '}']), "{}", filled.text);
        }
        for (name, _) in FIELDS {
            assert!(pieces(&format!("{{{name}}}")).is_ok());
        }
    }
}
