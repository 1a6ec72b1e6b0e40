//! What a secret may have been before it was configured.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use super::mistake::Mistake;
use crate::secret::Secret;

/// The prefix of secrets in many services' webhooks.
const PREFIX: &str = "whsec_";
const QUOTES: [(char, char); 6] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{ab}', '\u{bb}'),
];

/// A way to undo a mistake. Undefined if the mistake was not made.
struct Undo {
    name: &'static str,
    advice: &'static str,
    undo: fn(&str) -> Option<String>,
}

const UNDO: [Undo; 10] = [
    Undo {
        name: "secret_white_space",
        advice: "The secret has white space or a line end around it: remove it.",
        undo: |secret| Some(secret.trim().into()),
    },
    Undo {
        name: "secret_escaped_line_end",
        advice: "The secret ends with the two characters \\n or \\r: remove them.",
        undo: |secret| {
            let without = secret.strip_suffix("\\n").unwrap_or(secret);
            Some(without.strip_suffix("\\r").unwrap_or(without).into())
        },
    },
    Undo {
        name: "secret_quotes",
        advice: "The secret is in quotation marks: remove them.",
        undo: |secret| {
            let within = |(open, close)| secret.strip_prefix(open)?.strip_suffix(close);
            QUOTES.into_iter().find_map(within).map(Into::into)
        },
    },
    Undo {
        name: "secret_assignment",
        advice: "The secret has the name of its variable before it (NAME=secret): configure only what stands behind the =.",
        undo: |secret| Some(secret.split_once('=')?.1.into()),
    },
    Undo {
        name: "secret_invisible",
        advice: "The secret contains an invisible character, such as a byte order mark or a zero-width space: type it anew.",
        undo: |secret| {
            Some(
                secret
                    .chars()
                    .filter(|character| !is_invisible(*character))
                    .collect(),
            )
        },
    },
    Undo {
        name: "secret_base64",
        advice: "The secret is in base64, as in a Kubernetes manifest: decode it.",
        undo: |secret| {
            let bare = secret.trim_end_matches('=');
            let decoded = STANDARD_NO_PAD
                .decode(bare)
                .or_else(|_| URL_SAFE_NO_PAD.decode(bare));
            String::from_utf8(decoded.ok()?).ok()
        },
    },
    Undo {
        name: "secret_hex",
        advice: "The secret is in hexadecimal digits: decode it.",
        undo: from_hex,
    },
    Undo {
        name: "secret_decoded",
        advice: "The secret was decoded from base64: configure it as Docutray shows it.",
        undo: |secret| Some(STANDARD.encode(secret)),
    },
    Undo {
        name: "secret_prefix",
        advice: "The secret lacks its prefix: configure it as Docutray shows it.",
        undo: |secret| (!secret.starts_with(PREFIX)).then(|| format!("{PREFIX}{secret}")),
    },
    Undo {
        name: "secret_prefix",
        advice: "The secret has a prefix that does not belong to it: configure it as Docutray shows it.",
        undo: |secret| secret.strip_prefix(PREFIX).map(Into::into),
    },
];

/// Returns what the secret may have been, first with one mistake undone, then with two.
pub(super) fn candidates(secret: &str) -> Vec<(Secret, Mistake)> {
    let single = undone(secret);
    let double = single.iter().flat_map(|(once, first)| {
        let twice = undone(once)
            .into_iter()
            .filter(|(twice, _)| twice != secret);
        twice.map(|(twice, second)| (twice, first.and(&second)))
    });
    let double: Vec<_> = double.collect();
    let all = single.into_iter().chain(double);
    all.map(|(secret, mistake)| (secret.into(), mistake))
        .collect()
}

fn undone(secret: &str) -> Vec<(String, Mistake)> {
    let undone = UNDO.iter().filter_map(|Undo { name, advice, undo }| {
        let before = undo(secret).filter(|before| before != secret && !before.is_empty())?;
        Some((before, Mistake::of(name, *advice)))
    });
    undone.collect()
}

const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
    )
}

fn from_hex(digits: &str) -> Option<String> {
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let byte = |pair: &[u8; 2]| {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        u8::try_from(high? << 4 | low?).ok()
    };
    let bytes = pairs.iter().map(byte).collect::<Option<Vec<_>>>()?;
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())
        .map(|text| text.to_string())
}
