//! JSON values as the suite compares them: numbers as doubles, bit by bit, text that may hold lone surrogates, the last of
//! several equal keys. `serde_json::Value` holds neither `1e400` nor `"\ud83d"`, and hosts speak of both.

use std::{collections::BTreeMap, fmt, fmt::Write as _};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// Deeper than any payload that a verifier lets through; a host that prints more is at fault.
const MAX_DEPTH: usize = 256;
/// The key of a number that a host's JSON cannot write: `{"$number": "Infinity"}`, `{"$number": "-0"}`.
const NUMBER_TAG: &[u8] = b"$number";

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; beyond the range of a double an infinity.
    Number(Double),
    /// A string or a key.
    String(Text),
    /// An array.
    Array(Vec<Json>),
    /// An object: of equal keys the last, as JavaScript has it.
    Object(BTreeMap<Text, Json>),
}

/// A double that equals another of the same bits: `-0` is not `0`.
#[derive(Clone, Copy)]
pub struct Double(f64);

/// A string of JSON in generalised UTF-8 ("WTF-8"): a lone surrogate takes three bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(Vec<u8>);

impl Json {
    /// Parses one JSON text.
    ///
    /// # Errors
    /// If it is not JSON, or is nested deeper than any result.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        Self::from_raw(serde_json::from_str(text)?, MAX_DEPTH)
    }

    /// The value under `key`, of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(&Text::from(key)),
            _ => None,
        }
    }

    fn from_raw(raw: &RawValue, depth: usize) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        let Some(depth) = depth.checked_sub(1) else {
            return Err(de::Error::custom(format!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        };
        match text.as_bytes().first() {
            Some(b'{') => Self::object(serde_json::from_str(text)?, depth),
            Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(text)?
                .into_iter()
                .map(|item| Self::from_raw(item, depth))
                .collect::<Result<_, _>>()
                .map(Self::Array),
            Some(b'"') => serde_json::from_str(text).map(Self::String),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Bool),
            Some(b'n') => Ok(Self::Null),
            // Not serde_json's number, which refuses what a double cannot hold; Rust rounds it, as JavaScript does.
            _ => text
                .parse::<f64>()
                .map(|value| Self::Number(value.into()))
                .map_err(de::Error::custom),
        }
    }

    fn object(members: BTreeMap<Text, &RawValue>, depth: usize) -> Result<Self, serde_json::Error> {
        let members = members
            .into_iter()
            .map(|(key, value)| Ok((key, Self::from_raw(value, depth)?)))
            .collect::<Result<BTreeMap<_, _>, serde_json::Error>>()?;
        Ok(tagged_number(&members).map_or(Self::Object(members), Self::Number))
    }
}

fn tagged_number(members: &BTreeMap<Text, Json>) -> Option<Double> {
    match members.first_key_value() {
        Some((Text(key), Json::String(Text(value)))) if key == NUMBER_TAG && members.len() == 1 => {
            match &**value {
                b"Infinity" => Some(f64::INFINITY.into()),
                b"-Infinity" => Some(f64::NEG_INFINITY.into()),
                b"-0" => Some((-0.0).into()),
                _ => None,
            }
        }
        _ => None,
    }
}

impl From<f64> for Double {
    fn from(value: f64) -> Self {
        Self(value)
    }
}

impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Double {}

/// The shortest digits that no other double has.
impl fmt::Debug for Double {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.0)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text, E> {
                Ok(Text(bytes.to_vec()))
            }
        }
        // As bytes: the one way in which serde_json hands over a lone surrogate.
        deserializer.deserialize_bytes(Visitor)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_char('"')?;
        let mut bytes = self.0.as_slice();
        while !bytes.is_empty() {
            let chunk = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let json = serde_json::to_string(chunk).map_err(|_| fmt::Error)?;
            formatter.write_str(json.trim_matches('"'))?;
            bytes = bytes.get(chunk.len()..).unwrap_or_default();
            if let [0xed, high, low, rest @ ..] = bytes {
                let unit = 0xd000 | u32::from(high & 0x3f) << 6 | u32::from(low & 0x3f);
                write!(formatter, "\\u{unit:04x}")?;
                bytes = rest;
            } else if let [other, rest @ ..] = bytes {
                write!(formatter, "\\x{other:02x}")?;
                bytes = rest;
            }
        }
        formatter.write_char('"')
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(value) => write!(formatter, "{value:?}"),
            Self::String(text) => write!(formatter, "{text}"),
            Self::Array(items) => {
                formatter.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    write!(formatter, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                formatter.write_char(']')
            }
            Self::Object(members) => {
                formatter.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    write!(
                        formatter,
                        "{}{key}: {value}",
                        if index == 0 { "" } else { ", " }
                    )?;
                }
                formatter.write_char('}')
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).expect(text)
    }

    #[test]
    fn numbers_are_doubles() {
        assert_eq!(json("1"), json("1.0e0"));
        assert_eq!(json("9007199254740993"), json("9007199254740992"));
        assert_ne!(json("0.1"), json("0.10000000000000002"));
        assert_ne!(json("5e-324"), json("1e-323"));
        assert_ne!(json("0"), json("-0"));
        assert_eq!(json("-0.0"), json(r#"{"$number": "-0"}"#));
        assert_eq!(json("-0").to_string(), "-0.0");
        assert_eq!(json("1e400"), json(r#"{"$number": "Infinity"}"#));
        assert_eq!(json("-1e400"), json(r#"{"$number": "-Infinity"}"#));
        assert_ne!(json("1e400"), json("-1e400"));
        assert_ne!(json("1e400"), json("null"));
    }

    #[test]
    fn lone_surrogates_are_told_apart() {
        assert_ne!(json(r#""\ud83d""#), json(r#""\ud83e""#));
        assert_ne!(json(r#""\ud83d""#), json(r#""\ufffd""#));
        assert_eq!(json(r#""\ud83d\ude00""#), json(r#""😀""#));
        assert_ne!(json(r#""\ud83d \ude00""#), json(r#""😀""#));
        assert_ne!(json(r#"{"\ud83d": 1}"#), json(r#"{"\ud83e": 1}"#));
    }

    #[test]
    fn the_last_of_equal_keys_wins() {
        assert_eq!(
            json(r#"{"a": 1, "b": 0, "\u0061": 2}"#),
            json(r#"{"b": 0, "a": 2}"#)
        );
        assert_ne!(json(r#"{"a": 1, "a": 2}"#), json(r#"{"a": 1}"#));
    }

    #[test]
    fn members_have_no_order_and_items_have() {
        assert_eq!(json(r#"{"a": [], "b": {}}"#), json(r#"{"b": {}, "a": []}"#));
        assert_ne!(json("[1, 2]"), json("[2, 1]"));
        assert_ne!(json("[]"), json("{}"));
    }

    #[test]
    fn a_tag_beside_other_members_is_an_object() {
        assert!(matches!(
            json(r#"{"$number": "Infinity", "a": 1}"#),
            Json::Object(_)
        ));
        assert!(matches!(json(r#"{"$number": "7"}"#), Json::Object(_)));
    }

    #[test]
    fn what_is_printed_reads_back() {
        for text in [
            r#"{"a": [1.5, null, true, "x\n\"é\ud83d😀\ude00"]}"#,
            r#""\ud83d""#,
            "[]",
            "{}",
        ] {
            assert_eq!(json(&json(text).to_string()), json(text), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Json::parse(&nested(MAX_DEPTH)).is_ok());
        assert!(Json::parse(&nested(MAX_DEPTH + 1)).is_err());
        assert!(Json::parse(&nested(100_000)).is_err());
    }
}
