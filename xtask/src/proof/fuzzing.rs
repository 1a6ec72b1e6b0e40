//! A minute of every fuzzer.

use anyhow::Result;

use super::length::Length;
use crate::{
    fuzz::{self, boundary},
    xtask::Xtask,
};

/// The quick part draws the same values for the package's calls in each run. The step `members` replays the other inputs.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    match length {
        Length::Quick => boundary::run(xtask, None),
        Length::Long => fuzz::all(xtask),
    }
}
