//! The repository, by way of git.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::xtask::Xtask;

impl Xtask {
    /// What a git command at the workspace's root writes, if it succeeds.
    pub(crate) fn git(&self, arguments: &[&str]) -> Result<String> {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(&self.workspace.root);
        let output = git.output().context("cannot run git")?;
        ensure!(
            output.status.success(),
            "git: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        let text = String::from_utf8(output.stdout);
        Ok(text
            .context("git wrote something else than text")?
            .trim_end()
            .to_owned())
    }
}
