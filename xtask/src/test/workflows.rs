//! The workflows of the repository's host, judged by zizmor: actions pinned by hash, few permissions, no secret within reach.

use anyhow::{Context as _, Result};

use crate::{directory, xtask::Xtask};

const WORKFLOWS: &str = ".github/workflows";

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let mut zizmor = xtask.zizmor()?;
    // Offline: it would ask GitHub about each action.
    zizmor
        .args(["--offline", "--no-progress", WORKFLOWS])
        .current_dir(&xtask.workspace.root);
    xtask
        .console
        .run("", &mut zizmor)
        .context("zizmor has found something in the workflows")?;
    let workflows = directory::files(&xtask.workspace.path(WORKFLOWS))?;
    Ok(format!("{} workflows", workflows.len()))
}
