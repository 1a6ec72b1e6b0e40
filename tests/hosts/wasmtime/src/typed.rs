//! The typed payload as JSON with the wire's names: any record of the interface, by the names of its fields.

use std::collections::BTreeMap;

use docutray_webhook_suite::{Json, RawValue};
use serde::Serialize;
use serde_json::{Result, Value, value::to_raw_value};

use crate::wit::Event;

/// The fields that hold JSON as text.
const FREE_FORM: [&str; 4] = ["data", "document_metadata", "error", "unknown_fields"];

/// All that the typed payload holds, if it is the one of the event's kind.
pub(crate) fn payload(event: &Event) -> std::result::Result<Json, String> {
    let [kind, payload] = [value(&event.kind)?, value(&event.payload)?];
    let variant = payload.as_object().and_then(|cases| cases.iter().next());
    let (_, payload) = variant
        .filter(|(case, _)| kind == **case)
        .ok_or_else(|| format!("the kind is {kind}, the payload {payload}"))?;
    let text = match payload {
        // Of an unknown event.
        Value::String(json) => Ok(json.clone()),
        record => json(record, "").map(|json| json.get().to_owned()),
    };
    let text = text.map_err(|error| error.to_string())?;
    Json::parse(&text).map_err(|error| format!("{error}: {text}"))
}

fn value(part: &impl Serialize) -> std::result::Result<Value, String> {
    serde_json::to_value(part).map_err(|error| error.to_string())
}

/// A field's value. Free-form JSON stays the text that it is, since `Value` holds no lone surrogates.
fn json(value: &Value, name: &str) -> Result<Box<RawValue>> {
    match value {
        Value::String(text) if FREE_FORM.contains(&name) => RawValue::from_string(text.clone()),
        // What a variant holds: it is written as a map of one case, whose name begins with a capital, as no field's does.
        Value::Object(case) if case.keys().any(|name| name.starts_with(char::is_uppercase)) => {
            let mut values = case.values();
            values
                .next()
                .map_or_else(|| to_raw_value(case), |held| json(held, name))
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields = fields.map(|(name, value)| Ok((name, json(value, name)?)));
            to_raw_value(&fields.collect::<Result<BTreeMap<_, _>>>()?)
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| json(item, ""));
            to_raw_value(&items.collect::<Result<Vec<_>>>()?)
        }
        other => to_raw_value(other),
    }
}
