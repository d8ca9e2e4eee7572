//! The public tools that `insure` is measured against, and what they are told to do.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::task::Task;
use crate::work::Work;

/// Whether a tool is there.
pub(crate) fn installed(tool: &str) -> bool {
    let mut command = Command::new(tool);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}

/// What `sqlite3` is told: text columns, two indexes, one `.import`, settings that favour speed.
const IMPORT: &str = "\
.bail on
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -262144;
CREATE TABLE parcel (
  order_id TEXT, package_id TEXT, tracking_number TEXT, product TEXT, coupon TEXT, shipping TEXT,
  destination TEXT, carrier TEXT, goods TEXT, ship_date TEXT, cover TEXT
);
CREATE UNIQUE INDEX parcel_by_package ON parcel (order_id, package_id);
CREATE INDEX parcel_by_tracking ON parcel (tracking_number);
";

/// `sqlite3` with its own `.import` of a plain file into a new database.
pub(crate) fn import(work: &Work, input: &Path, database: &Path) -> Result<Task> {
    let script = work.file("import.sql");
    let import = format!("{IMPORT}.import --csv --skip 1 \"{}\" parcel\n", input.display());
    fs::write(&script, import).with_context(|| script.display().to_string())?;
    Ok(work.program("sqlite3").path(database).reading(&script))
}

/// How many rows that made.
pub(crate) fn imported(work: &Work, database: &Path) -> Result<u64> {
    let count = work.program("sqlite3").path(database).words(&["SELECT count(*) FROM parcel"]);
    Ok(count.output()?.trim().parse()?)
}

/// The arithmetic of `quote --input` in awk. No field of the file is quoted, so splitting at
/// commas is enough here: a reader of CSV has more to do.
const AWK: &str = r#"
BEGIN {
  FS = ","
  print "line,order_id,package_id,tracking_number,plan,version,currency,package_value," \
    "included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt"
}
NR > 1 {
  value = int(($4 + $5 + $6) * 100 + 0.5)
  included = value < 20000 ? value : 20000
  cover = $11 == "included" ? included : (value < 500000 ? value : 500000)
  premium = int((cover - included + 9999) / 10000) * 75
  printf "%d,%s,%s,%s,tiktok-upic,2025-10-17,USD,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%s,,,\n",
    NR, $1, $2, $3, value / 100, included / 100, cover / 100, (value - included) / 100,
    (value - cover) / 100, premium / 100, (premium > 0 ? "true" : "false")
}
"#;

/// The same in Miller's language.
const MILLER: &str = r#"
value = roundm(($product + $coupon + $shipping) * 100, 1);
included = value < 20000 ? value : 20000;
cover = $cover == "included" ? included : (value < 500000 ? value : 500000);
premium = ceil((cover - included) / 10000) * 75;
$* = {
  "line": NR + 1,
  "order_id": $order_id,
  "package_id": $package_id,
  "tracking_number": $tracking_number,
  "plan": "tiktok-upic",
  "version": "2025-10-17",
  "currency": "USD",
  "package_value": fmtnum(value / 100, "%.2f"),
  "included_cover": fmtnum(included / 100, "%.2f"),
  "cover": fmtnum(cover / 100, "%.2f"),
  "uninsured_value": fmtnum((value - included) / 100, "%.2f"),
  "stays_uninsured": fmtnum((value - cover) / 100, "%.2f"),
  "premium": fmtnum(premium / 100, "%.2f"),
  "assumed": premium > 0,
  "code": "",
  "reason": "",
  "doubt": ""
}
"#;

/// The tools that can price a file.
pub(crate) const PRICERS: [&str; 3] = ["mawk", "gawk", "mlr"];

/// One of them, pricing a plain file into another file.
pub(crate) fn pricer(work: &Work, tool: &str, input: &Path, output: &Path) -> Result<Task> {
    let script = work.file(if tool == "mlr" { "price.mlr" } else { "price.awk" });
    let text = if tool == "mlr" { MILLER } else { AWK };
    fs::write(&script, text).with_context(|| script.display().to_string())?;
    let task = work.program(tool).writing(output);
    Ok(match tool {
        "mlr" => task.words(&["--icsv", "--ocsv", "put", "-f"]).path(&script).path(input),
        _ => task.words(&["-f"]).path(&script).path(input),
    })
}
