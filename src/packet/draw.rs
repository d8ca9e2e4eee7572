//! From set pages to a PDF: letters as text that can be copied, fonts reduced to what is used, and
//! the structure beside it for readers that cannot see the page.

#![expect(clippy::disallowed_types, reason = "a PDF counts points in floats; no money is near")]

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ContentTag, Identifier, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::PacketError;
use super::fonts::Fonts;
use super::page::{Bar, Head, Ink, Item, PAGE, Pages, Part};
use crate::calendar::Day;
use chrono::Datelike;

/// What a PDF says of itself.
pub(super) struct About<'a> {
    pub(super) title: String,
    /// What it is the document of, which makes its identity.
    pub(super) id: String,
    pub(super) author: Option<&'a str>,
    /// The last day of which it knows.
    pub(super) as_of: Day,
}

/// Draws all pages.
pub(super) fn draw(
    fonts: &mut Fonts<'_>,
    pages: &Pages,
    about: &About<'_>,
) -> Result<Vec<u8>, PacketError> {
    let failed = |what: &str| PacketError::Pdf(what.to_owned());
    let mut document = Document::new_with(SerializeSettings::default());
    let mut of_part: Vec<Vec<Identifier>> = vec![Vec::new(); pages.texts];
    for items in &pages.pages {
        let size = PageSettings::from_wh(points(PAGE.0), points(PAGE.1));
        let mut page = document.start_page_with(size.ok_or_else(|| failed("no page"))?);
        let mut surface = page.surface();
        for item in items {
            let part = match item {
                Item::Text { part, .. } => *part,
                Item::Bar { .. } => None,
            };
            let tag = match part {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(Artifact::default()),
            };
            let identifier = surface.start_tagged(tag);
            put(&mut surface, fonts, item);
            surface.end_tagged();
            if let Some(all) = part.and_then(|part| of_part.get_mut(part)) {
                all.push(identifier);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(structure(&pages.parts, &mut of_part));
    document.set_metadata(metadata(about));
    document.finish().map_err(|why| match why {
        krilla::error::KrillaError::Font(_, why) => PacketError::Pdf(why),
        other => PacketError::Pdf(format!("{other:?}")),
    })
}

fn metadata(about: &About<'_>) -> Metadata {
    let day = about.as_of;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(part(day.month()))
        .day(part(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0);
    let metadata = Metadata::new()
        .title(about.title.clone())
        .creator("insure".to_owned())
        .language("en".to_owned())
        .document_id(about.id.clone())
        .creation_date(created);
    match about.author {
        Some(author) => metadata.authors(vec![author.to_owned()]),
        None => metadata,
    }
}

fn points(thousandths: i32) -> f32 {
    thousandths as f32 / 1000.0
}

fn fill(red: u8, green: u8, blue: u8) -> Fill {
    let paint = rgb::Color::new(red, green, blue).into();
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn put(surface: &mut Surface<'_>, fonts: &mut Fonts<'_>, item: &Item) {
    match item {
        Item::Text { x, y, size, bold, ink, text, .. } => {
            surface.set_fill(Some(match ink {
                Ink::Black => fill(20, 20, 20),
                Ink::Grey => fill(95, 95, 95),
                Ink::Alarm => fill(160, 20, 20),
            }));
            let mut x = *x;
            for run in runs(fonts, text, *bold) {
                let Some(face) = fonts.face(run.face) else { continue };
                let font = face.font.clone();
                let start = Point::from_xy(points(x), points(*y));
                surface.draw_glyphs(start, &run.glyphs, font, run.text, points(*size), false);
                x += run.text.chars().map(|c| fonts.width(c, *bold, *size)).sum::<i32>();
            }
        }
        Item::Bar { x, y, width, height, ink } => {
            surface.set_fill(Some(match ink {
                Bar::Rule => fill(200, 200, 200),
                Bar::Ground => fill(236, 238, 241),
                Bar::Frame => fill(160, 20, 20),
            }));
            let mut path = PathBuilder::new();
            let place = [*x, *y, *width, *height].map(points);
            if let Some(rect) = Rect::from_xywh(place[0], place[1], place[2], place[3]) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

/// Letters of one font.
struct Run<'t> {
    face: usize,
    text: &'t str,
    glyphs: Vec<KrillaGlyph>,
}

/// A text in runs of one font each.
fn runs<'t>(fonts: &mut Fonts<'_>, text: &'t str, bold: bool) -> Vec<Run<'t>> {
    let mut all: Vec<Run<'t>> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let Some(glyph) = fonts.glyph(c, bold) else { continue };
        let units = fonts.face(glyph.face).map_or(1000, |face| face.units);
        if all.last().is_none_or(|run| run.face != glyph.face) {
            start = at;
            all.push(Run { face: glyph.face, text: "", glyphs: Vec::new() });
        }
        let Some(run) = all.last_mut() else { continue };
        let end = at + c.len_utf8();
        run.text = text.get(start..end).unwrap_or_default();
        run.glyphs.push(KrillaGlyph::new(
            GlyphId::new(glyph.id),
            f32::from(glyph.advance) / f32::from(units.max(1)),
            0.0,
            0.0,
            0.0,
            at - start..end - start,
            None,
        ));
    }
    all
}

/// The tree that says what each line belongs to.
fn structure(parts: &[Part], lines: &mut [Vec<Identifier>]) -> TagTree {
    let mut group = |tag: krilla::tagging::TagKind, part: usize| {
        let mut group = TagGroup::new(tag);
        for line in lines.get_mut(part).map(std::mem::take).unwrap_or_default() {
            group.push(line);
        }
        group
    };
    let level = |level| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    for part in parts {
        match part {
            Part::Title(at) => tree.push(group(Tag::Hn(level(1), None).into(), *at)),
            Part::Heading(at) => tree.push(group(Tag::Hn(level(2), None).into(), *at)),
            Part::Paragraph(at) => tree.push(group(Tag::P.into(), *at)),
            Part::Table(rows) => {
                let mut table = TagGroup::new(Tag::Table);
                for cells in rows {
                    let mut row = TagGroup::new(Tag::TR);
                    for (head, at) in cells {
                        row.push(group(
                            match head {
                                Head::No => Tag::TD.into(),
                                Head::OfRow => Tag::TH(TableHeaderScope::Row).into(),
                                Head::OfColumn => Tag::TH(TableHeaderScope::Column).into(),
                            },
                            *at,
                        ));
                    }
                    table.push(row);
                }
                tree.push(table);
            }
        }
    }
    tree
}
