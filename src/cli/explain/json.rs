//! How a row became what it became, for programs.

use serde_json::{Value, json};

use super::words;
use super::{Fate, Fates};
use crate::intake::{
    Became, ColumnRead, Decided, Explained, Fact, LineIs, OrderMoney, ReadAs, RowRead,
};
use crate::money::Money;
use crate::parcel::Ids;

/// The whole explanation as one document.
pub(super) fn as_json(explained: &Explained, fates: &Fates) -> Value {
    let others: Vec<Value> = explained.others.iter().map(row).collect();
    let (bad, code) = match &explained.became {
        Became::Bad(bad) => (Some(bad), Some(bad.code)),
        _ => (None, None),
    };
    let beside: Vec<Value> = match &explained.became {
        Became::Beside(parcels) => {
            let one = |(line, ids): &(u64, Ids)| json!({ "line": line, "parcel": ids.shown() });
            parcels.iter().map(one).collect()
        }
        _ => Vec::new(),
    };
    let within = match explained.is {
        LineIs::Within(line) => Some(line),
        _ => None,
    };
    json!({
        "file": explained.file,
        "sheet": explained.sheet,
        "layout": explained.layout,
        "why": explained.why,
        "line": explained.row,
        "is": words::is(explained),
        "within": within,
        "skipped": explained.read.as_ref().and_then(|row| row.skipped),
        "row": explained.read.as_ref().map(row),
        "lines": explained.became.lines().collect::<Vec<u64>>(),
        "counts_for": beside,
        "others": others,
        "code": code,
        "reason": bad.map(|bad| bad.placed()),
        "hint": bad.and_then(|bad| bad.hint.clone()),
        "facts": explained.facts.iter().map(fact).collect::<Vec<Value>>(),
        "orders": explained.orders.iter().map(once).collect::<Vec<Value>>(),
        "became": fates.rows.iter().map(fate).collect::<Vec<Value>>(),
        "remark": fates.remark,
    })
}

pub(super) fn row(row: &RowRead) -> Value {
    json!({
        "line": row.line,
        "last_line": row.last_line,
        "counts": !row.cancelled && row.skipped.is_none(),
        "columns": row.columns.iter().map(column).collect::<Vec<Value>>(),
    })
}

fn column(column: &ColumnRead) -> Value {
    json!({
        "column": column.column,
        "cell": column.cell,
        "written": column.written,
        "from_line": column.from_line,
        "field": column.field,
        "read": column.read.as_ref().map(ReadAs::plain),
        "decided": column.decided.iter().map(decided).collect::<Vec<Value>>(),
        "wrong": column.wrong,
    })
}

fn decided(decided: &Decided) -> Value {
    json!({ "what": decided.what, "is": decided.is, "by": decided.by, "line": decided.line })
}

fn fact(fact: &Fact) -> Value {
    let from: Vec<Value> = fact
        .from
        .iter()
        .map(|origin| match &origin.file {
            Some(file) => json!({ "file": file, "line": origin.line }),
            None => json!({ "line": origin.line, "column": origin.column }),
        })
        .collect();
    json!({
        "fact": fact.fact,
        "value": fact.value.plain(),
        "from": from,
        "decided": fact.decided.as_ref().map(decided),
    })
}

/// What is counted once an order.
fn once(order: &OrderMoney) -> Value {
    let amount = |said: Option<(Money, u64)>| said.map(|(amount, _)| amount);
    let line = |said: Option<(Money, u64)>| said.map(|(_, line)| line);
    json!({
        "order_id": order.order,
        "shipping": amount(order.fee),
        "shipping_line": line(order.fee),
        "packages": order.packages,
        "goods": amount(order.goods),
        "goods_line": line(order.goods),
    })
}

fn fate(fate: &Fate) -> Value {
    let mut value = fate.row.clone();
    if let (Value::Object(row), Some(price)) = (&mut value, &fate.price) {
        row.insert("refused".to_owned(), json!(price.refusal));
        row.insert("trace".to_owned(), json!(price.trace));
    }
    value
}
