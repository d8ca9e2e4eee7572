//! A layout for a file that none knows: proposed from its header and first rows, for a person to
//! look through.

use std::fmt::Write as _;

use super::amount::{self, DecimalMark, Shows};
use super::dates::{self, DateOrder};
use super::error::IntakeError;
use super::layout::{Field, normal};
use super::source::{Form, Keep, Source};
use super::table::{PREAMBLE, Table};
use super::workbook::Wish;
use super::{Kind, Options};

/// Rows that are looked at.
const LOOKED_AT: usize = 200;
/// Values shown of a column.
const SHOWN: usize = 3;

/// Words in a header's name that tell what it is, where no layout has the name itself. What stands
/// first is looked for first.
const WORDS: &[(Field, &[&str])] = &[
    (Field::Tracking, &["tracking", "waybill", "awb", "sendung", "seguimiento", "suivi", "运单"]),
    (Field::Package, &["package", "parcel", "paket", "包裹"]),
    (Field::Order, &["order", "bestell", "auftrag", "pedido", "commande", "ordine", "订单"]),
    (Field::Shipping, &["shipping fee", "shipping cost", "postage", "versandkosten", "运费"]),
    (Field::Currency, &["currency", "währung", "moneda", "devise", "币种"]),
    (Field::To, &["country", "land", "país", "pays", "国家"]),
    (Field::Carrier, &["carrier", "courier", "transporteur", "承运", "快递"]),
    (Field::ShipDate, &["ship date", "shipped", "dispatch", "versand", "发货"]),
    (Field::DeliveredOn, &["delivered", "zugestellt", "entregado", "签收"]),
    (
        Field::Value,
        &[
            "value", "total", "amount", "price", "wert", "betrag", "preis", "valor", "importe",
            "montant", "金额", "货值",
        ],
    ),
    (
        Field::Contents,
        &["description", "title", "product", "item", "artikel", "producto", "品名", "商品"],
    ),
];

/// What a layout for a file may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The file it is for.
    pub file: String,
    /// Its columns in order.
    pub columns: Vec<ProposedColumn>,
    amounts: Option<DecimalMark>,
    dates: DateOrder,
}

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedColumn {
    /// Its name.
    pub header: String,
    /// What stands in it.
    pub values: Vec<String>,
    field: Option<Field>,
}

/// Proposes a layout from a file's header and first rows.
///
/// # Errors
/// The file cannot be read, or has no header of at least two columns.
pub fn propose(source: Source, options: &Options) -> Result<Proposal, IntakeError> {
    let form = Form { encoding: options.encoding, member: options.member.clone() };
    let opened = source.open(Keep::No, form)?;
    let name = opened.original.name().to_owned();
    // Of a workbook all rows: what its header is, is to be found out.
    let wish = Wish { sheet: options.sheet.as_deref(), again: None, fits: &|_| Ok(()) };
    let mut table = Table::new(name.clone(), opened.content, wish)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < LOOKED_AT + PREAMBLE && table.advance()? {
        let row = table.row();
        let text = |place| {
            let text = String::from_utf8_lossy(row.cell(place));
            text.trim_start_matches('\u{feff}').trim().to_owned()
        };
        rows.push((0..row.width()).map(text).collect());
    }
    // The header is as wide as what is below it; a title above is not.
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let at = rows.iter().take(PREAMBLE).position(|row| row.len() == width && width > 1);
    let Some(at) = at else { return Err(IntakeError::Empty { name }) };
    let header = rows.get(at).cloned().unwrap_or_default();
    let below = rows.get(at + 1..).unwrap_or_default();
    let columns = header.into_iter().enumerate().map(|(place, header)| {
        let values = below.iter().filter_map(|row| row.get(place)).filter(|cell| !cell.is_empty());
        ProposedColumn { header, values: values.cloned().collect(), field: None }
    });
    let mut proposal =
        Proposal { file: name, columns: columns.collect(), amounts: None, dates: DateOrder::Iso };
    proposal.guess(options)?;
    proposal.look_at_values(options);
    Ok(proposal)
}

impl Proposal {
    /// Which column is which, by the names the known layouts have, and by words in them.
    fn guess(&mut self, options: &Options) -> Result<(), IntakeError> {
        let loaded = options.layouts.load()?;
        let headers: Vec<String> = self.columns.iter().map(|c| normal(&c.header)).collect();
        for layout in loaded.layouts.iter().filter(|layout| layout.kind == Kind::Parcels) {
            for (field, names) in &layout.columns {
                if !is_proposed(*field) || self.of(*field).is_some() {
                    continue;
                }
                let names: Vec<String> = names.iter().map(|name| normal(name)).collect();
                let mut columns = self.columns.iter().zip(&headers);
                let at =
                    columns.position(|(c, header)| c.field.is_none() && names.contains(header));
                self.put(*field, at);
            }
        }
        for (field, words) in WORDS {
            if self.of(*field).is_some() {
                continue;
            }
            let says = |(column, header): (&ProposedColumn, &String)| {
                column.field.is_none() && words.iter().any(|word| header.contains(word))
            };
            let at = self.columns.iter().zip(&headers).position(says);
            self.put(*field, at);
        }
        Ok(())
    }

    /// How amounts and days are written, as far as the rows show it.
    fn look_at_values(&mut self, options: &Options) {
        let of = |is: fn(Field) -> bool| {
            let columns = self.columns.iter().filter(move |c| c.field.is_some_and(is));
            columns.flat_map(|column| &column.values)
        };
        let shown = of(Field::is_amount).find_map(|value| {
            let currency = amount::names(value.as_bytes()).unwrap_or(options.currency);
            match amount::shows(value.as_bytes(), currency) {
                Shows::Only(mark) => Some(mark),
                _ => None,
            }
        });
        let order = of(Field::is_day).find_map(|value| dates::shown_by(value.as_bytes()));
        let open =
            of(Field::is_day).any(|value| dates::read(value.as_bytes(), DateOrder::Iso).is_err());
        self.dates = order.unwrap_or(if open { DateOrder::AsFound } else { DateOrder::Iso });
        self.amounts = shown;
    }

    fn of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    fn put(&mut self, field: Field, at: Option<usize>) {
        if let Some(column) = at.and_then(|at| self.columns.get_mut(at)) {
            column.field = Some(field);
        }
    }

    /// The questions to ask of a person: what is wanted, and the column it is thought to be, by its
    /// place from 0.
    pub fn questions(&self) -> [(&'static str, Option<usize>); 3] {
        [Field::Order, Field::Tracking, Field::Value].map(|field| (field.said(), self.of(field)))
    }

    /// The answer to one of the questions: the column, or none.
    pub fn answer(&mut self, question: usize, column: Option<usize>) {
        let Some(field) = [Field::Order, Field::Tracking, Field::Value].get(question) else {
            return;
        };
        for known in &mut self.columns {
            if known.field == Some(*field) {
                known.field = None;
            }
        }
        self.put(*field, column);
    }

    /// The layout file, with what stands in each column beside it.
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# Proposed from {}: look at every line. Columns that are not named are read over.\n",
            on_one_line(&self.file)
        );
        let id = self.id();
        let mut line = |line: std::fmt::Arguments<'_>| {
            // Writing to a String does not fail.
            let _ = text.write_fmt(line);
            text.push('\n');
        };
        line(format_args!("id = {}", quoted(&id)));
        line(format_args!("name = {}", quoted(&id)));
        line(format_args!("kind = \"parcels\""));
        line(format_args!(
            "# parcel: each row is one; sku-line: rows are articles, and several make a parcel"
        ));
        line(format_args!("one-row-per = \"parcel\"\n"));
        line(format_args!("# Of each group one must be in the header."));
        let ids = [Field::Order, Field::Package, Field::Tracking];
        let ids: Vec<String> = ids
            .iter()
            .filter(|field| self.of(**field).is_some())
            .map(|field| quoted(field.word()))
            .collect();
        let ids = if ids.is_empty() { quoted("order") } else { ids.join(", ") };
        line(format_args!("needs = [[{ids}], [\"value\"]]\n"));
        let dates = match self.dates {
            DateOrder::Iso => "iso",
            DateOrder::MonthFirst => "month-first",
            DateOrder::DayFirst => "day-first",
            DateOrder::AsFound => "as-found",
        };
        line(format_args!("# iso, month-first, day-first, or as-found: what the column shows"));
        line(format_args!("dates = \"{dates}\""));
        let amounts = match self.amounts {
            Some(DecimalMark::Point) => "point",
            Some(DecimalMark::Comma) => "comma",
            None => "as-found",
        };
        line(format_args!("# point (1,234.56), comma (1.234,56), or as-found"));
        line(format_args!("amounts = \"{amounts}\""));
        line(format_args!("# label-bought-now, or label-exists: it was there before"));
        line(format_args!("tracking-means = \"label-exists\"\n"));
        line(format_args!("[columns]"));
        for field in Field::ALL {
            let at = self.of(*field).and_then(|at| self.columns.get(at));
            match at {
                Some(column) => {
                    line(format_args!("# {}: {}", field.said(), column.shown()));
                    line(format_args!("{} = [{}]", field.word(), quoted(&column.header)));
                }
                None if *field == Field::Value => {
                    line(format_args!("# {}: which column is it?", field.said()));
                    line(format_args!("value = []"));
                }
                None if *field == Field::Order && self.has_no_id() => {
                    line(format_args!("# {}: which column is it?", field.said()));
                    line(format_args!("order = []"));
                }
                None => {}
            }
        }
        let unread: Vec<&ProposedColumn> = self
            .columns
            .iter()
            .filter(|column| column.field.is_none() && !column.header.is_empty())
            .collect();
        if !unread.is_empty() {
            line(format_args!("\n# Not read:"));
            for column in unread {
                line(format_args!("# {}: {}", quoted(&column.header), column.shown()));
            }
        }
        text
    }

    fn has_no_id(&self) -> bool {
        [Field::Order, Field::Package, Field::Tracking]
            .iter()
            .all(|field| self.of(*field).is_none())
    }

    /// An id from the file's name.
    fn id(&self) -> String {
        let file = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default().to_lowercase();
        let plain = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { ' ' };
        let id = stem.chars().map(plain).collect::<String>();
        let id = id.split_whitespace().collect::<Vec<_>>().join("-");
        if id.is_empty() { "my-layout".to_owned() } else { id }
    }
}

impl ProposedColumn {
    /// Some of what stands in it, on one line.
    pub fn shown(&self) -> String {
        let mut values: Vec<String> = Vec::new();
        for value in &self.values {
            let value: String = on_one_line(value).chars().take(40).collect();
            if values.len() < SHOWN && !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() { "(empty)".to_owned() } else { values.join(" | ") }
    }
}

/// A text as a comment can have it.
fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text as TOML writes it, on one line whatever is in it.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a String does not fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a field is proposed by its name: those of rows that are parcels.
fn is_proposed(field: Field) -> bool {
    !matches!(
        field,
        Field::AnyId
            | Field::Sku
            | Field::Product
            | Field::UnitPrice
            | Field::Quantity
            | Field::Discount
            | Field::OrderGoods
            | Field::Coupon
            | Field::ShippingDiscount
            | Field::Status
            | Field::Fulfilment
            | Field::LabelBy
            | Field::Event
            | Field::At
            | Field::Note
            | Field::Cover
            | Field::Plan
    )
}

#[cfg(test)]
mod tests {
    use super::propose;
    use crate::intake::{Layouts, Options, Source, check_layout, open};
    use crate::money::Currency;

    fn source(text: &str) -> Source {
        let read = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        Source::Stream { name: "Bestellungen 2026.csv".into(), read }
    }

    const FILE: &str = "Bestellnummer;Sendungsnummer;Warenwert;Land;Versanddatum;Gewicht\n\
        1001;00340001;1.234,50;DE;25.11.2026;3\n1002;00340002;12,00;AT;03.11.2026;1\n";

    #[test]
    fn what_is_proposed_for_a_file_reads_it() {
        let options = Options::new(Currency::from_code("EUR").unwrap());
        let mut proposal = propose(source(FILE), &options).unwrap();
        assert_eq!(proposal.questions().map(|(_, column)| column), [Some(0), Some(1), Some(2)]);
        let text = proposal.to_toml();
        assert_eq!(check_layout(&text).unwrap()[0].id, "bestellungen-2026", "{text}");
        let layouts = Layouts::new(vec![("mine.toml".into(), text)]);
        let options = Options { layouts, ..options };
        let rows: Vec<String> = open(source(FILE), options)
            .unwrap()
            .map(|item| crate::intake::tests::layouts::line(&item.unwrap()))
            .collect();
        assert_eq!(
            rows,
            [
                "2 00340001: 1,234.50 EUR + 0.00 + 0.00, to DE, label 00340001, shipped 2026-11-25",
                "3 00340002: 12.00 EUR + 0.00 + 0.00, to AT, label 00340002, shipped 2026-11-03",
            ]
        );
        let odd = "\"Order\n\\number\u{7f}\",value,\"\"\"Box\"\"\n\"\n1,2,3\n";
        let text = propose(source(odd), &Options::new(Currency::USD)).unwrap().to_toml();
        let odd_layout = check_layout(&text).unwrap_or_else(|_| panic!("{text}")).remove(0);
        assert_eq!(odd_layout.columns[0].names, ["Order\n\\number\u{7f}"]);
        assert!(text.ends_with("# \"\\\"Box\\\"\": 3\n"), "{text}");
        proposal.answer(2, None);
        let faults = check_layout(&proposal.to_toml()).unwrap_err();
        assert!(faults[0].message.contains("there is no name here"), "{}", faults[0]);
    }
}
