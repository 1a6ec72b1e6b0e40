//! Promise: what Docutray signs passes however it arrives; what differs in one bit, or was never signed, does not; a
//! number is the nearest double of its text; and no input of any kind makes a verifier panic or spoils it.
//!
//! Deliveries are not drawn from the blue: each is a genuine one of `tests/cases/events.json`, changed before or after it
//! is signed. Texts of JSON are, and `serde_json` is the oracle of what the core says of them. The draws are the same in each run, and where it matters the tests count what they reached.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod bytes;
mod delivery;
mod doubles;
mod headers;
mod hostile;
mod json;
mod oracle;
mod plan;
mod signed;
mod tree;

use proptest::test_runner::{Config, RngSeed};

/// The same draws in each run.
fn fixed(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(9),
        ..Config::default()
    }
}
