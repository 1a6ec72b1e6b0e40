//! Free-form JSON, kept as text.

use alloc::{boxed::Box, string::String};
use core::fmt;

/// Free-form JSON, as it was received: one value's text, every digit and escape of it. It may hold what a typed value
/// cannot: numbers of any size, lone surrogate escapes (`\ud83d`), the same name twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    pub(super) fn of(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text: valid JSON, not deeper than 128 levels together with what was around it.
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

/// The text, without a copy.
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

/// By `serde_json` it is written as it came, every digit of it. Other formats get what `serde_json` gives them for its
/// `RawValue`, which is a structure of one string.
#[cfg(feature = "serde")]
impl serde::Serialize for RawJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json: &serde_json::value::RawValue =
            serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}
