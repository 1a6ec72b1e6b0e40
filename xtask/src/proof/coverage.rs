//! How many lines of the verifier the tests run.

use anyhow::Result;

use super::length::Length;
use crate::{coverage, xtask::Xtask};

/// There is no quick part: all dependencies are compiled once more.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    if length == Length::Quick {
        return Ok("coverage: not run, it takes minutes".to_owned());
    }
    coverage::check(xtask)
}
