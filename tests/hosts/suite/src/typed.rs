//! A typed payload, held against the body that it was read from. A case's result carries the body's own text, so a binding
//! that loses or swaps a typed field is seen only here.

use crate::json::{Json, Text};

/// Fields that hold records. A typed record may lack members that the body has, which stay in the raw text.
const RECORDS: [&str; 4] = [
    "alternatives",
    "document_type",
    "identification",
    "validation",
];
/// The member of a typed payload with the fields that it has no type for.
const UNKNOWN_FIELDS: &str = "unknown_fields";

/// Whether a typed payload holds what its body holds. It is given as JSON with the wire's names, what is absent as `null`
/// or not at all.
///
/// # Errors
/// The first field that differs, in words.
pub fn typed_payload_agrees(typed: &Json, body: &Json) -> Result<(), String> {
    let mut typed = typed.clone();
    // The payload of an unknown event has no types.
    let unknown = match &mut typed {
        Json::Object(fields) => fields.remove(&Text::from(UNKNOWN_FIELDS)),
        _ => None,
    };
    let (Json::Object(fields), Some(Json::Object(mut read))) = (&typed, unknown) else {
        return equal(&typed, Some(body), "the payload");
    };
    read.extend(fields.clone());
    read.retain(|_, value| *value != Json::Null);
    for (name, value) in &read {
        let path = name.to_string();
        let found = match body {
            Json::Object(members) => members.get(name),
            _ => None,
        };
        if RECORDS.map(Text::from).contains(name) {
            within(value, found, &path)?;
        } else {
            equal(value, found, &path)?;
        }
    }
    let Json::Object(members) = body else {
        return Err(format!("the payload is no object: {body}"));
    };
    let mut members = members.iter();
    let lost = members.find(|(name, value)| **value != Json::Null && !read.contains_key(name));
    lost.map_or(Ok(()), |(name, value)| {
        Err(format!("the typed payload has lost {name}: {value}"))
    })
}

/// Whether all members of a typed record are in the body's object.
fn within(typed: &Json, body: Option<&Json>, path: &str) -> Result<(), String> {
    match (typed, body) {
        (Json::Object(fields), Some(Json::Object(members))) => {
            let mut fields = fields.iter();
            fields.try_for_each(|(name, value)| {
                within(value, members.get(name), &format!("{path}.{name}"))
            })
        }
        (Json::Array(items), Some(Json::Array(found))) if items.len() == found.len() => {
            let mut pairs = items.iter().zip(found);
            pairs.try_for_each(|(item, found)| within(item, Some(found), &format!("{path}[]")))
        }
        _ => equal(typed, body, path),
    }
}

fn equal(typed: &Json, body: Option<&Json>, path: &str) -> Result<(), String> {
    if body == Some(typed) {
        return Ok(());
    }
    let body = body.map_or_else(|| "nothing".to_owned(), Json::to_string);
    Err(format!(
        "{path}: the typed payload has {typed}, the body {body}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"id": "c", "score": -0, "gone": null, "data": {"x": 1.50}, "new": {"y": 1},
        "document_type": {"code": "k", "more": 1}, "alternatives": [{"code": "a"}, {"code": "b"}]}"#;
    const TYPED: &str = r#"{"id": "c", "score": -0.0, "gone": null, "data": {"x": 1.5}, "unknown_fields": {"new": {"y": 1}},
        "document_type": {"code": "k"}, "alternatives": [{"code": "a"}, {"code": "b"}]}"#;

    fn agrees(typed: &str, body: &str) -> Result<(), String> {
        let json = |text| Json::parse(text).expect("JSON");
        typed_payload_agrees(&json(typed), &json(body))
    }

    #[test]
    fn a_faithful_payload_agrees() {
        assert_eq!(agrees(TYPED, BODY), Ok(()));
        assert_eq!(agrees(r#"{"a": [1]}"#, r#"{"a": [1.0]}"#), Ok(()));
    }

    #[test]
    fn each_fault_is_seen() {
        for (right, wrong) in [
            (r#""id": "c""#, r#""id": "d""#),
            (r#""score": -0.0"#, r#""score": 0.0"#),
            (r#""gone": null"#, r#""gone": "x""#),
            (r#""gone": null"#, r#""extra": "x""#),
            (r#"{"x": 1.5}"#, "{}"),
            (r#"{"new": {"y": 1}}"#, r#"{"new": {}}"#),
            (r#"{"new": {"y": 1}}"#, "{}"),
            (r#"{"code": "k"}"#, r#"{"code": "other"}"#),
            (r#"{"code": "k"}"#, r#"{"name": "k"}"#),
            (r#"[{"code": "a"}, "#, "["),
            (r#"{"code": "a"}"#, r#"{"code": "b"}"#),
        ] {
            let typed = TYPED.replacen(right, wrong, 1);
            assert_ne!(typed, TYPED);
            assert!(agrees(&typed, BODY).is_err(), "{wrong}");
        }
        assert!(agrees(r#"{"a": [1]}"#, r#"{"a": [1], "b": 2}"#).is_err());
    }

    #[test]
    fn a_lost_field_is_named() {
        let lost = r#"{"id": "c", "unknown_fields": {}}"#;
        assert_eq!(
            agrees(lost, r#"{"id": "c", "new": true}"#),
            Err("the typed payload has lost \"new\": true".into())
        );
    }
}
