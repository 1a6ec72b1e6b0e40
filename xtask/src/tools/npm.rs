//! npm, and what a directory's lock file pins.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result};

use crate::{directory, xtask::Xtask};

/// How npm takes a lock file.
#[derive(Clone, Copy)]
pub(crate) enum Install {
    /// `npm ci`: what the lock says of every platform.
    Exactly,
    /// For programs of one platform: a registry may lack them for others, where `npm ci` refuses the lock.
    ForThisPlatform,
}

impl Install {
    const fn arguments(self) -> &'static str {
        match self {
            Self::Exactly => "ci",
            Self::ForThisPlatform => "install --no-save",
        }
    }
}

impl Xtask {
    /// An npm command in a directory, its arguments as they are typed.
    pub(crate) fn npm(&self, directory: &Path, arguments: &str) -> Command {
        let mut command = Command::new("npm");
        command
            .args(arguments.split_whitespace())
            .current_dir(directory);
        command
    }

    /// Installs what a directory's lock file pins, if that has changed since it was last done there.
    pub(crate) fn need_packages(&self, directory: &Path, how: Install) -> Result<()> {
        let lock = fs_err::read_to_string(directory.join("package-lock.json"))?;
        // Within node_modules, so that it goes when they go.
        let installed = directory.join("node_modules/.installed-lock.json");
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        let shown = self.workspace.shown(directory);
        let mut npm = self.npm(directory, how.arguments());
        npm.args(["--ignore-scripts", "--no-audit", "--no-fund"]);
        self.console
            .run(&format!("npm: {shown}"), &mut npm)
            .with_context(|| {
                format!("npm could not install what {shown}/package-lock.json lists")
            })?;
        directory::write(&installed, lock)
    }
}
