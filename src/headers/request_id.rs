//! The grammar of a request id: a UUID in its 8-4-4-4-12 form (RFC 9562, 4), of any version, in either case.

use super::grammar::Grammar;
use alloc::{borrow::ToOwned, string::String};

const HYPHENS: [usize; 4] = [8, 13, 18, 23];
const LENGTH: usize = 36;

/// A request id as received. Its case is kept, because the MAC covers it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(String);

impl RequestId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl Grammar for RequestId {
    const EXPECTED: &'static str = "a UUID (8-4-4-4-12 hexadecimal digits)";

    fn parse(value: &[u8]) -> Option<Self> {
        let fits = |(index, byte): (usize, &u8)| match HYPHENS.contains(&index) {
            true => *byte == b'-',
            false => byte.is_ascii_hexdigit(),
        };
        if value.len() != LENGTH || !value.iter().enumerate().all(fits) {
            return None;
        }
        Some(Self(core::str::from_utf8(value).ok()?.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_either_case_and_keeps_it() {
        let id = "550E8400-e29b-41d4-A716-446655440000";
        assert_eq!(RequestId::parse(id.as_bytes()).unwrap().as_str(), id);
    }

    #[test]
    fn refuses_every_other_form() {
        for value in [
            "",
            "550e8400e29b41d4a716446655440000",
            "{550e8400-e29b-41d4-a716-446655440000}",
            "urn:uuid:550e8400-e29b-41d4-a716-446655440000",
            "550e8400-e29b-41d4-a716-44665544000",
            "550e8400-e29b-41d4-a716-4466554400000",
            "550e840-0e29b-41d4-a716-446655440000",
            "550e8400-e29b-41d4-a716-44665544000g",
            "550e8400|e29b-41d4-a716-446655440000",
            "550e8400-e29b-41d4-a716-4466554400é",
        ] {
            assert!(RequestId::parse(value.as_bytes()).is_none(), "{value}");
        }
    }
}
