//! When the delivery was made: Unix time in seconds, as 1 to 12 decimal digits.

use super::grammar::Grammar;
use alloc::{borrow::ToOwned, string::String};

/// 12 digits last until the year 33658, and no sum with them can overflow.
const MAX_DIGITS: usize = 12;

/// The text is kept beside the number: the MAC covers what came, leading zeros and all.
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
        // The digits are checked first: `str::parse` would take a sign.
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
