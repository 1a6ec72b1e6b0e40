//! The typed payload as a reading of its text: any record of the interface, by the
//! names of its fields.

use docutray_webhook_suite::Reading;
use serde_json::{Map, Value};

use crate::wit::Event;

/// The fields that are JSON text, not strings.
const FREE_FORM: [&str; 3] = ["data", "document_metadata", "error"];

/// All that the typed payload holds, if it is the one of the event's kind.
pub(crate) fn of(event: &Event) -> Result<Reading, String> {
    let kind = value(&event.kind)?;
    let Value::Object(variant) = value(&event.payload)? else {
        return Err(format!("{kind}: the payload is no variant with a value"));
    };
    match variant.into_iter().next() {
        Some((case, payload)) if kind == case => of_payload(&payload),
        other => Err(format!("the kind is {kind}, the payload {other:?}")),
    }
}

fn value(part: &impl serde::Serialize) -> Result<Value, String> {
    serde_json::to_value(part).map_err(|error| error.to_string())
}

fn of_payload(payload: &Value) -> Result<Reading, String> {
    match payload {
        Value::Object(fields) => of_record(fields),
        Value::String(json) => Ok(Reading::new().unknown(json)),
        other => Err(format!(
            "a payload that is neither record nor JSON: {other}"
        )),
    }
}

fn of_record(fields: &Map<String, Value>) -> Result<Reading, String> {
    // First, so that a known field among the unknown ones does not hide what was read.
    let unknown = fields.get("unknown_fields").and_then(Value::as_str);
    let start = unknown.map_or_else(Reading::new, |json| Reading::new().unknown(json));
    fields
        .iter()
        .filter(|(name, _)| *name != "unknown_fields")
        .try_fold(start, |reading, (name, value)| with(reading, name, value))
}

fn with(reading: Reading, name: &str, value: &Value) -> Result<Reading, String> {
    Ok(match value {
        Value::Null => reading,
        Value::String(json) if FREE_FORM.contains(&name) => reading.json(name, Some(json)),
        Value::String(text) => reading.text(name, text),
        Value::Number(number) => reading.json(name, Some(&number.to_string())),
        Value::Object(fields) => match of_case(fields) {
            Some(value) => with(reading, name, value)?,
            None => reading.record(name, Some(of_record(fields)?)),
        },
        Value::Array(items) if name == "alternatives" => reading.records(name, records(items)?),
        Value::Array(items) => reading.texts(name, Some(&texts(items)?)),
        Value::Bool(_) => return Err(format!("{name}: no payload has a {value}")),
    })
}

/// What a variant holds. It is written as a map of one case, whose name begins with a capital as no field's does.
fn of_case(fields: &Map<String, Value>) -> Option<&Value> {
    let (case, value) = fields.iter().next()?;
    case.starts_with(|letter: char| letter.is_ascii_uppercase())
        .then_some(value)
}

fn texts(items: &[Value]) -> Result<Vec<String>, String> {
    let text = |item: &Value| item.as_str().map(str::to_owned);
    let texts: Option<_> = items.iter().map(text).collect();
    texts.ok_or_else(|| format!("expected strings, found {items:?}"))
}

fn records(items: &[Value]) -> Result<Vec<Reading>, String> {
    items.iter().map(of_payload).collect()
}
