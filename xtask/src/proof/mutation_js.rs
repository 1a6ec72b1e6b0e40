//! A part of the mutants of `js/src/receiver` and `js/src/idempotency`.

use anyhow::{Context as _, Result};

use super::length::Length;
use crate::{mutation_js, xtask::Xtask};

/// What the quick part changes: a few mutants, in a receiver and in a store.
const QUICK: [&str; 2] = ["js/src/receiver/time.ts", "js/src/idempotency/key-hash.ts"];
/// On two cores, each takes about six minutes.
const PARTS: [&str; 2] = ["js/src/receiver/**/*.ts", "js/src/idempotency/**/!(*.d).ts"];

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    match length {
        Length::Quick => mutation_js::run(xtask, &QUICK),
        Length::Long => {
            let part = PARTS.get(xtask.part_by_commit(PARTS.len())?);
            let part = part.context("there is no such part")?;
            let found = mutation_js::run(xtask, &[part])?;
            Ok(format!("{part} by the commit: {found}"))
        }
    }
}
