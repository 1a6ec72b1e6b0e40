//! The grammar of an event's name: `[A-Z][A-Z0-9_]{0,63}`. It admits events that Docutray may add later.

use super::grammar::Grammar;
use alloc::{borrow::ToOwned, string::String};

const MAX_LENGTH: usize = 64;

/// A well-formed event name, which this version may or may not know.
#[derive(Clone, Debug)]
pub(crate) struct EventName(String);

impl EventName {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl Grammar for EventName {
    const EXPECTED: &'static str =
        "a capital letter and up to 63 capital letters, digits and underscores";

    fn parse(value: &[u8]) -> Option<Self> {
        let [first, rest @ ..] = value else {
            return None;
        };
        let may_follow = |byte: &u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
        if value.len() > MAX_LENGTH || !first.is_ascii_uppercase() || !rest.iter().all(may_follow) {
            return None;
        }
        Some(Self(core::str::from_utf8(value).ok()?.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parses(value: &str) -> bool {
        EventName::parse(value.as_bytes()).is_some()
    }

    #[test]
    fn takes_1_to_64_characters() {
        assert!(parses("A"));
        assert!(parses("CONVERSION_COMPLETED"));
        assert!(parses("V2_X9__"));
        assert!(parses(&"E".repeat(64)));
        assert!(!parses(&"E".repeat(65)));
    }

    #[test]
    fn refuses_every_other_form() {
        for value in [
            "", "_A", "9A", "a", "Aa", "A-B", "A B", "A|B", "É", "AÉ", "A\0",
        ] {
            assert!(!parses(value), "{value}");
        }
    }
}
