//! Writes the JSON of answers: one object of strings and numbers.

use alloc::string::String;
use core::fmt::{Display, Write as _};

/// A JSON object to which members are added.
pub(super) struct Object(String);

impl Object {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.quoted(value);
        self
    }

    /// Adds the member if there is a value.
    pub(super) fn optional_text(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub(super) fn number(mut self, name: &str, value: u16) -> Self {
        self.name(name);
        self.written(value);
        self
    }

    pub(super) fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }

    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.quoted(name);
        self.0.push(':');
    }

    /// Writes a JSON string. Only quotes, backslashes and control characters must be escaped (RFC 8259, 7).
    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for character in text.chars() {
            match character {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\u{8}' => self.0.push_str("\\b"),
                '\u{c}' => self.0.push_str("\\f"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                '\0'..=' ' if character != ' ' => {
                    self.written(format_args!("\\u{:04x}", u32::from(character)));
                }
                _ => self.0.push(character),
            }
        }
        self.0.push('"');
    }

    fn written(&mut self, value: impl Display) {
        let written = write!(self.0, "{value}");
        debug_assert!(written.is_ok(), "a String takes everything");
    }
}

#[cfg(test)]
mod tests {
    use super::Object;
    use alloc::string::String;
    use proptest::prelude::*;

    #[test]
    fn members_keep_their_order() {
        assert_eq!(Object::new().end(), "{}");
        let object = Object::new().text("a", "x").number("b", 503);
        let object = object.optional_text("c", None).optional_text("d", Some(""));
        assert_eq!(object.end(), r#"{"a":"x","b":503,"d":""}"#);
    }

    fn assert_written_as_by_serde_json(text: &str) {
        let written = serde_json::to_string(&serde_json::json!({ text: text })).unwrap();
        assert_eq!(Object::new().text(text, text).end(), written);
    }

    #[test]
    fn every_ascii_character_is_written_as_by_serde_json() {
        let ascii: String = (0..=0x7f_u8).map(char::from).collect();
        assert_written_as_by_serde_json(&ascii);
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_by_serde_json(text in any::<String>()) {
            assert_written_as_by_serde_json(&text);
        }
    }
}
