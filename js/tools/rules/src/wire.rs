//! Bytes and header fields as JSON has them.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

/// Header fields as they are on the wire: in order, with the case of their names, a repeated name once for each value.
pub type Fields = Vec<(String, String)>;

/// Bytes: as text where they are UTF-8, otherwise in base64.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", try_from = "Form", into = "Form")]
pub struct Bytes(pub Vec<u8>);

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

/// A delivery as it is sent or as it came.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DeliveryBytes {
    /// All header fields.
    pub headers: Fields,
    /// The body.
    pub body: Bytes,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Form {
    Text(String),
    Base64(String),
}

impl From<Bytes> for Form {
    fn from(Bytes(bytes): Bytes) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Base64(STANDARD.encode(error.as_bytes())),
        }
    }
}

impl TryFrom<Form> for Bytes {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        match form {
            Form::Text(text) => Ok(Self(text.into_bytes())),
            Form::Base64(text) => STANDARD
                .decode(text)
                .map(Self)
                .map_err(|error| error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_text_where_they_are_utf8_and_come_back() {
        for (bytes, json) in [
            (b"{\"a\":1}".to_vec(), r#"{"text":"{\"a\":1}"}"#),
            (b"\xff\x00".to_vec(), r#"{"base64":"/wA="}"#),
        ] {
            let bytes = Bytes(bytes);
            assert_eq!(serde_json::to_string(&bytes).unwrap(), json);
            assert_eq!(serde_json::from_str::<Bytes>(json).unwrap(), bytes);
        }
        assert!(serde_json::from_str::<Bytes>(r#"{"base64":"%"}"#).is_err());
    }
}
