//! The page's markup. What goes in is escaped by the template engine, without exception.

use askama::Template;
use rust_decimal::Decimal;

use super::page::harmless;
use crate::money::grouped;

/// What the page shows.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Insurance report</title>
<style>
:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f4f6f8; --ink: #1a1f25; --soft: #545d68; --line: #d3d9e0;
  --link: #0a58a6; --premium: #1f6fbf; --payouts: #b4500b; --between: #9db7d3; --point: #0b3d73;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --card: #1d232a; --ink: #e8ebef; --soft: #a9b3bf; --line: #39424d;
    --link: #82bdf7; --premium: #6db0f2; --payouts: #f0a05a; --between: #3f5f80; --point: #d4e8fc;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 84rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.2rem 0 .6rem; border-top: 2px solid var(--line); padding-top: .8rem; }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 2rem 0 .3rem; }
p, li, dt, dd, tbody th { overflow-wrap: anywhere; }
p { margin: .3rem 0; max-width: 62rem; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: 1rem 0; padding: 0; }
nav a { display: inline-block; padding: .35rem 0; }
.note, dd.note, figcaption { color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .7rem; margin: 1rem 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
dt { color: var(--soft); font-size: .9rem; }
dd { margin: 0; }
dd.value { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: .8rem 0; }
figcaption { margin-bottom: .3rem; font-weight: 600; }
.key { display: inline-flex; align-items: center; gap: .35rem; margin-left: 1rem; font-weight: 400; }
figure > svg { display: block; max-width: 46rem; overflow: hidden; }
svg text { fill: var(--ink); font: 14px system-ui, sans-serif; unicode-bidi: isolate; }
svg text.value, svg text.axis { fill: var(--soft); font-variant-numeric: tabular-nums; }
svg text.axis { font-size: 12px; }
.premium { fill: var(--premium); } .payouts { fill: var(--payouts); }
.between { fill: var(--between); } .few { opacity: .55; } .point { fill: var(--point); }
.track { stroke: var(--line); stroke-width: 1; }
.scroll {
  overflow-x: auto; margin: .6rem 0;
  background:
    linear-gradient(90deg, var(--page) 30%, transparent) left / 2rem 100% no-repeat local,
    linear-gradient(270deg, var(--page) 30%, transparent) right / 2rem 100% no-repeat local,
    linear-gradient(90deg, var(--line), transparent) left / .7rem 100% no-repeat scroll,
    linear-gradient(270deg, var(--line), transparent) right / .7rem 100% no-repeat scroll;
}
.scroll:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem .35rem 0; text-align: right; vertical-align: top; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
th:first-child { text-align: left; white-space: normal; min-width: 7rem; max-width: 22rem; }
tbody th { font-weight: 500; }
.sideways { display: none; }
@media (max-width: 75rem) {
  .sideways { display: block; }
  .scroll { border: 1px solid var(--line); border-radius: .3rem; }
  th:first-child { position: sticky; left: 0; padding-left: .4rem; background: var(--page); border-right: 1px solid var(--line); max-width: 9rem; }
  td:last-child, thead th:last-child { padding-right: 1.2rem; }
}
footer { margin-top: 2.5rem; border-top: 2px solid var(--line); padding-top: .8rem; }
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --card: #ffffff; --ink: #000000; --soft: #3d434a; --line: #b4bac2;
    --link: #000000; --premium: #1f6fbf; --payouts: #b4500b; --between: #9db7d3; --point: #0b3d73;
  }
  @page { margin: 12mm; }
  html { font-size: 9pt; }
  body { line-height: 1.35; }
  .sideways { display: none; }
  h1 { font-size: 15pt; }
  h2 { font-size: 12pt; margin: 12pt 0 4pt; padding-top: 5pt; }
  h3 { font-size: 10.5pt; margin: 10pt 0 2pt; }
  figure, .scroll { margin: 5pt 0; }
  figure > svg { zoom: .54; max-width: none; }
  figure:has(+ figure), figure + figure { display: inline-block; width: 48%; margin-right: 1%; }
  svg text { font-size: 16px; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .scroll { overflow: visible; background: none; border: 0; }
  th:first-child { position: static; padding-left: 0; border-right: 0; max-width: none; }
  dl { grid-template-columns: repeat(4, 1fr); gap: 4pt; margin: 5pt 0; }
  dl div { padding: 3pt 5pt; }
  dd.value { font-size: 11pt; }
  footer { margin-top: 6pt; padding-top: 3pt; font-size: 7.5pt; line-height: 1.25; break-before: avoid; break-inside: avoid; }
  table { width: 100%; font-size: 7.5pt; }
  th, td { padding: 1.2pt 4pt 1.2pt 0; }
  thead th { white-space: normal; }
  th:first-child { min-width: 4rem; }
  h2, h3, figcaption, section > .note { break-after: avoid; }
  figure, dl div, tr, p, h3 { break-inside: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>
</head>
<body>
<main>
<header>
<h1>Insurance report</h1>
<p>{{ recorded }}</p>
{% if !limits.is_empty() %}<p>Only: <bdi>{{ limits }}</bdi></p>
{% endif %}</header>
<nav aria-label="Contents">
<ul>
{% for part in parts %}{% for section in part.sections %}<li><a href="#{{ section.id }}">{{ section.title }}</a></li>
{% endfor %}{% endfor %}</ul>
</nav>
{% for part in parts %}<h2>{{ part.title }}</h2>
{% if !part.facts.is_empty() %}<dl>
{% for fact in part.facts %}<div><dt>{{ fact.name }}</dt><dd class="value">{{ fact.value }}</dd><dd class="note">{{ fact.note }}</dd></div>
{% endfor %}</dl>
{% endif %}{% for section in part.sections %}<section aria-labelledby="{{ section.id }}">
<h3 id="{{ section.id }}">{{ section.title }}</h3>
{% if !section.note.is_empty() %}<p class="note">{{ section.note }}</p>
{% endif %}{% for chart in section.charts %}<figure>
<figcaption>{{ chart.title }}{% for key in chart.keys %}<span class="key"><svg aria-hidden="true" width="12" height="12"><rect class="{{ key.0 }}" width="12" height="12" rx="2"/></svg>{{ key.1 }}</span>{% endfor %}</figcaption>
<svg role="img" aria-labelledby="{{ chart.id }}-title {{ chart.id }}-text" width="100%" height="{{ chart.height }}">
<title id="{{ chart.id }}-title">{{ chart.title }}</title>
<desc id="{{ chart.id }}-text">{{ chart.description }}</desc>
{% for line in chart.lines %}<text x="0" y="{{ line.y }}">{{ line.name }}</text>
<text class="value" x="100%" y="{{ line.y }}" text-anchor="end">{{ line.value }}</text>
{% for mark in line.marks %}{% if mark.is_point %}<svg x="{{ mark.x }}%" y="{{ mark.y }}" width="6" height="{{ mark.height }}" overflow="visible"><rect class="point" x="-2" y="-2" width="4" height="14" rx="1"/></svg>
{% else %}{% if loop.first && chart.scale.is_some() %}<line class="track" x1="0" x2="100%" y1="{{ mark.y + 5 }}" y2="{{ mark.y + 5 }}"/>
{% endif %}<rect class="{{ mark.class }}" x="{{ mark.x }}%" y="{{ mark.y }}" width="{{ mark.width }}%" height="{{ mark.height }}" rx="2"/>
{% endif %}{% endfor %}{% endfor %}{% if let Some(scale) = chart.scale %}<text class="axis" x="0" y="{{ chart.axis }}">0 %</text>
<text class="axis" x="100%" y="{{ chart.axis }}" text-anchor="end">{{ scale }}</text>
{% endif %}</svg>
</figure>
{% endfor %}<p class="note sideways" id="{{ section.id }}-sideways">A table that goes on to the right is scrolled sideways, with the arrow keys too.</p>
<div class="scroll" role="region" tabindex="0" aria-labelledby="{{ section.id }}" aria-describedby="{{ section.id }}-sideways">
<table>
<thead><tr>{% for head in section.table.heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in section.table.rows %}<tr>{% for cell in row %}{% if cell.is_name %}<th scope="row"><bdi>{{ cell.text }}</bdi></th>{% else %}<td>{{ cell.text }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody>
</table>
</div>
{% if !section.more.is_empty() %}<p class="note">{{ section.more }}</p>
{% endif %}</section>
{% endfor %}{% endfor %}<footer class="note">
<p>Loss ratio: payouts for each unit of premium; a dash where no premium was paid. Payouts are what was booked as paid.</p>
<p>Claimable: looks lost, damaged, late or came back, has no claim, and can be claimed today. Missed: looked lost, damaged or late, and the window closed without a claim. What came back is never missed, unless it was reported damaged: no money is lost.</p>
<p>A rate of few parcels says little, however high it is: look at its interval.</p>
</footer>
</main>
</body>
</html>
"##
)]
pub(super) struct Page {
    /// Of which parcels.
    pub(super) recorded: String,
    /// What it is limited to; may be empty.
    pub(super) limits: String,
    /// What belongs together.
    pub(super) parts: Vec<Part>,
}

impl Page {
    /// As text.
    pub(super) fn text(&self) -> Result<String, std::fmt::Error> {
        self.render().map_err(|_| std::fmt::Error)
    }
}

/// Sections under one heading.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
    pub(super) sections: Vec<Section>,
}

/// One figure with its words.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) note: String,
}

/// Charts and the table behind them.
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) charts: Vec<Chart>,
    pub(super) table: Table,
    pub(super) more: String,
}

/// Bars below each other. Across they are in per cent of the width, so that a phone shows them as
/// well as a wide screen and letters keep their size.
pub(super) struct Chart {
    pub(super) id: String,
    pub(super) title: String,
    /// What the chart shows, for those who do not see it.
    pub(super) description: String,
    /// What its colours stand for: a class and words.
    pub(super) keys: &'static [(&'static str, &'static str)],
    pub(super) lines: Vec<Line>,
    pub(super) height: usize,
    pub(super) axis: usize,
    /// What stands at the end of the axis, where there is one.
    pub(super) scale: Option<String>,
}

/// One group in a chart.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) y: usize,
    pub(super) marks: Vec<Mark>,
}

/// A bar, or a point on one.
pub(super) struct Mark {
    pub(super) class: &'static str,
    pub(super) x: Decimal,
    pub(super) width: Decimal,
    pub(super) y: usize,
    pub(super) height: usize,
    pub(super) is_point: bool,
}

impl Mark {
    /// A bar from here, so wide, in per cent.
    pub(super) fn bar(class: &'static str, x: Decimal, width: Decimal) -> Mark {
        Mark { class, x, width, y: 0, height: 0, is_point: false }
    }

    /// A point.
    pub(super) fn point(x: Decimal) -> Mark {
        Mark { class: "point", x, width: Decimal::ZERO, y: 0, height: 0, is_point: true }
    }
}

/// A table.
pub(super) struct Table {
    pub(super) heads: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of it.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_name: bool,
}

impl Cell {
    /// What the row is about, as a file wrote it.
    pub(super) fn name(text: &str) -> Cell {
        Cell { text: harmless(text), is_name: true }
    }

    /// A count.
    pub(super) fn number(number: u64) -> Cell {
        Cell::words(&grouped(&number.to_string()))
    }

    /// A figure, a dash where there is none.
    pub(super) fn figure(figure: Option<String>) -> Cell {
        Cell { text: figure.unwrap_or_else(|| "-".to_owned()), is_name: false }
    }

    /// Words of this program.
    pub(super) fn words(text: &str) -> Cell {
        Cell { text: text.to_owned(), is_name: false }
    }
}
