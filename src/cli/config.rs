//! The user's `config.toml`: a default plan, own plan and layout files, the seller's time zone,
//! figures in place of assumed ones, rates of exchange, the mail server and what is written to buyers, who sells, fonts.

mod mail;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

pub(super) use mail::{Affidavit, Mail, Password};

use crate::calendar::{Day, toml_day};
use crate::claim::{Limits, parse_size};
use crate::error::Error;
use crate::exchange::Exchange;
use crate::intake::{Layouts, ZoneIs};
use crate::money::Currency;
use crate::packet::Seller;
use crate::plan::{Catalog, Override};
use crate::pointed::line_of;

/// What the configuration says, with the plans it leads to.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The plan used where none is named.
    pub(super) plan: Option<String>,
    /// The plans at hand.
    pub(super) catalog: Catalog,
    /// The layouts at hand.
    pub(super) layouts: Layouts,
    /// The seller's time zone.
    pub(super) zone: Option<ZoneIs>,
    /// Dated rates of exchange.
    pub(super) rates: Vec<Exchange>,
    /// Who writes e-mails, and the server that takes them.
    pub(super) mail: Mail,
    /// What is written to buyers.
    pub(super) affidavit: Affidavit,
    /// How large a document may be.
    pub(super) limits: Limits,
    /// Fonts for letters the built-in ones do not have.
    pub(super) fonts: Vec<PathBuf>,
    /// Folders to look for fonts in, in place of the system's.
    pub(super) font_folders: Option<Vec<PathBuf>>,
    /// Who sells.
    pub(super) seller: Seller,
}

/// What a figure looks like, for one that cannot be read.
const FIGURE: &str = "\
figures look like this, name and value in quotes:
[figures.tiktok-upic]
\"premium.rate\" = \"0.90\"";

/// What a rate looks like, for one that cannot be read.
const RATE: &str = "\
a rate looks like this:
[[fx]]
from = \"EUR\"
to = \"USD\"
rate = \"1.0850\"
on = 2026-11-20
source = \"ECB reference rate\"";

/// What the mail server looks like, for one that cannot be read.
const MAIL: &str = "\
a mail server looks like this; starttls, tls and none (on this machine only) are its securities:
[mail]
from = \"Shop <claims@example.com>\"
host = \"smtp.example.com\"
port = 587
security = \"starttls\"
user = \"claims@example.com\"
password-env = \"SHOP_MAIL_PASSWORD\"";
/// What limits of documents look like, for one that cannot be read.
const SIZES: &str = "\
limits look like this:
[evidence]
max-size = \"25 MB\"
max-video-size = \"100 MB\"";
/// What the seller's details look like.
const SELLER: &str = "\
the seller looks like this, and every line may be left out:
[seller]
name = \"Example Shop\"
address = [\"1 Example Street\", \"Springfield\"]
tax-id = \"12-3456789\"
email = \"shop@example.com\"";

/// What the settings of packets look like.
const PACKET: &str = "\
packets are set like this:
[packet]
fonts = [\"NotoSansCJK-Regular.ttc\"]
font-folders = [\"/usr/share/fonts\"]";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    plan: Option<String>,
    plans: Option<PathBuf>,
    layouts: Option<PathBuf>,
    zone: Option<Spanned<String>>,
    #[serde(default)]
    figures: BTreeMap<String, BTreeMap<String, Spanned<toml::Value>>>,
    #[serde(default)]
    fx: Vec<Spanned<Dated>>,
    mail: Option<mail::MailTable>,
    #[serde(default)]
    affidavit: Affidavit,
    #[serde(default)]
    evidence: Sizes,
    #[serde(default)]
    packet: PacketTable,
    #[serde(default)]
    seller: SellerTable,
}

/// How large documents may be, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sizes {
    max_size: Option<Spanned<String>>,
    max_video_size: Option<Spanned<String>>,
}

/// How packets are made.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PacketTable {
    #[serde(default)]
    fonts: Vec<PathBuf>,
    font_folders: Option<Vec<PathBuf>>,
}

/// Who sells.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SellerTable {
    name: Option<String>,
    #[serde(default)]
    address: Vec<String>,
    tax_id: Option<String>,
    email: Option<String>,
}

/// What stands at the top of the file.
#[derive(Debug, Default)]
struct Settings {
    plan: Option<String>,
    plans: Option<PathBuf>,
    layouts: Option<PathBuf>,
    zone: Option<ZoneIs>,
    mail: Mail,
    affidavit: Affidavit,
    packet: PacketTable,
    seller: SellerTable,
}

/// What one unit of `from` was in `to` on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dated {
    from: Currency,
    to: Spanned<Currency>,
    rate: Spanned<String>,
    #[serde(deserialize_with = "toml_day")]
    on: Day,
    source: Spanned<String>,
}

impl Config {
    /// Reads the file that was named, or the usual one where it exists, and the plan and layout files
    /// in the folders it names (`plans` and `layouts`, beside it by default).
    pub(super) fn read(named: Option<&Path>, usual: Option<&Path>) -> Result<Config, Error> {
        let Some(path) = named.or(usual) else {
            return Ok(Config::default());
        };
        let mut rates = Vec::new();
        let mut figures = BTreeMap::new();
        let mut limits = Limits::default();
        let file = match fs::read_to_string(path) {
            Ok(text) => {
                let wrong = |message: String, hint: Option<&str>| Error::Usage {
                    message: format!("{}: {}", path.display(), message.trim_end()),
                    hint: hint.map(str::to_owned),
                };
                let file = toml::from_str::<File>(&text).map_err(|why| {
                    wrong(why.to_string(), example_at(&text, why.span().unwrap_or_default()))
                })?;
                rates = dated(&file.fx, &text).map_err(|why| wrong(why, Some(RATE)))?;
                figures = stated(file.figures, &text).map_err(|why| wrong(why, None))?;
                let mail = file.mail.map(|table| table.checked(&text)).transpose();
                let mail = mail.map_err(|why| wrong(why, Some(MAIL)))?.unwrap_or_default();
                limits = sizes(&file.evidence, &text).map_err(|why| wrong(why, Some(SIZES)))?;
                let zone = zone(file.zone.as_ref(), &text).map_err(|why| wrong(why, None))?;
                let File { plan, plans, layouts, affidavit, packet, seller, .. } = file;
                Settings { plan, plans, layouts, zone, mail, affidavit, packet, seller }
            }
            Err(why) if why.kind() == ErrorKind::NotFound && named.is_some() => {
                return Err(Error::usage(
                    format!(
                        "the configuration that --config or INSURE_CONFIG names is missing: {}",
                        path.display()
                    ),
                    "name one that is there, or none: then the usual one is read, if there is any",
                ));
            }
            Err(why) if why.kind() == ErrorKind::NotFound => Settings::default(),
            Err(why) => return Err(Error::file(path, why)),
        };
        let beside = path.parent().unwrap_or(Path::new("."));
        let own = |named: &Option<PathBuf>, usual: &str| match named {
            Some(folder) => own_files(&beside.join(folder), true),
            None => own_files(&beside.join(usual), false),
        };
        let catalog = Catalog::new(own(&file.plans, "plans")?, figures);
        let layouts = Layouts::new(own(&file.layouts, "layouts")?);
        let (mail, affidavit) = (file.mail.beside(beside), file.affidavit.beside(beside));
        // Paths in the file count from where it is.
        let beside_it = |paths: Vec<PathBuf>| paths.iter().map(|path| beside.join(path)).collect();
        let SellerTable { name, address, tax_id, email } = file.seller;
        Ok(Config {
            plan: file.plan,
            catalog,
            layouts,
            zone: file.zone,
            rates,
            mail,
            affidavit,
            limits,
            fonts: beside_it(file.packet.fonts),
            font_folders: file.packet.font_folders.map(beside_it),
            seller: Seller { name, address, tax_id, email },
        })
    }
}

/// What the part of the file looks like in which something cannot be read.
fn example_at(text: &str, span: Range<usize>) -> Option<&'static str> {
    let until = text.get(span.start..).and_then(|rest| rest.find('\n')).map(|at| span.start + at);
    let before = text.get(..until.unwrap_or(text.len())).unwrap_or_default();
    let header = before.lines().rev().map(str::trim).find(|line| line.starts_with('['))?;
    match header.trim_start_matches('[') {
        name if name.starts_with("figures") => Some(FIGURE),
        name if name.starts_with("fx") => Some(RATE),
        name if name.starts_with("mail") => Some(MAIL),
        name if name.starts_with("evidence") => Some(SIZES),
        name if name.starts_with("seller") => Some(SELLER),
        name if name.starts_with("packet") => Some(PACKET),
        _ => None,
    }
}

/// The user's figures by plan, as they are written.
fn stated(
    figures: BTreeMap<String, BTreeMap<String, Spanned<toml::Value>>>,
    text: &str,
) -> Result<BTreeMap<String, Vec<Override>>, String> {
    let one = |plan: &str, figure: String, value: Spanned<toml::Value>| {
        let span = value.span();
        let written = text.get(span.clone()).unwrap_or_default();
        let why = match value.get_ref() {
            toml::Value::String(text) => return Ok(Override { figure, value: text.clone() }),
            toml::Value::Integer(number) => {
                return Ok(Override { figure, value: number.to_string() });
            }
            toml::Value::Boolean(yes) => {
                let value = if *yes { "yes" } else { "no" }.to_owned();
                return Ok(Override { figure, value });
            }
            toml::Value::Table(_) => format!(
                "expected a figure of {plan} with its name in quotes, such as \"premium.rate\" = \"0.90\""
            ),
            toml::Value::Float(_) => {
                format!("`{written}` stands without quotes, expected it in quotes: \"{written}\"")
            }
            _ => "expected a figure in quotes, such as \"0.90\"".to_owned(),
        };
        Err(pointed(text, span, &why))
    };
    let of = |(plan, figures): (String, BTreeMap<String, Spanned<toml::Value>>)| {
        let figures = figures.into_iter().map(|(figure, value)| one(&plan, figure, value));
        let figures = figures.collect::<Result<Vec<Override>, String>>()?;
        Ok((plan, figures))
    };
    figures.into_iter().map(of).collect()
}

/// The seller's time zone.
fn zone(written: Option<&Spanned<String>>, text: &str) -> Result<Option<ZoneIs>, String> {
    let read = |zone: &Spanned<String>| {
        ZoneIs::parse(zone.get_ref()).map_err(|why| pointed(text, zone.span(), &why))
    };
    written.map(read).transpose()
}

/// How large documents may be.
fn sizes(written: &Sizes, text: &str) -> Result<Limits, String> {
    let usual = Limits::default();
    let one = |size: &Option<Spanned<String>>, usual| match size {
        None => Ok(usual),
        Some(size) => parse_size(size.get_ref()).map_err(|why| pointed(text, size.span(), &why)),
    };
    Ok(Limits {
        document: one(&written.max_size, usual.document)?,
        video: one(&written.max_video_size, usual.video)?,
    })
}

/// The table of rates, every entry checked by itself and against those before it.
fn dated(table: &[Spanned<Dated>], text: &str) -> Result<Vec<Exchange>, String> {
    let mut rates: Vec<Exchange> = Vec::with_capacity(table.len());
    for entry in table {
        let Dated { from, to, rate, on, source } = entry.get_ref();
        let exchange = Exchange {
            from: *from,
            to: *to.get_ref(),
            rate: Exchange::parse_rate(rate.get_ref())
                .map_err(|why| pointed(text, rate.span(), &why))?,
            on: *on,
            source: source.get_ref().trim().to_owned(),
        };
        if exchange.from == exchange.to {
            let why = format!("expected another currency than {from}, which needs no rate");
            return Err(pointed(text, to.span(), &why));
        }
        if exchange.source.is_empty() {
            return Err(pointed(text, source.span(), "expected where the rate comes from"));
        }
        let same = |known: &Exchange| (known.from, known.to, known.on) == (*from, exchange.to, *on);
        if let Some(first) = rates.iter().position(same) {
            let first = table.get(first).map_or(0, |first| line_of(text, first.span().start));
            let why = format!(
                "{from} in {} on {on} stands on line {first} already, expected one rate a day",
                exchange.to
            );
            return Err(pointed(text, entry.span(), &why));
        }
        rates.push(exchange);
    }
    Ok(rates)
}

/// What is wrong, as the TOML parser itself shows it.
fn pointed(text: &str, span: Range<usize>, why: &str) -> String {
    crate::pointed::pointed("TOML parse error", text, span, why)
}

/// The `.toml` files of a folder in order of their names.
fn own_files(folder: &Path, must_exist: bool) -> Result<Vec<(String, String)>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(why) if why.kind() == ErrorKind::NotFound && !must_exist => return Ok(Vec::new()),
        Err(why) => return Err(Error::file(folder, why)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|why| Error::file(folder, why))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| match fs::read(&path) {
            // What is no text is a broken file like any other, and stops only who asks for it.
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Ok((path.display().to_string(), text))
            }
            Err(why) => Err(Error::file(path, why)),
        })
        .collect()
}
