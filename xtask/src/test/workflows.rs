//! The workflows of the repository's host, judged by zizmor: actions pinned by hash, few permissions, no secret within reach. And what
//! the release workflow promises beyond that.

mod release;

use anyhow::{Context as _, Result};

use crate::{
    directory,
    workflow::{DIRECTORY, RELEASE, Workflow},
    xtask::Xtask,
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let mut zizmor = xtask.zizmor()?;
    // Offline: it would ask GitHub about each action.
    zizmor
        .args(["--offline", "--no-progress", DIRECTORY])
        .current_dir(&xtask.workspace.root);
    xtask
        .console
        .run("", &mut zizmor)
        .context("zizmor has found something in the workflows")?;
    release::check(&Workflow::read(xtask, RELEASE)?)?;
    let workflows = directory::files(&xtask.workspace.path(DIRECTORY))?;
    Ok(format!("{} workflows", workflows.len()))
}
