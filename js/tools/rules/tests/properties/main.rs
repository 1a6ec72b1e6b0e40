//! Promise: an explanation is the core's verdict, whatever was done to a delivery, and tells no secret. A tree and an edited
//! payload have every digit of the text. Every run draws the same.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod explained;
mod payloads;

use proptest::test_runner::{Config, RngSeed};

/// Draws the same in each run.
fn fixed(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(13),
        ..Config::default()
    }
}
