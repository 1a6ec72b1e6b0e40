//! A minute of every fuzzer.

use anyhow::Result;

use super::length::Length;
use crate::{fuzz, xtask::Xtask};

/// The quick part is that of the step `members`, which replays what is committed.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    if length == Length::Quick {
        return Ok("fuzzing: not run, it takes minutes".to_owned());
    }
    fuzz::all(xtask)
}
