//! What a host read of a payload, held against the body it was read from. The outcome carries the body's own text,
//! so a binding that loses or swaps a typed field is seen only here.

use std::collections::BTreeMap;

use crate::{Json, json::Text};

/// The fields of one record as a typed host has them.
#[derive(Debug, Default)]
pub struct Reading(BTreeMap<Text, Field>);

#[derive(Debug)]
enum Field {
    Value(Json),
    Record(Reading),
    Records(Vec<Reading>),
}

impl Reading {
    /// A record of which nothing is read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A string.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        self.field(name, Field::Value(Json::String(value.into())))
    }

    /// Several strings, if there.
    #[must_use]
    pub fn texts(self, name: &str, value: Option<&[String]>) -> Self {
        let strings = |items: &[String]| {
            items
                .iter()
                .map(|item| Json::String(item.as_str().into()))
                .collect()
        };
        self.optional(name, value.map(|items| Json::Array(strings(items))))
    }

    /// A string, if there.
    #[must_use]
    pub fn optional_text(self, name: &str, value: Option<&str>) -> Self {
        self.optional(name, value.map(|value| Json::String(value.into())))
    }

    /// A number.
    #[must_use]
    pub fn number(self, name: &str, value: f64) -> Self {
        self.field(name, Field::Value(Json::Number(value.into())))
    }

    /// Free-form JSON, if there, as its text.
    #[must_use]
    pub fn json(self, name: &str, text: Option<&str>) -> Self {
        // Text that is no JSON differs from every body.
        self.optional(
            name,
            text.map(|text| Json::parse(text).unwrap_or(Json::String(text.into()))),
        )
    }

    /// A record within this one, if there.
    #[must_use]
    pub fn record(self, name: &str, record: Option<Self>) -> Self {
        match record {
            Some(record) => self.field(name, Field::Record(record)),
            None => self,
        }
    }

    /// Several records within this one.
    #[must_use]
    pub fn records(self, name: &str, records: Vec<Self>) -> Self {
        self.field(name, Field::Records(records))
    }

    /// The fields that the record does not know: the text of one object.
    #[must_use]
    pub fn unknown(mut self, text: &str) -> Self {
        match Json::parse(text) {
            Ok(Json::Object(members)) => {
                self.0.extend(
                    members
                        .into_iter()
                        .map(|(name, value)| (name, Field::Value(value))),
                );
                self
            }
            _ => self.json("unknown fields", Some(text)),
        }
    }

    /// Where this is not all that `body` holds, or more.
    ///
    /// # Errors
    /// The first field that differs, in words.
    pub fn agrees_with(&self, body: &Json) -> Result<(), String> {
        let Json::Object(members) = body else {
            return Err(format!("the payload is no object: {body}"));
        };
        self.within(body, "")?;
        let lost = members
            .iter()
            .find(|(name, value)| **value != Json::Null && !self.0.contains_key(name));
        lost.map_or(Ok(()), |(name, value)| {
            Err(format!("the typed payload has lost {name}: {value}"))
        })
    }

    /// Whether every field read is in `body`: a record of the body may hold more, which stays in the raw text.
    fn within(&self, body: &Json, path: &str) -> Result<(), String> {
        for (name, field) in &self.0 {
            let path = format!("{path}/{}", name.to_string().trim_matches('"'));
            let value = match body {
                Json::Object(members) => members.get(name),
                _ => None,
            };
            field.within(value, &path)?;
        }
        Ok(())
    }

    fn optional(self, name: &str, value: Option<Json>) -> Self {
        match value {
            Some(value) => self.field(name, Field::Value(value)),
            None => self,
        }
    }

    fn field(mut self, name: &str, field: Field) -> Self {
        self.0.insert(name.into(), field);
        self
    }
}

impl Field {
    fn within(&self, body: Option<&Json>, path: &str) -> Result<(), String> {
        match (self, body) {
            (Self::Value(read), Some(value)) if read == value => Ok(()),
            (Self::Record(record), Some(value)) => record.within(value, path),
            (Self::Records(records), Some(Json::Array(items))) if records.len() == items.len() => {
                records
                    .iter()
                    .zip(items)
                    .enumerate()
                    .try_for_each(|(index, (record, item))| {
                        record.within(item, &format!("{path}/{index}"))
                    })
            }
            (read, Some(value)) => Err(format!(
                "the typed payload has {read:?} at {path}, the body {value}"
            )),
            (read, None) => Err(format!(
                "the typed payload has {read:?} at {path}, the body nothing"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Json {
        Json::parse(
            r#"{"id": "c", "score": -0, "gone": null, "data": {"x": 1.50}, "new": [1], "kind": {"code": "k", "more": 1},
                "all": [{"code": "a"}, {"code": "b"}], "names": ["n"]}"#,
        )
        .expect("JSON")
    }

    fn reading() -> Reading {
        Reading::new()
            .text("id", "c")
            .number("score", -0.0)
            .optional_text("gone", None)
            .json("data", Some(r#"{"x":1.50}"#))
            .record("kind", Some(Reading::new().text("code", "k")))
            .records(
                "all",
                vec![
                    Reading::new().text("code", "a"),
                    Reading::new().text("code", "b"),
                ],
            )
            .texts("names", Some(&["n".into()]))
            .unknown(r#"{"new": [1]}"#)
    }

    #[test]
    fn a_faithful_reading_agrees() {
        assert_eq!(reading().agrees_with(&body()), Ok(()));
    }

    #[test]
    fn each_fault_is_seen() {
        let faults = [
            reading().text("id", "d"),
            reading().number("score", 0.0),
            reading().number("score", -5e-324),
            reading().text("gone", "x"),
            reading().text("extra", "x"),
            reading().json("data", Some("{}")),
            reading().json("data", Some("no JSON")),
            reading().record("kind", Some(Reading::new().text("code", "other"))),
            reading().records("all", vec![Reading::new().text("code", "a")]),
            reading().records(
                "all",
                vec![
                    Reading::new().text("code", "b"),
                    Reading::new().text("code", "a"),
                ],
            ),
            reading().texts("names", Some(&[])),
            reading().unknown(r#"{"new": [2]}"#),
            reading().unknown("[]"),
        ];
        for fault in faults {
            assert!(fault.agrees_with(&body()).is_err(), "{fault:?}");
        }
    }

    #[test]
    fn a_lost_field_is_named() {
        let reading = Reading::new().text("id", "c");
        let body = Json::parse(r#"{"id": "c", "new": true}"#).expect("JSON");
        assert_eq!(
            reading.agrees_with(&body),
            Err("the typed payload has lost \"new\": true".into())
        );
    }
}
