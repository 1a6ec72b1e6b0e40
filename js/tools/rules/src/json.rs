//! Walks the text of a JSON object that the core has checked, so that numbers keep their digits and strings their escapes.

use alloc::string::{String, ToString as _};

use docutray_webhook::signing::json_object;

use crate::fault::Fault;

/// The text of a JSON object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json<'t>(&'t str);

impl<'t> Json<'t> {
    /// Checks a body by the core's rules.
    pub(crate) fn check(body: &'t [u8]) -> Result<Self, Fault> {
        json_object(body)
            .map(Self)
            .map_err(|error| Fault::body(&error))
    }

    pub(crate) const fn text(self) -> &'t str {
        self.0
    }

    pub(crate) const fn tokens(self) -> Tokens<'t> {
        Tokens {
            text: self.0,
            at: 0,
        }
    }

    /// The same JSON without white space between its tokens.
    pub(crate) fn compact(self) -> String {
        self.tokens().map(|token| token.text).collect()
    }
}

/// A bracket, a comma, a colon, or a scalar with its quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    /// Its offset in the text.
    pub(crate) at: usize,
    pub(crate) text: &'t str,
}

impl Token<'_> {
    pub(crate) fn opens(&self) -> bool {
        matches!(self.text, "{" | "[")
    }

    pub(crate) fn closes(&self) -> bool {
        matches!(self.text, "}" | "]")
    }

    pub(crate) fn is_string(&self) -> bool {
        self.text.starts_with('"')
    }

    pub(crate) const fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The tokens of checked text.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl Tokens<'_> {
    /// Skips the rest of the value that begins with this token, and returns where the value ends.
    pub(crate) fn end_of(&mut self, first: &Token<'_>) -> usize {
        let mut end = first.end();
        let mut open = usize::from(first.opens());
        while open > 0 {
            let Some(token) = self.next() else { break };
            open += usize::from(token.opens());
            open -= usize::from(token.closes());
            end = token.end();
        }
        end
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.text.get(self.at..)?;
        let text = rest.trim_ascii_start();
        let at = self.at + rest.len() - text.len();
        let length = match text.as_bytes().first()? {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            b'"' => string_length(text),
            _ => text
                .find([',', ']', '}', ' ', '\t', '\n', '\r'])
                .unwrap_or(text.len()),
        };
        self.at = at + length;
        let text = text.get(..length)?;
        Some(Token { at, text })
    }
}

/// The length of the string at the beginning, with its quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (place, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// The characters of a string token. Undefined if it has an escape that is only half of a character, such as `\ud83d`.
pub(crate) fn characters(token: &str) -> Option<String> {
    serde_json::from_str(token).ok()
}

/// Writes a string as JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn tokens_keep_digits_and_escapes_and_know_their_place() {
        let text = " { \"a\\\"}\" : [1250.00 , -0,1e400],\n\"b\":{}, \"c\" :null } ";
        let json = Json::check(text.as_bytes()).unwrap();
        assert_eq!(
            json.compact(),
            r#"{"a\"}":[1250.00,-0,1e400],"b":{},"c":null}"#
        );
        for token in json.tokens() {
            assert_eq!(text.get(token.at..token.end()), Some(token.text));
        }
        let mut tokens = json.tokens();
        let starts: Vec<_> = tokens.by_ref().take(4).collect();
        assert_eq!(starts[3].text, "[");
        assert_eq!(
            text.get(..tokens.end_of(&starts[3])).unwrap().len(),
            text.find(']').unwrap() + 1
        );
    }

    #[test]
    fn what_is_no_json_object_is_a_fault_that_says_where() {
        let fault = Json::check(b"{\"a\":01}").unwrap_err();
        assert_eq!(
            (fault.code, fault.field),
            ("malformed_payload", Some("body"))
        );
        assert!(fault.message.contains("line 1, column 7"), "{fault}");
    }
}
