//! Programs that come as Debian packages.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::{Xtask, console::Step};

impl Xtask {
    /// Installs a Debian package, which takes root.
    pub(crate) fn install_debian_package(&self, step: &Step, package: &str) -> Result<()> {
        let steps: [&[&str]; 2] = [
            &["update"],
            &["install", "--yes", "--no-install-recommends", package],
        ];
        for arguments in steps {
            let mut apt = Command::new("apt-get");
            apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            self.console
                .run_within(step, &mut apt)
                .with_context(|| format!("apt-get could not install `{package}`"))?;
        }
        Ok(())
    }
}

/// Where a program is, if it is in PATH.
pub(super) fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}
