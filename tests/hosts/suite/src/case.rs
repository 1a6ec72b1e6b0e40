//! One case: a configuration, a delivery, and the expected result.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// One case of a file.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// The case's name in reports.
    pub name: String,
    /// How the verifier is built.
    pub config: Config,
    /// The clock, in Unix seconds.
    pub now: u64,
    /// The entry point.
    pub call: Call,
    /// Names and values as sent; a name may come twice.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    #[serde(rename = "body_base64", default, deserialize_with = "from_base64")]
    pub body: Vec<u8>,
    /// The sizes of the pieces in which a stream gets its body. The rest is one more piece.
    #[serde(default, deserialize_with = "or_default")]
    pub chunks: Vec<usize>,
    /// The expected result, as text, since it may contain lone surrogates and numbers beyond a double.
    pub expect: Box<RawValue>,
}

/// The options of a verifier. What is absent has the library's default.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The secrets, newest first.
    #[serde(default, deserialize_with = "or_default")]
    pub secrets: Vec<String>,
    /// The registered URLs; none is the opt-out, a body-only verifier.
    #[serde(default, deserialize_with = "or_default")]
    pub urls: Vec<String>,
    /// The tolerance in seconds.
    #[serde(default)]
    pub tolerance: Option<u64>,
    /// The largest body in bytes.
    #[serde(default)]
    pub max_body: Option<u64>,
}

/// An entry point of the library.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// The whole pipeline, the body in one piece.
    Verify,
    /// The metadata alone.
    Authorize,
    /// The whole pipeline, the body in pieces.
    Stream,
}

impl Case {
    /// The body in the pieces that a stream gets.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.body.as_slice();
        let mut sizes = self.chunks.iter();
        core::iter::from_fn(move || {
            let size = match sizes.next() {
                Some(&size) => size.min(rest.len()),
                None if rest.is_empty() => return None,
                None => rest.len(),
            };
            let (piece, after) = rest.split_at(size);
            rest = after;
            Some(piece)
        })
    }
}

/// `null` says the same as an absent member.
fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text: String = or_default(deserializer)?;
    BASE64_STANDARD
        .decode(text)
        .map_err(|error| de::Error::custom(format!("`body_base64` is not base64: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(chunks: &str) -> Case {
        let text = format!(
            r#"{{"name": "n", "config": {{}}, "now": 1, "call": "stream", "headers": [],
                "body_base64": "YWJjZGU=", "chunks": {chunks}, "expect": {{}}}}"#
        );
        serde_json::from_str(&text).expect("a case")
    }

    #[test]
    fn chunks_cut_the_body_and_the_rest_is_one_more() {
        assert_eq!(
            case("[2, 0, 1]").pieces().collect::<Vec<_>>(),
            [&b"ab"[..], b"", b"c", b"de"]
        );
        assert_eq!(case("[]").pieces().collect::<Vec<_>>(), [b"abcde"]);
        assert_eq!(case("[5]").pieces().collect::<Vec<_>>(), [b"abcde"]);
    }

    #[test]
    fn null_is_absent() {
        let text = r#"{"name": "n", "config": {"secrets": ["s"], "urls": null, "tolerance": null, "max_body": null},
            "now": 1, "call": "authorize", "headers": [], "body_base64": null, "chunks": null, "expect": {}}"#;
        let case: Case = serde_json::from_str(text).expect("a case");
        assert_eq!(case.config.tolerance, None);
        assert!(case.config.urls.is_empty() && case.body.is_empty() && case.chunks.is_empty());
    }

    #[test]
    fn chunks_past_the_end_are_empty() {
        assert_eq!(
            case("[4, 9, 9]").pieces().collect::<Vec<_>>(),
            [&b"abcd"[..], b"e", b""]
        );
    }
}
