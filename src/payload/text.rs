//! The characters of a JSON string. Escapes are decoded while comparing or checking, without building a string.

use core::{fmt, str::Chars};

/// The text of a string in valid JSON.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    /// The text between the quotes.
    inside: &'t str,
    has_escapes: bool,
}

/// An escape that is only half of a character, such as `\ud83d` alone.
pub(super) struct LoneSurrogate;

impl<'t> Text<'t> {
    /// Returns `None` if the value is not a string.
    pub(super) fn of(value: &'t str) -> Option<Self> {
        let inside = value.strip_prefix('"')?.strip_suffix('"')?;
        Some(Self {
            inside,
            has_escapes: inside.contains('\\'),
        })
    }

    pub(super) const fn is_empty(self) -> bool {
        self.inside.is_empty()
    }

    /// Returns whether the string consists of whole characters, without lone surrogates (RFC 8259, 8.2).
    pub(super) fn is_whole(self) -> bool {
        !self.has_escapes || self.characters().all(|character| character.is_ok())
    }

    pub(super) fn is(self, other: &str) -> bool {
        if !self.has_escapes {
            return self.inside == other;
        }
        let mut others = other.chars();
        let mut own = self.characters();
        own.all(|character| character.ok().is_some_and(|own| others.next() == Some(own)))
            && others.next().is_none()
    }

    fn characters(self) -> Characters<'t> {
        Characters(self.inside.chars())
    }
}

/// Writes the string's characters. A lone surrogate becomes U+FFFD, but a checked string has none.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.has_escapes {
            return f.write_str(self.inside);
        }
        self.characters().try_for_each(|character| {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            fmt::Write::write_char(f, character)
        })
    }
}

struct Characters<'t>(Chars<'t>);

impl Iterator for Characters<'_> {
    type Item = Result<char, LoneSurrogate>;

    fn next(&mut self) -> Option<Self::Item> {
        let character = match self.0.next()? {
            '\\' => match self.0.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => return Some(self.after_u()),
                itself => itself,
            },
            itself => itself,
        };
        Some(Ok(character))
    }
}

impl Characters<'_> {
    /// Decodes the four digits after `\u` as a UTF-16 unit. A high surrogate needs the low surrogate that follows it.
    fn after_u(&mut self) -> Result<char, LoneSurrogate> {
        let first = unit(&mut self.0);
        if let Some(character) = char::from_u32(first.into()) {
            return Ok(character);
        }
        let mut ahead = self.0.clone();
        if ahead.next() == Some('\\') && ahead.next() == Some('u') {
            let pair = [first, unit(&mut ahead)];
            if let Some(Ok(character)) = char::decode_utf16(pair).next() {
                self.0 = ahead;
                return Ok(character);
            }
        }
        Err(LoneSurrogate)
    }
}

fn unit(digits: &mut Chars<'_>) -> u16 {
    let digits = digits
        .by_ref()
        .take(4)
        .filter_map(|digit| digit.to_digit(16));
    digits.fold(0, |unit, digit| {
        unit << 4 | u16::try_from(digit).unwrap_or_default()
    })
}
