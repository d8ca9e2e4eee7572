//! An event in words, for people.

use serde_json::Value;

use super::events::{About, Event};

impl Event {
    /// What happened, in one line without the day. Text from files stands in it as it is.
    pub fn told(&self) -> String {
        let about = match self.about {
            About::Claim(no) => format!("{no} "),
            About::Batch(no) => format!("{no} "),
            About::Policy(_) | About::Ledger => String::new(),
        };
        let day = self.on.to_string();
        let shown = self.detail.as_object().into_iter().flatten().filter(|(name, value)| {
            // What the line says already, and what a file name says better.
            let said = **name == self.kind && value.as_str() == Some(&day);
            !said
                && !value.is_null()
                && !matches!(
                    name.as_str(),
                    "sha256" | "message_id" | "batch" | "first" | "last" | "insured"
                )
        });
        let detail: Vec<String> = shown
            .map(|(name, value)| format!("{} {}", name.replace('_', " "), words(value)))
            .collect();
        let kind = match self.kind.as_str() {
            "bound" => "recorded".to_owned(),
            kind => kind.replace('_', " "),
        };
        format!("{about}{kind}  {}", detail.join(", ")).trim_end().to_owned()
    }
}

/// A value of an event's detail as a person writes it.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(" and "),
        Value::Object(stated) => {
            let stated = stated.iter().map(|(name, value)| format!("{name} {}", words(value)));
            stated.collect::<Vec<_>>().join(" and ")
        }
        other => other.to_string(),
    }
}
