//! Promise: a delivery that Docutray signed passes however it arrives. One that differs in one bit, or was never signed,
//! does not. A number is the nearest double of its text. No input makes a verifier panic or changes its later verdicts.
//!
//! Each delivery is a genuine one of `tests/cases/events.json`, changed before or after it is signed. JSON texts are drawn
//! at random and compared with what `serde_json` says of them. Every run draws the same. Where it matters, the tests count
//! what they reached.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod doubles;
mod hostile;
mod oracle;
mod signed;

use docutray_webhook_differential::{bytes, delivery, json, plan, seeded};
use proptest::test_runner::Config;

/// Draws the same in each run.
fn fixed(cases: u32) -> Config {
    seeded(cases, 9)
}
