//! The grammar of a timestamp: Unix time in seconds, as 1 to 12 decimal digits.

use super::grammar::Grammar;
use alloc::{borrow::ToOwned, string::String};

/// 12 digits suffice until the year 33658, and sums with such numbers cannot overflow.
const MAX_DIGITS: usize = 12;

/// A timestamp as number and as text. The text is kept because the MAC covers it, leading zeros included.
#[derive(Clone, Debug)]
pub(crate) struct Timestamp {
    text: String,
    seconds: u64,
}

impl Timestamp {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) const fn seconds(&self) -> u64 {
        self.seconds
    }
}

impl Grammar for Timestamp {
    const EXPECTED: &'static str = "1 to 12 ASCII digits (Unix time in seconds)";

    fn parse(value: &[u8]) -> Option<Self> {
        // `str::parse` would accept a sign, so the digits are checked first.
        if !(1..=MAX_DIGITS).contains(&value.len()) || !value.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let text = core::str::from_utf8(value).ok()?.to_owned();
        let seconds = text.parse().ok()?;
        Some(Self { text, seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_1_to_12_digits() {
        for (value, seconds) in [
            ("0", 0),
            ("1705314600", 1_705_314_600),
            ("000000000012", 12),
            ("999999999999", 999_999_999_999),
        ] {
            let timestamp = Timestamp::parse(value.as_bytes()).unwrap();
            assert_eq!((timestamp.as_str(), timestamp.seconds()), (value, seconds));
        }
    }

    #[test]
    fn refuses_every_other_form() {
        for value in [
            "",
            "1000000000000",
            "+1",
            "-1",
            "1.0",
            "1e9",
            "0x10",
            "1 2",
            "1705314600s",
            "１２",
            "1_000",
        ] {
            assert!(Timestamp::parse(value.as_bytes()).is_none(), "{value}");
        }
    }
}
