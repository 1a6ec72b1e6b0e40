//! The grammar of a signature header: `sha256=` and 64 hexadecimal digits.

use super::grammar::Grammar;
use crate::secrets::ReceivedMac;

const PREFIX: &[u8] = b"sha256=";

/// A received HMAC-SHA256: 32 bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signature(ReceivedMac);

impl Signature {
    pub(crate) const fn mac(&self) -> &ReceivedMac {
        &self.0
    }
}

impl Grammar for Signature {
    const EXPECTED: &'static str = "`sha256=` and 64 hexadecimal digits";

    fn parse(value: &[u8]) -> Option<Self> {
        let mut mac = [0; 32];
        hex::decode_to_slice(value.strip_prefix(PREFIX)?, &mut mac).ok()?;
        Some(Self(ReceivedMac::new(mac)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    fn parses(value: &str) -> bool {
        Signature::parse(value.as_bytes()).is_some()
    }

    #[test]
    fn takes_either_case_and_exactly_64_digits() {
        let digits = "0123456789abcdefABCDEF0123456789".repeat(2);
        assert!(parses(&format!("sha256={digits}")));
        assert!(!parses(&format!("sha256={}", &digits[1..])));
        assert!(!parses(&format!("sha256={digits}0")));
        assert!(!parses(&format!("sha256={digits}00")));
    }

    #[test]
    fn refuses_every_other_form() {
        let digits = "0".repeat(64);
        for value in [
            digits.clone(),
            format!("SHA256={digits}"),
            format!("sha1={digits}"),
            format!("sha256= {digits}"),
            format!("sha256={}g", &digits[1..]),
            format!("sha256={}é", &digits[2..]),
            String::from("sha256="),
        ] {
            assert!(!parses(&value), "{value}");
        }
    }
}
