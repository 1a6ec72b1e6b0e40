//! Writes a body as other programs would: in other layouts, with other escapes, in another encoding.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt::Write as _;

use crate::json::{Json, Token};

/// Reads a JSON object in UTF-16, with or without its mark, and writes it in UTF-8.
pub(super) fn from_utf16(body: &[u8]) -> Option<Vec<u8>> {
    let (pairs, []) = body.as_chunks::<2>() else {
        return None;
    };
    // The first character of a JSON object is ASCII.
    let unit = match pairs.first()? {
        [0xff, 0xfe] | [_, 0] => u16::from_le_bytes,
        [0xfe, 0xff] | [0, _] => u16::from_be_bytes,
        _ => return None,
    };
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Option<String> = char::decode_utf16(units).map(Result::ok).collect();
    Some(
        text?
            .trim_start_matches('\u{feff}')
            .to_string()
            .into_bytes(),
    )
}

/// Writes JSON over several lines, as most serialisers do it. Empty containers stay on one line.
pub(super) fn laid_out(body: &[u8], line_end: &str, indent: &str, colon: &str) -> Option<Vec<u8>> {
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut is_first = true;
    let line = |text: &mut String, depth: usize| {
        text.push_str(line_end);
        (0..depth).for_each(|_| text.push_str(indent));
    };
    for token in Json::check(body).ok()?.tokens() {
        if token.closes() {
            depth = depth.saturating_sub(1);
            if !is_first {
                line(&mut text, depth);
            }
        } else if is_first && depth > 0 {
            line(&mut text, depth);
        }
        is_first = token.opens();
        text.push_str(if token.text == ":" { colon } else { token.text });
        if token.opens() {
            depth += 1;
        } else if token.text == "," {
            line(&mut text, depth);
        }
    }
    Some(text.into_bytes())
}

/// Writes JSON with a space after each comma and colon, as Python's `json.dumps` does.
pub(super) fn spaced(body: &[u8]) -> Option<Vec<u8>> {
    let tokens = Json::check(body).ok()?.tokens();
    let text: String = tokens
        .map(|token| match token.text {
            "," => ", ",
            ":" => ": ",
            text => text,
        })
        .collect();
    Some(text.into_bytes())
}

/// Writes each string of the JSON anew, and leaves the rest as it is.
pub(super) fn rewritten(body: &[u8], string: fn(&str) -> Option<String>) -> Option<Vec<u8>> {
    let json = Json::check(body).ok()?;
    let mut text = String::new();
    let mut written = 0;
    for token in json.tokens().filter(Token::is_string) {
        text.push_str(json.text().get(written..token.at)?);
        text.push_str(&string(token.text)?);
        written = token.end();
    }
    text.push_str(json.text().get(written..)?);
    Some(text.into_bytes())
}

/// Writes each character beyond ASCII as `\u` escapes.
pub(super) fn ascii(string: &str) -> String {
    let mut text = String::new();
    for character in string.chars() {
        if character.is_ascii() {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            let _ = write!(text, "{}", format_args!("\\u{unit:04x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    const COMPACT: &str = r#"{"a":[],"b":{"c":1250.00,"d":"é / x"},"e":[1,{"f":null}]}"#;

    #[test]
    fn layouts_are_those_of_the_usual_serialisers() {
        let pretty = "{\n  \"a\": [],\n  \"b\": {\n    \"c\": 1250.00,\n    \"d\": \"é / x\"\n  },\n  \"e\": [\n    1,\n    {\n      \"f\": null\n    }\n  ]\n}";
        let laid_out = laid_out(COMPACT.as_bytes(), "\n", "  ", ": ").unwrap();
        assert_eq!(String::from_utf8(laid_out).unwrap(), pretty);
        let python = r#"{"a": [], "b": {"c": 1250.00, "d": "é / x"}, "e": [1, {"f": null}]}"#;
        assert_eq!(spaced(pretty.as_bytes()).unwrap(), python.as_bytes());
    }

    #[test]
    fn strings_are_written_anew_and_the_rest_stays() {
        let escaped = rewritten(b"{ \"a\":\"\xf0\x9f\x98\x80\" , \"n\":1.0}", |string| {
            Some(ascii(string))
        });
        assert_eq!(escaped.unwrap(), b"{ \"a\":\"\\ud83d\\ude00\" , \"n\":1.0}");
        assert_eq!(
            format!("{:?}", from_utf16(b"{\0}\0")),
            format!("{:?}", Some(b"{}".to_vec()))
        );
    }
}
