//! The model of idempotency, explored.

use std::process::Command;

use anyhow::Result;

use super::length::Length;
use crate::xtask::Xtask;

const PACKAGE: &str = "docutray-webhook-model";

/// Explores the model's worlds.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    let mut explore = Command::new(xtask.optimised(PACKAGE, PACKAGE)?);
    explore.arg("explore");
    if length == Length::Long {
        explore.arg("--long");
    }
    let explored = xtask.console.run("explore", &mut explore)?.stdout;
    Ok(explored.lines().collect::<Vec<_>>().join("; "))
}
