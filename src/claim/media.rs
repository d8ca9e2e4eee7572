//! What a document is, by its content: names lie, first bytes do not.

use crate::words::words;

/// So many bytes from the start of a document are enough to tell what it is.
pub const HEAD: usize = 16 * 1024;

words! {
    /// What no insurer opens, and nobody should send.
    pub enum Unfit {
        /// A program or a script.
        Program = "program",
        /// A web page: mostly the page that asks for a login in place of the file itself.
        WebPage = "web_page",
    }
}

/// The type of a document by its first bytes, as in `image/jpeg`; `None` where it is not known.
///
/// # Errors
/// What is no document but a program or a web page.
pub fn media_of(head: &[u8]) -> Result<Option<&'static str>, Unfit> {
    let found = infer::get(head);
    // A text may begin with the two letters of a Windows program; certificates stand among the
    // programs.
    let certificate = found.is_some_and(|f| f.mime_type() == "application/x-x509-ca-cert");
    let program = infer::is_app(head) && !certificate && !is_text(head);
    if program || head.starts_with(b"#!") || head.starts_with(b"\x7FELF") {
        return Err(Unfit::Program);
    }
    let found = found.filter(|_| !infer::is_app(head) || !is_text(head));
    match found.map(|found| found.mime_type()) {
        Some("text/html") => Err(Unfit::WebPage),
        // Any web page that is written as XML says so soon.
        Some("text/xml") if holds(head, b"<html") => Err(Unfit::WebPage),
        Some(known) => Ok(Some(known)),
        None if is_mail(head) => Ok(Some("message/rfc822")),
        None if is_text(head) => Ok(Some("text/plain")),
        None => Ok(None),
    }
}

/// Whether it is a moving picture, for which another limit counts.
pub fn is_video(media: Option<&str>) -> bool {
    media.is_some_and(|media| media.starts_with("video/"))
}

/// What the ending of a name promises and the content is not; `None` where they agree, or the
/// ending promises nothing.
pub fn promised_otherwise(file: &str, media: Option<&str>) -> Option<&'static str> {
    let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
    let (_, promised, also) = ENDINGS.iter().find(|(name, ..)| *name == ending)?;
    let kept = media.is_some_and(|media| media == *promised || also.contains(&media));
    (!kept).then_some(*promised)
}

const HEIF: &[&str] = &["image/avif"];
const FILMS: &[&str] = &["video/mp4", "video/quicktime", "video/x-m4v"];
const TEXTS: &[&str] = &["text/plain", "message/rfc822", "text/xml"];
const OLE: &[&str] =
    &["application/x-ole-storage", "application/vnd.ms-excel", "application/msword"];

/// Endings, what they promise, and what may stand in its place.
const ENDINGS: &[(&str, &str, &[&str])] = &[
    ("jpg", "image/jpeg", &[]),
    ("jpeg", "image/jpeg", &[]),
    ("png", "image/png", &[]),
    ("heic", "image/heif", HEIF),
    ("heif", "image/heif", HEIF),
    ("webp", "image/webp", &[]),
    ("gif", "image/gif", &[]),
    ("pdf", "application/pdf", &[]),
    ("mp4", "video/mp4", FILMS),
    ("m4v", "video/mp4", FILMS),
    ("mov", "video/quicktime", FILMS),
    ("eml", "message/rfc822", TEXTS),
    ("txt", "text/plain", TEXTS),
    ("zip", "application/zip", &[]),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    ("doc", "application/msword", OLE),
    ("xls", "application/vnd.ms-excel", OLE),
];

/// What is an office document to those who look further than its first bytes.
const ZIP: &[&str] = &["application/zip"];

fn holds(head: &[u8], word: &[u8]) -> bool {
    head.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// Readable text, as far as its first bytes go.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end within a character.
        Err(why) if why.error_len().is_none() => {
            std::str::from_utf8(&head[..why.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !"\t\n\r\u{c}".contains(c))
}

/// A mail as mail programs save it: header lines, a sender among them.
fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut sender = false;
    let mut lines = 0;
    for line in text.trim_start_matches('\u{feff}').lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && lines > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        let name = name.to_ascii_lowercase();
        sender |= matches!(name.as_str(), "from" | "return-path" | "received");
        lines += 1;
    }
    sender && lines > 1
}

#[cfg(test)]
mod tests {
    use super::{Unfit, media_of, promised_otherwise};

    #[test]
    fn a_document_is_known_by_its_first_bytes() {
        for (head, media) in [
            (&b"\xFF\xD8\xFF\xE0\x00\x10JFIF"[..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n\x00\x00", Some("image/png")),
            (b"GIF89a\x01\x00", Some("image/gif")),
            (b"RIFF\x24\x00\x00\x00WEBPVP8 ", Some("image/webp")),
            (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", Some("image/heif")),
            (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", Some("video/mp4")),
            (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", Some("video/quicktime")),
            (b"%PDF-1.7\n", Some("application/pdf")),
            (b"PK\x03\x04\x14\x00", Some("application/zip")),
            (b"From: a@example.com\r\nTo: b@example.com\r\n\r\n<html>", Some("message/rfc822")),
            ("Die Rechnung über 20 €".as_bytes(), Some("text/plain")),
            (b"MZ 4711: one vase, broken", Some("text/plain")),
            (b"\x00\x01\x02\x03", None),
        ] {
            assert_eq!(media_of(head), Ok(media), "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn what_is_cut_within_a_character_is_still_text() {
        let text = "运单号".as_bytes();
        assert_eq!(media_of(&text[..8]), Ok(Some("text/plain")));
    }

    #[test]
    fn programs_and_web_pages_are_no_documents() {
        for head in [&b"\x7FELF\x02\x01\x01\x00"[..], b"MZ\x90\x00\x03\x00", b"#!/bin/sh\nrm -r ~"]
        {
            assert_eq!(media_of(head), Err(Unfit::Program));
        }
        for head in ["<!DOCTYPE html><html>", "\n <html lang=en>", "<?xml version='1.0'?><HTML x>"]
        {
            assert_eq!(media_of(head.as_bytes()), Err(Unfit::WebPage), "{head}");
        }
    }

    #[test]
    fn a_name_that_promises_something_else_is_noticed() {
        let pdf = Some("application/pdf");
        assert_eq!(promised_otherwise("photo.JPG", pdf), Some("image/jpeg"));
        assert_eq!(promised_otherwise("photo.pdf", pdf), None);
        assert_eq!(promised_otherwise("photo", pdf), None);
        assert_eq!(promised_otherwise("photo.jpg", None), Some("image/jpeg"));
        assert_eq!(promised_otherwise("film.mov", Some("video/mp4")), None);
    }
}
