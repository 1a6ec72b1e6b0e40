//! What a body may have been before something on its way changed it.

use alloc::{format, string::String, vec::Vec};
use core::cell::Cell;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    mistake::Mistake,
    request::ExplainRequest,
    rewriting::{ascii, from_utf16, laid_out, rewritten, spaced},
    trial::Trial,
};
use crate::json::{Json, characters, quoted};

/// How many bytes of candidates are hashed in all: anybody may send a forged delivery, and a listener explains each. Only of a
/// large body not all are tried.
pub(super) const BUDGET: usize = 16 * 1024 * 1024;

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
        name: LINE_ENDS,
        advice: "The line ends of the body became CR LF.",
        undo: |body| text(body).map(|text| text.replace("\r\n", "\n").into_bytes()),
    },
    Undo {
        name: LINE_ENDS,
        advice: "The line ends of the body became LF.",
        undo: |body| {
            let text = text(body)?.replace("\r\n", "\n");
            Some(text.replace('\n', "\r\n").into_bytes())
        },
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
    let fits = |body: &[u8]| trial.body_fits(&request.secrets, body);
    lost(received)
        .or_else(|| fitting(received, BUDGET, fits))
        .or_else(|| cut(request))
}

/// Tries each change alone, then two together, as long as the budget lasts.
fn fitting(received: &[u8], budget: usize, fits: impl Fn(&[u8]) -> bool) -> Option<Mistake> {
    let budget = Cell::new(budget);
    let is_within = |body: &[u8]| {
        let left = budget.get().checked_sub(body.len());
        budget.set(left.unwrap_or_default());
        left.is_some()
    };
    for (body, mistake) in undone(received).take_while(|(body, _)| is_within(body)) {
        if fits(&body) {
            return Some(mistake);
        }
    }
    for (once, first) in undone(received).take_while(|(body, _)| is_within(body)) {
        for (body, second) in undone(&once).take_while(|(body, _)| is_within(body)) {
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

/// A body of another length than was announced.
fn cut(request: &ExplainRequest) -> Option<Mistake> {
    let [announced] = *request.header("content-length") else {
        return None;
    };
    let announced: usize = announced.parse().ok()?;
    let length = request.body.0.len();
    (announced != length).then(|| {
        let advice = format!(
            "Content-Length announced {announced} bytes, and the body has {length}: it was changed or cut after it had arrived. \
             Numbers lose digits when JSON is serialised again (1250.00 becomes 1250). Pass the bytes as they came."
        );
        Mistake::of("body_length", advice)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_is_bounded_whatever_the_body_s_size() {
        let mut body = br#"{"a":"1/","b":["#.to_vec();
        body.resize(100_000, b' ');
        body.extend(b"1]}");
        for (budget, fewest) in [(0, 0), (250_000, 2), (10_000_000, 20)] {
            let hashed = Cell::new(0);
            let tried = Cell::new(0);
            let found = fitting(&body, budget, |body| {
                hashed.set(hashed.get() + body.len());
                tried.set(tried.get() + 1);
                false
            });
            assert_eq!(found, None);
            assert!(hashed.get() <= budget, "{budget}");
            assert!(tried.get() >= fewest, "{budget}");
        }
    }
}
