//! JSON text as received (RFC 8259): kept where it is free-form, checked as a whole before it is read.

use super::{members::Members, path::Path};
use crate::error::{Error, PayloadFault};
use alloc::{boxed::Box, string::String};
use core::fmt;

/// Counted from the payload's own object, which is level 1. One limit for every host, well below what any host's
/// parser can take.
const MAX_DEPTH: usize = 128;

/// Free-form JSON, as it was received: one value's text, every digit and escape of it. It may hold what a typed value
/// cannot: numbers of any size, lone surrogate escapes (`\ud83d`), the same name twice.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The body as one JSON object.
pub(super) fn object<'t>(
    text: &'t str,
    fields: &[&'static str],
    others: &[&'static str],
) -> Result<Members<'t, 'static>, Error> {
    let members = Members::read(text, Path::Body, fields, others)
        .map_err(|error| not_an_object(text, &error))?;
    if deeper_than(MAX_DEPTH, text) {
        return Err(Path::Body.fault(PayloadFault::TooDeep));
    }
    Ok(members)
}

fn not_an_object(text: &str, error: &serde_json::Error) -> Error {
    let fault = match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => PayloadFault::NotAnObject,
        Err(_) => PayloadFault::NotJson {
            line: error.line(),
            column: error.column(),
        },
    };
    Path::Body.fault(fault)
}

/// Whether valid JSON is nested deeper. `serde_json` limits only what it builds, not what it keeps as text.
fn deeper_than(limit: usize, json: &str) -> bool {
    let mut depth = 0;
    let mut in_string = false;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            // Skip the escaped byte: an escaped quote does not end the string.
            b'\\' => drop(bytes.next()),
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> String {
        "[".repeat(levels) + &"]".repeat(levels)
    }

    #[test]
    fn counts_levels() {
        for (json, depth) in [
            ("1", 0),
            ("{}", 1),
            ("[[],[[]]]", 3),
            (r#"{"a":"[[[[","b":[]}"#, 2),
            (r#"["\"[[", "\\", []]"#, 2),
        ] {
            assert!(!deeper_than(depth, json), "{json}");
            assert!(depth == 0 || deeper_than(depth - 1, json), "{json}");
        }
    }

    #[test]
    fn takes_128_levels() {
        let body = |levels| alloc::format!(r#"{{"a":{}}}"#, nested(levels));
        assert!(object(&body(127), &[], &[]).is_ok());
        let too_deep = Path::Body.fault(PayloadFault::TooDeep);
        assert_eq!(object(&body(128), &[], &[]).err(), Some(too_deep));
    }
}
