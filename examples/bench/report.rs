//! The report: a Markdown document that reads as well on a terminal.

use std::fmt::Write;

use crate::figures::grouped;

/// How far what was measured is from what was wanted.
pub(crate) struct Verdict {
    /// What is wanted.
    pub(crate) target: String,
    /// What is.
    pub(crate) measured: String,
    /// Whether that is enough; nothing where a peer was missing or the figures leave it open.
    pub(crate) met: Option<bool>,
}

/// One part of the report: a table with what has to be said about it.
pub(crate) struct Section {
    /// Its heading.
    pub(crate) title: String,
    /// What was done, before the table.
    pub(crate) notes: Vec<String>,
    /// The names of the columns.
    pub(crate) header: Vec<&'static str>,
    /// The rows.
    pub(crate) rows: Vec<Vec<String>>,
    /// The targets.
    pub(crate) verdicts: Vec<Verdict>,
}

/// The document.
pub(crate) struct Report {
    machine: Vec<(&'static str, String)>,
    rows: u64,
    runs: usize,
    sections: Vec<Section>,
}

/// What stands above the figures.
const PREFACE: &str = "\
# Benchmarks

Written by `examples/bench`; do not edit by hand. To measure again:

```sh
cargo build --release --bins --examples
cargo run --release --example bench -- --write docs/benchmarks.md
```

`--only record|tiktok|layouts|quote|start|search|lists|report|packets|morning` measures one case, `--rows` and `--runs` change its size,
`--keep DIR` leaves the files where they can be looked at. The inputs are synthetic and always the
same: `examples/generate` writes them from a seed.

How it is measured. Each case and its peers run in turn (A B A B ...), so that whatever else the
machine does hits all of them; figures are medians, with the quickest and the slowest run behind.
Input files were just written and are in the page cache; what is on its way to the disk is written
out (`sync`) before each long run. Times are from just before the program is started until it has
ended. Processor time is user and system time of all threads, in steps of 10 ms. Peak memory is the
kernel's high-water mark (`VmHWM`), looked at every 5 ms. Megabytes are 1,000,000 bytes.

*Above process start* means: less the median time of a Rust program whose `main` is empty, compiled
on the same machine and started in turn with the case. Starting and ending any program costs that
much here, whatever it does.

Ratios compare two programs on one machine in one sitting and travel well; seconds do not.
";

impl Report {
    /// A report without cases.
    pub(crate) fn new(machine: Vec<(&'static str, String)>, rows: u64, runs: usize) -> Report {
        Report { machine, rows, runs, sections: Vec::new() }
    }

    /// Adds what a case found.
    pub(crate) fn add(&mut self, sections: Vec<Section>) {
        self.sections.extend(sections);
    }

    /// The document as text.
    pub(crate) fn render(&self) -> String {
        let mut text = PREFACE.to_owned();
        if self.rows != 1_000_000 {
            let rows = grouped(self.rows);
            let _ =
                write!(text, "\nThe targets are meant for 1,000,000 rows; this run had {rows}.\n");
        }
        text.push_str("\n## Machine\n\n");
        let facts = self.machine.iter().map(|(name, fact)| vec![(*name).to_owned(), fact.clone()]);
        let mut facts: Vec<Vec<String>> = facts.collect();
        facts.push(vec!["runs of each long case".to_owned(), self.runs.to_string()]);
        table(&mut text, &["", ""], &facts);
        text.push_str("\n## Targets\n\n");
        let verdicts = self.sections.iter().flat_map(|section| &section.verdicts);
        let verdicts: Vec<Vec<String>> = verdicts
            .map(|verdict| {
                let met = match verdict.met {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "unknown",
                };
                vec![verdict.target.clone(), verdict.measured.clone(), met.to_owned()]
            })
            .collect();
        table(&mut text, &["target", "measured", "met"], &verdicts);
        for section in &self.sections {
            let _ = write!(text, "\n## {}\n\n", section.title);
            for note in &section.notes {
                let _ = write!(text, "{}\n\n", wrapped(note));
            }
            table(&mut text, &section.header, &section.rows);
        }
        text
    }
}

/// A table with columns of even width.
fn table(text: &mut String, header: &[&str], rows: &[Vec<String>]) {
    let widths: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(name.len()).max(3)
        })
        .collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (cell, width) in cells.zip(&widths) {
            let _ = write!(text, "| {cell:width$} ");
        }
        text.push_str("|\n");
    };
    line(&mut header.iter().copied());
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&mut rules.iter().map(String::as_str));
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}

/// A paragraph in lines of at most 100 characters.
fn wrapped(paragraph: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 100 {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text
}
