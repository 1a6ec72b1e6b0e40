//! The repository, by way of git.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{directory, xtask::Xtask};

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

    /// Chooses one of so many parts of something by the commit, so that each part has its turn. The first is number 0.
    pub(crate) fn part_by_commit(&self, parts: usize) -> Result<usize> {
        const DIGITS: usize = 7;
        let commit = self.git(&["rev-parse", "HEAD"])?;
        let number = commit.get(..DIGITS).context("git wrote no commit")?;
        Ok(usize::from_str_radix(number, 16)? % parts)
    }

    /// Copies what git knows, and what is new and not ignored, to an empty directory.
    pub(crate) fn copy_sources(&self, to: &Path) -> Result<()> {
        directory::create_empty(to)?;
        let listed = self.git(&[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])?;
        for file in listed.split_terminator('\0').map(PathBuf::from) {
            let from = self.workspace.root.join(&file);
            // Removed and not committed.
            if from.exists() {
                directory::copy(&from, &to.join(file))?;
            }
        }
        Ok(())
    }
}
