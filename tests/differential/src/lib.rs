//! Compares the verifier with others that share no code with it, and the receiver with the model of its rules.
//!
//! | module | what |
//! |---|---|
//! | `delivery`, `plan`, `headers`, `bytes`, `tree`, `json` | genuine deliveries, and the ways in which they are changed |
//! | `naive` | a second verifier, as simple as can be |
//! | `verdict` | what both verifiers say, in the same words |
//! | `macs`, `deliveries`, `bodies` | the comparisons, on as many random inputs as wanted |
//! | `targets` | what the fuzzers of `tests/fuzz` run on their inputs |
//!
//! Everything here panics if a comparison finds a difference.
#![expect(
    missing_docs,
    clippy::indexing_slicing,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a part of tests, which fail by panicking"
)]

pub mod bodies;
pub mod bytes;
pub mod deliveries;
pub mod delivery;
pub mod headers;
pub mod json;
pub mod macs;
pub mod naive;
pub mod plan;
pub mod targets;
pub mod tree;
pub mod verdict;

use proptest::test_runner::{Config, RngSeed};

/// Draws the same in each run.
pub fn seeded(cases: u32, seed: u64) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    }
}
