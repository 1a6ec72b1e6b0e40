//! A part of the mutants of `src`.

use anyhow::Result;

use super::length::Length;
use crate::{mutation, xtask::Xtask};

/// What the quick part changes: a file whose mutants are all noticed, and one of whose mutants one is listed as a survivor.
const QUICK: [&str; 2] = ["src/headers/signature.rs", "src/freshness.rs"];
/// On two cores, a part of so many takes less than twelve minutes.
const PARTS: u32 = 4;

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    match length {
        Length::Quick => mutation::of_files(xtask, &QUICK),
        Length::Long => mutation::part(xtask, PARTS),
    }
}
