//! The mutants of `js/src/receiver` and `js/src/idempotency`.

use anyhow::Result;

use super::length::Length;
use crate::{mutation_js, xtask::Xtask};

/// What the quick part changes: a few mutants, in a receiver and in a store.
const QUICK: [&str; 2] = ["js/src/receiver/time.ts", "js/src/idempotency/key-hash.ts"];

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    match length {
        Length::Quick => mutation_js::run(xtask, &QUICK),
        Length::Long => mutation_js::run(xtask, &[]),
    }
}
