//! Free-form JSON, kept as text.

use alloc::{boxed::Box, string::String};
use core::fmt;

/// Free-form JSON: the text of one value as received, with every digit and escape. An object of unknown fields is made anew
/// of their names and values as received. It may contain what a typed value cannot: numbers of any size, lone surrogate
/// escapes (`\ud83d`), repeated names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    pub(super) fn of(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Returns the text: valid JSON. Together with the objects around it, it was at most 128 levels deep.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for RawJson {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Returns the text without copying it.
impl From<RawJson> for String {
    fn from(json: RawJson) -> Self {
        json.0.into_string()
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `serde_json` writes the text as received, with every digit. Other formats get what `serde_json` gives them for its
/// `RawValue`: a structure of one string.
#[cfg(feature = "serde")]
impl serde::Serialize for RawJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json: &serde_json::value::RawValue =
            serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn free_form_json_is_read_as_the_text_that_was_received() {
        let text = r#"{ "total": 1.50, "half": "\ud83d" }"#;
        let json = RawJson::of(text);
        assert_eq!(json.as_str(), text);
        assert_eq!(json.as_ref(), text);
        assert_eq!(json.to_string(), text);
        assert_eq!(String::from(json), text);
    }
}
