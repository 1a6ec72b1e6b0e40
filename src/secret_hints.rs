//! What looks like a mistake in a configured secret. A secret is used exactly as given all the same: a hint is only for the
//! operator's log.

use core::fmt;

/// Marks that nobody sees: soft hyphen, zero-width and directional marks, word joiner, byte order mark.
const INVISIBLE: [char; 15] = [
    '\u{ad}',
    '\u{180e}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    BYTE_ORDER_MARK,
    '\u{2028}',
];
const BYTE_ORDER_MARK: char = '\u{feff}';
/// Opening and closing marks.
const QUOTES: [(char, char); 8] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{2039}', '\u{203a}'),
];
/// What a program makes of a value that is not there.
const NO_VALUES: [&str; 4] = ["undefined", "null", "None", "[object Object]"];

/// What looks like a mistake in a secret. It says nothing else about the secret.
///
/// [`Display`](fmt::Display) writes a sentence for the operator. It may be logged, but not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecretHint {
    /// It begins or ends with a line end, as the content of a file does.
    LineEnd,
    /// It begins or ends with other white space.
    WhiteSpace,
    /// It ends with the two characters `\n` or `\r`.
    EscapedLineEnd,
    /// It is in quotation marks.
    Quotes,
    /// It begins with a byte order mark (U+FEFF).
    ByteOrderMark,
    /// It contains a mark that nobody sees, such as a zero-width space (U+200B).
    Invisible,
    /// It is what a program makes of a missing value, such as `undefined`. Anybody could guess it.
    NoValue,
}

impl SecretHint {
    const ALL: [Self; 7] = [
        Self::LineEnd,
        Self::WhiteSpace,
        Self::EscapedLineEnd,
        Self::Quotes,
        Self::ByteOrderMark,
        Self::Invisible,
        Self::NoValue,
    ];

    fn fits(self, secret: &str) -> bool {
        let within = secret.trim();
        let after_mark = secret.strip_prefix(BYTE_ORDER_MARK);
        match self {
            Self::LineEnd => {
                secret.starts_with(['\n', '\r'])
                    || secret.trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
            }
            Self::WhiteSpace => within != secret && !Self::LineEnd.fits(secret),
            Self::EscapedLineEnd => within.ends_with("\\n") || within.ends_with("\\r"),
            Self::Quotes => {
                let marked = after_mark.unwrap_or(within);
                let is_in = |(open, close)| {
                    let rest = marked.strip_prefix(open);
                    rest.is_some_and(|rest| rest.ends_with(close))
                };
                QUOTES.into_iter().any(is_in)
            }
            Self::ByteOrderMark => after_mark.is_some(),
            Self::Invisible => after_mark.unwrap_or(secret).contains(INVISIBLE),
            Self::NoValue => NO_VALUES.contains(&within),
        }
    }
}

impl fmt::Display for SecretHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A configured secret ")?;
        f.write_str(match self {
            Self::LineEnd => "begins or ends with white space, a line end",
            Self::WhiteSpace => "begins or ends with white space",
            Self::EscapedLineEnd => "ends with the two characters \\n or \\r",
            Self::Quotes => "is in quotation marks",
            Self::ByteOrderMark => "begins with a byte order mark (U+FEFF)",
            Self::Invisible => "contains an invisible character, such as a zero-width space (U+200B)",
            Self::NoValue => {
                return f.write_str(
                    "is what a program makes of a missing value (undefined, null), so anybody could sign with it: pass \
                     the webhook's secret from Docutray.",
                );
            }
        })?;
        f.write_str(": it counts as part of the secret, so remove it unless it belongs there.")
    }
}

/// The hints on all secrets of a configuration: one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SecretHints(u8);

impl SecretHints {
    pub(crate) fn add(&mut self, secret: &str) {
        for (place, hint) in SecretHint::ALL.into_iter().enumerate() {
            self.0 |= u8::from(hint.fits(secret)) << place;
        }
    }

    /// Returns the hints, none of them twice.
    pub fn iter(self) -> impl Iterator<Item = SecretHint> {
        let hints = SecretHint::ALL.into_iter().enumerate();
        hints.filter_map(move |(place, hint)| (self.0 >> place & 1 == 1).then_some(hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::ToString, vec::Vec};

    fn hints(secret: &str) -> Vec<SecretHint> {
        let mut hints = SecretHints::default();
        hints.add(secret);
        hints.iter().collect()
    }

    #[test]
    fn a_usual_secret_has_no_hint() {
        for secret in [
            "whsec_4c1f",
            "a b",
            "it's",
            "\"",
            "a\"",
            "é",
            "pass\\word",
            "nullify",
            "x'y'",
        ] {
            assert_eq!(hints(secret), [], "{secret:?}");
        }
    }

    #[test]
    fn each_hint_is_a_sentence_of_its_own() {
        let hints = [
            (SecretHint::LineEnd, "a line end"),
            (SecretHint::WhiteSpace, "with white space: "),
            (SecretHint::EscapedLineEnd, r"\n or \r"),
            (SecretHint::Quotes, "quotation marks"),
            (SecretHint::ByteOrderMark, "U+FEFF"),
            (SecretHint::Invisible, "U+200B"),
            (SecretHint::NoValue, "anybody could sign"),
        ];
        for (hint, words) in hints {
            let sentence = hint.to_string();
            assert!(sentence.contains(words), "{sentence}");
            assert!(sentence.starts_with("A configured secret "), "{sentence}");
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }

    #[test]
    fn each_mistake_has_its_hint() {
        use SecretHint::*;
        let cases: [(&str, &[SecretHint]); 17] = [
            ("s\n", &[LineEnd]),
            ("s\r\n", &[LineEnd]),
            ("\ns", &[LineEnd]),
            ("s\n ", &[LineEnd]),
            (" s", &[WhiteSpace]),
            ("s\t", &[WhiteSpace]),
            ("s\u{a0}", &[WhiteSpace]),
            ("s\\n", &[EscapedLineEnd]),
            ("\"s\"", &[Quotes]),
            ("'s'", &[Quotes]),
            ("\u{201c}s\u{201d}", &[Quotes]),
            ("\"s\"\n", &[LineEnd, Quotes]),
            ("\u{feff}s", &[ByteOrderMark]),
            ("\u{feff}\"s\"", &[Quotes, ByteOrderMark]),
            ("s\u{200b}", &[Invisible]),
            ("a\u{2060}b", &[Invisible]),
            ("undefined", &[NoValue]),
        ];
        for (secret, expected) in cases {
            assert_eq!(hints(secret), expected, "{secret:?}");
        }
    }

    #[test]
    fn the_hints_on_several_secrets_are_collected_without_the_secrets() {
        let mut hints = SecretHints::default();
        for secret in ["whsec_1 ", "'whsec_2'", "whsec_3 "] {
            hints.add(secret);
        }
        let told: Vec<_> = hints.iter().map(|hint| hint.to_string()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        for sentence in told {
            assert!(!sentence.contains("whsec"), "{sentence}");
        }
    }
}
