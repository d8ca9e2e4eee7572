//! The little XML that workbooks need: events, attributes and texts.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, Event};

/// A reader of one part of a workbook.
pub(super) fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// The attributes of an element, as they are written: `r="A1" s="3"`.
pub(super) fn attributes(mut raw: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let (key, rest) = raw.split_once('=')?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, rest) = rest.get(1..)?.split_once(quote)?;
        raw = rest;
        Some((key.trim(), value))
    })
}

/// One attribute, by its name or its name behind a prefix (`id` is `r:id` too).
pub(super) fn attribute<'a>(raw: &'a str, name: &str) -> Option<&'a str> {
    attributes(raw).find(|(key, _)| local(key) == name).map(|(_, value)| value)
}

/// An attribute's text, `&amp;` and the like resolved.
pub(super) fn attribute_text(raw: &str, name: &str) -> Option<String> {
    let value = attribute(raw, name)?;
    Some(unescape(value).map_or_else(|_| value.to_owned(), |text| text.into_owned()))
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

/// Adds what a text event says to a text.
pub(super) fn add_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => add_entity(entity, out),
        _ => {}
    }
}

/// An entity that is not known is kept as it is written.
fn add_entity(entity: &BytesRef<'_>, out: &mut String) {
    let name: &str = entity;
    match (resolve_xml_entity(name), entity.resolve_char_ref()) {
        (Some(text), _) => out.push_str(text),
        (None, Ok(Some(character))) => out.push(character),
        _ => {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
}

/// Adds the text of the element that has just begun, up to its end.
pub(super) fn read_text<R: BufRead>(
    xml: &mut Reader<R>,
    buffer: &mut Vec<u8>,
    out: &mut String,
) -> Result<(), quick_xml::Error> {
    let mut depth = 0;
    loop {
        buffer.clear();
        match xml.read_event_into(buffer)? {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::Eof => return Ok(()),
            event => add_text(&event, out),
        }
    }
}

/// Adds the text of a cell that has just begun: of its runs `t`, without what they are read as
/// (`rPh`), up to the end of the element.
pub(super) fn read_rich<R: BufRead>(
    xml: &mut Reader<R>,
    buffer: &mut Vec<u8>,
    out: &mut String,
) -> Result<(), quick_xml::Error> {
    let start = out.len();
    let (mut depth, mut phonetic, mut in_text) = (0_u32, None, false);
    loop {
        buffer.clear();
        match xml.read_event_into(buffer)? {
            Event::Start(element) => {
                depth += 1;
                match element.local_name().as_ref() {
                    "rPh" => phonetic = phonetic.or(Some(depth)),
                    "t" => in_text = phonetic.is_none(),
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => break,
            Event::End(_) => {
                phonetic = phonetic.filter(|from| *from < depth);
                depth -= 1;
                in_text = false;
            }
            Event::Eof => break,
            event if in_text => add_text(&event, out),
            _ => {}
        }
    }
    unescape_underscores(out, start);
    Ok(())
}

/// Control characters are written `_x0009_`.
pub(super) fn unescape_underscores(text: &mut String, from: usize) {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("_x")) {
        at += found;
        let code =
            text.get(at + 2..at + 6).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let character = code
            .filter(|_| text.get(at + 6..at + 7) == Some("_"))
            .and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        match character {
            Some(character) => {
                text.replace_range(at..at + 7, character.encode_utf8(&mut [0; 4]));
                at += character.len_utf8();
            }
            None => at += 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::events::Event;

    use super::{attribute, attributes, read_rich, reader, unescape_underscores};

    #[test]
    fn attributes_are_found_with_and_without_a_prefix() {
        let raw = r#" name="A &amp; B" r:id='rId3' state = "hidden""#;
        let all: Vec<_> = attributes(raw).collect();
        assert_eq!(all, [("name", "A &amp; B"), ("r:id", "rId3"), ("state", "hidden")]);
        assert_eq!(attribute(raw, "id"), Some("rId3"));
        assert_eq!(attribute(raw, "hidden"), None);
    }

    #[test]
    fn a_rich_text_is_the_sum_of_its_runs_without_their_reading() {
        let text = "<si><r><t>Caf&#233; </t></r><r><rPr><b/></rPr><t>&amp; Bar</t></r>\
             <rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><t>!_x0009_</t></si>";
        let mut xml = reader(text.as_bytes());
        let mut buffer = Vec::new();
        assert!(matches!(xml.read_event_into(&mut buffer), Ok(Event::Start(_))));
        let mut out = String::new();
        read_rich(&mut xml, &mut buffer, &mut out).unwrap();
        assert_eq!(out, "Café & Bar!\t");
    }

    #[test]
    fn what_only_looks_like_an_escape_is_kept() {
        for (text, plain) in [
            ("a_x0041_b", "aAb"),
            ("_x00ZZ_", "_x00ZZ_"),
            ("_x", "_x"),
            ("_x005F_x0041_", "_x0041_"),
        ] {
            let mut read = text.to_owned();
            unescape_underscores(&mut read, 0);
            assert_eq!(read, plain);
        }
    }
}
