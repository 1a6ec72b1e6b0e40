//! A part of the mutants of `src`.

use anyhow::Result;

use super::length::Length;
use crate::{mutation, xtask::Xtask};

/// What the quick part changes: a function whose mutants are noticed, but for one that is listed.
const QUICK: (&str, &str) = ("src/payload/scan.rs", "in Open::push$");
/// On two cores, a part of so many takes some eight minutes.
const PARTS: usize = 4;

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    match length {
        Length::Quick => mutation::matching(xtask, QUICK.0, QUICK.1),
        Length::Long => mutation::part(xtask, PARTS),
    }
}
