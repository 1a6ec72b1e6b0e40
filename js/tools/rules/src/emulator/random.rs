//! Ids and secrets: all of them follow from one seed.

use alloc::{
    format,
    string::{String, ToString as _},
};
use core::fmt;

use docutray_webhook::signing::Signer;
use serde::{Deserialize, Serialize};

use crate::{fault::Fault, secret::Secret};

/// Text that nobody can guess without the seed: the MAC of a counter under the seed.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Random {
    seed: Secret,
    counter: u64,
}

impl Random {
    /// `seed` is 32 bytes as 64 hexadecimal digits.
    pub(super) fn new(seed: String) -> Result<Self, Fault> {
        let random = Self {
            seed: Secret::from(seed),
            counter: 0,
        };
        if random.is_sound() {
            return Ok(random);
        }
        let message = "the seed has to be 32 random bytes, written as 64 hexadecimal digits";
        Err(Fault::of("seed", "invalid_seed", message))
    }

    /// Whether its seed is one.
    pub(super) fn is_sound(&self) -> bool {
        let seed = self.seed.expose();
        seed.len() == 64 && seed.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    pub(super) fn secret(&mut self) -> Secret {
        Secret::from(format!("whsec_{}", self.digits(48)))
    }

    /// An id that begins like this.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}_{}", self.digits(20))
    }

    /// A UUID of version 4.
    pub(super) fn uuid(&mut self) -> String {
        let digits = self.digits(32);
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        // The version is the digit 4, and the first digit of the fourth group is 8, 9, a or b.
        let variant = match part(16, 17) {
            "0" | "1" | "2" | "3" => "8",
            "4" | "5" | "6" | "7" => "9",
            "8" | "9" | "a" | "b" => "a",
            _ => "b",
        };
        format!(
            "{}-{}-4{}-{variant}{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        )
    }

    /// At most 64 hexadecimal digits.
    fn digits(&mut self, count: usize) -> String {
        self.counter = self.counter.wrapping_add(1);
        let counter = self.counter.to_string();
        let mac = Signer::new(self.seed.expose()).body_signature(counter.as_bytes());
        let digits = mac.trim_start_matches("sha256=");
        digits.get(..count).unwrap_or(digits).to_string()
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_texts_and_none_twice() {
        let mut one = Random::new("0a".repeat(32)).unwrap();
        let mut other = one.clone();
        let first = one.uuid();
        assert_eq!(first, other.uuid());
        assert_ne!(first, one.uuid());
        assert_eq!(one.secret().expose().len(), 54);
        assert!(one.id("wh").starts_with("wh_"));
    }

    #[test]
    fn a_uuid_says_that_it_is_random() {
        let mut random = Random::new("0a".repeat(32)).unwrap();
        for _ in 0..100 {
            let uuid = random.uuid();
            let groups: alloc::vec::Vec<_> = uuid.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{uuid}");
            assert_eq!(&uuid[14..15], "4", "{uuid}");
            assert!("89ab".contains(&uuid[19..20]), "{uuid}");
        }
    }

    #[test]
    fn a_seed_has_32_bytes() {
        for seed in ["", "0a", &"0g".repeat(32), &"0a".repeat(33)] {
            let fault = Random::new(seed.into()).unwrap_err();
            assert_eq!(fault.code, "invalid_seed");
        }
    }
}
