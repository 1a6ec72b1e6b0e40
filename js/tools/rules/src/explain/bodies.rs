//! What a body may have been before something on its way changed it.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{mistakes::Mistake, trial::Trial};
use crate::json::{Json, Token, characters, quoted};

/// How many bytes of candidates are hashed in all. Only of a large body not all are tried.
const BUDGET: usize = 32 * 1024 * 1024;

/// A way to undo a change. Undefined if it cannot have happened.
struct Undo {
    name: &'static str,
    advice: &'static str,
    undo: fn(&[u8]) -> Option<Vec<u8>>,
}

const NEWLINE: &str = "body_trailing_newline";
const LINE_ENDS: &str = "body_line_ends";
const MARK: &str = "body_byte_order_mark";
const ENCODING: &str = "body_encoding";
const SERIALISED: &str = "body_serialised_again";
const ESCAPES: &str = "body_escapes";
const AGAIN: &str = "The body was parsed and serialised again: pass the bytes as they came.";
const BOM: &[u8] = b"\xef\xbb\xbf";

/// In the order in which they are tried.
const UNDO: [Undo; 21] = [
    Undo {
        name: NEWLINE,
        advice: "A line end was added to the body.",
        undo: |body| {
            let without = body.strip_suffix(b"\n")?;
            Some(without.strip_suffix(b"\r").unwrap_or(without).into())
        },
    },
    Undo {
        name: NEWLINE,
        advice: "The line end of the body was removed.",
        undo: |body| Some([body, b"\n"].concat()),
    },
    Undo {
        name: "body_white_space",
        advice: "White space was added around the body.",
        undo: |body| Some(body.trim_ascii().into()),
    },
    Undo {
        name: MARK,
        advice: "A byte order mark was added to the body.",
        undo: |body| body.strip_prefix(BOM).map(Into::into),
    },
    Undo {
        name: MARK,
        advice: "The byte order mark of the body was removed.",
        undo: |body| Some([BOM, body].concat()),
    },
    Undo {
        name: LINE_ENDS,
        advice: "The line ends of the body became CR LF.",
        undo: |body| text(body).map(|text| text.replace("\r\n", "\n").into_bytes()),
    },
    Undo {
        name: LINE_ENDS,
        advice: "The line ends of the body became LF.",
        undo: |body| text(body).map(|text| text.replace('\n', "\r\n").into_bytes()),
    },
    Undo {
        name: ENCODING,
        advice: "The body was changed to UTF-16: pass the bytes as they came.",
        undo: from_utf16,
    },
    Undo {
        name: ENCODING,
        advice: "The body was read as Latin-1 and written as UTF-8: pass the bytes as they came.",
        undo: |body| {
            let bytes = text(body)?
                .chars()
                .map(|character| u8::try_from(character).ok());
            bytes.collect()
        },
    },
    Undo {
        name: ENCODING,
        advice: "The body was written as Latin-1: pass the bytes as they came.",
        undo: |body| {
            let text: String = body.iter().copied().map(char::from).collect();
            Some(text.into_bytes())
        },
    },
    Undo {
        name: "body_base64",
        advice: "The body is in base64, as Lambda gives it with isBase64Encoded: decode it.",
        undo: |body| STANDARD.decode(body.trim_ascii()).ok(),
    },
    Undo {
        name: "body_quoted",
        advice: "The body is a JSON string of the JSON: it was serialised twice. Pass the bytes as they came.",
        undo: |body| characters(text(body)?.trim_ascii()).map(String::into_bytes),
    },
    Undo {
        name: SERIALISED,
        advice: AGAIN,
        undo: |body| Some(Json::check(body).ok()?.compact().into_bytes()),
    },
    Undo {
        name: SERIALISED,
        advice: AGAIN,
        undo: |body| laid_out(body, "\n", "  ", ": "),
    },
    Undo {
        name: SERIALISED,
        advice: AGAIN,
        undo: |body| laid_out(body, "\n", "    ", ": "),
    },
    Undo {
        name: SERIALISED,
        advice: AGAIN,
        undo: |body| laid_out(body, "\n", "\t", ": "),
    },
    Undo {
        name: SERIALISED,
        advice: AGAIN,
        undo: spaced,
    },
    Undo {
        name: ESCAPES,
        advice: "Characters of the body were written as \\u escapes: pass the bytes as they came.",
        undo: |body| rewritten(body, |string| Some(quoted(&characters(string)?))),
    },
    Undo {
        name: ESCAPES,
        advice: "The \\u escapes of the body were written as characters: pass the bytes as they came.",
        undo: |body| rewritten(body, |string| Some(ascii(string))),
    },
    Undo {
        name: ESCAPES,
        advice: "Slashes in the body were escaped: pass the bytes as they came.",
        undo: |body| rewritten(body, |string| Some(string.replace("\\/", "/"))),
    },
    Undo {
        name: ESCAPES,
        advice: "The escapes of slashes in the body were removed: pass the bytes as they came.",
        undo: |body| {
            rewritten(body, |string| {
                Some(string.replace("\\/", "/").replace('/', "\\/"))
            })
        },
    },
];

/// Returns the change of the body that made its signature differ.
pub(super) fn mistake(trial: &Trial<'_>) -> Option<Mistake> {
    let request = trial.request;
    let received = &*request.body.0;
    if let Some(mistake) = lost(received) {
        return Some(mistake);
    }
    let mut budget = BUDGET;
    let mut fits = |body: &[u8]| {
        let is_within = body.len() <= budget;
        budget = budget.saturating_sub(body.len());
        is_within && trial.body_fits(&request.secrets, body)
    };
    for (body, mistake) in undone(received) {
        if fits(&body) {
            return Some(mistake);
        }
    }
    // Two changes are tried only where all of them are quick.
    if received.len() > BUDGET / (2 * UNDO.len() * UNDO.len()) {
        return None;
    }
    for (once, first) in undone(received) {
        for (body, second) in undone(&once) {
            if fits(&body) {
                return Some(first.and(&second));
            }
        }
    }
    None
}

/// A body that says itself that it is not what was sent.
fn lost(body: &[u8]) -> Option<Mistake> {
    match body {
        b"" => Some(Mistake::of(
            "body_empty",
            "The body is empty: a body parser may have taken it before. Read the raw bytes before anything parses them.",
        )),
        b"[object Object]" => Some(Mistake::of(
            "body_object",
            "The body is a parsed object that became text: pass the bytes as they came.",
        )),
        _ => None,
    }
}

fn undone(body: &[u8]) -> impl Iterator<Item = (Vec<u8>, Mistake)> {
    UNDO.iter().filter_map(move |Undo { name, advice, undo }| {
        let before = undo(body).filter(|before| before != body)?;
        Some((before, Mistake::of(name, *advice)))
    })
}

fn text(body: &[u8]) -> Option<&str> {
    str::from_utf8(body).ok()
}

fn from_utf16(body: &[u8]) -> Option<Vec<u8>> {
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
fn laid_out(body: &[u8], line_end: &str, indent: &str, colon: &str) -> Option<Vec<u8>> {
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
fn spaced(body: &[u8]) -> Option<Vec<u8>> {
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
fn rewritten(body: &[u8], string: fn(&str) -> Option<String>) -> Option<Vec<u8>> {
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
fn ascii(string: &str) -> String {
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
