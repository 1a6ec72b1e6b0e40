//! The payload, read by `serde_json`.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::fields::{Kind, fields, of_event, statuses};
use crate::verdict::{Refused, refused};

const MAX_DEPTH: usize = 128;
const IDS: [&str; 3] = ["conversion_id", "identification_id", "step_execution_id"];

/// Returns the id, unless the event is not documented.
pub(super) fn check(event: &str, body: &[u8]) -> Result<Option<String>, Refused> {
    let object = serde_json::from_slice::<Members<'_>>(body)
        .ok()
        .filter(|_| depth(body) <= MAX_DEPTH);
    let Some(object) = object else {
        return refused("malformed_payload", None);
    };
    let Some(known) = of_event(event) else {
        return Ok(None);
    };
    let own_id = fields(known).next().unwrap().name;
    // An id that is `null` is none.
    let has = |id: &str| object.all(id).iter().any(|value| *value != "null");
    if !has(own_id) && IDS.iter().any(|id| has(id)) {
        return refused("event_mismatch", Some(own_id));
    }
    if let [status] = *object.all("status")
        && let Some(status) = text(status)
        && !statuses(event).contains(&&*status)
    {
        return refused("event_mismatch", Some("status"));
    }
    check_fields(known, &object, "")?;
    Ok(text(object.all(own_id)[0]))
}

fn check_fields(known: &'static str, object: &Members<'_>, path: &str) -> Result<(), Refused> {
    for field in fields(known) {
        let path = match path {
            "" => field.name.to_owned(),
            _ => format!("{path}.{}", field.name),
        };
        match *object.all(field.name) {
            [] if field.is_required => return refused("malformed_payload", Some(&path)),
            [] => {}
            ["null"] if !field.is_required => {}
            [value] => check_value(field.kind, value, &path)?,
            _ => return refused("malformed_payload", Some(&path)),
        }
    }
    Ok(())
}

fn check_value(kind: Kind, value: &str, path: &str) -> Result<(), Refused> {
    let object = || serde_json::from_str::<Members<'_>>(value).ok();
    let list = || serde_json::from_str::<Vec<&RawValue>>(value).ok();
    let fits = match kind {
        Kind::Text => text(value).is_some(),
        Kind::Id => text(value).is_some_and(|id| !id.is_empty()),
        Kind::Double => is_finite(value),
        Kind::Count => {
            value.chars().all(|digit| digit.is_ascii_digit()) && value.parse::<u64>().is_ok()
        }
        Kind::Object | Kind::Fields(_) => object().is_some(),
        Kind::TextOrObject | Kind::TextOrFields(_) => object().is_some() || text(value).is_some(),
        Kind::Texts | Kind::ListOf(_) => list().is_some(),
    };
    if !fits {
        return refused("malformed_payload", Some(path));
    }
    let of_item = match kind {
        Kind::Fields(known) | Kind::TextOrFields(known) => {
            return object().map_or(Ok(()), |object| check_fields(known, &object, path));
        }
        Kind::Texts => Kind::Text,
        Kind::ListOf(known) => Kind::Fields(known),
        _ => return Ok(()),
    };
    let items = list().unwrap_or_default().into_iter().enumerate();
    items
        .into_iter()
        .try_for_each(|(place, item)| check_value(of_item, item.get(), &format!("{path}[{place}]")))
}

fn text(value: &str) -> Option<String> {
    serde_json::from_str(value).ok()
}

fn is_finite(value: &str) -> bool {
    let is_number = value.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    is_number && value.parse::<f64>().is_ok_and(f64::is_finite)
}

/// How deep containers are in each other.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string) = (0_usize, 0, false);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => drop(bytes.next()),
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// All members of an object, repeated ones among them.
struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Members<'t> {
    /// The values of a name, however it is written.
    fn all(&self, name: &str) -> Vec<&'t str> {
        let own = |(other, _): &&(&RawValue, &RawValue)| {
            text(other.get()).is_some_and(|other| other == name)
        };
        self.0
            .iter()
            .filter(own)
            .map(|(_, value)| value.get())
            .collect()
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Each)
    }
}

struct Each;

impl<'de> Visitor<'de> for Each {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
