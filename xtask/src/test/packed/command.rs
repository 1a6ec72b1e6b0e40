//! How cargo is called in a copy of the crate.

use std::{path::Path, process::Command};

use crate::xtask::Xtask;

/// A cargo command in the copy. It shares what the workspace has built of the same dependencies.
pub(super) fn cargo(xtask: &Xtask, copy: &Path, arguments: &str) -> Command {
    let mut command = xtask.cargo(arguments);
    command
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", &xtask.workspace.target);
    command
}
