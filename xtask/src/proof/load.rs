//! Receivers under load, on all hosts at once.

use anyhow::Result;

use super::length::Length;
use crate::{load, xtask::Xtask};

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    let minutes = match length {
        Length::Quick => 1,
        Length::Long => 10,
    };
    Ok(load::all(xtask, minutes)?.replace('\n', "; "))
}
