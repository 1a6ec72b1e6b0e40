//! Keys, secrets and MACs for the tests.

use super::*;

pub(super) fn received(mac: &[u8]) -> ReceivedMac {
    ReceivedMac::new(mac.try_into().unwrap())
}

pub(super) fn bytes(digits: &str) -> Vec<u8> {
    hex::decode(digits).unwrap()
}

pub(super) fn secrets(keys: &[&[u8]]) -> Secrets {
    Secrets::new(
        keys.iter().copied().map(Key::new).collect(),
        SecretHints::default(),
    )
}
