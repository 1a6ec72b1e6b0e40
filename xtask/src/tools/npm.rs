//! Installs by npm what a lock file pins.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{directory, xtask::Xtask};

/// How npm reads a lock file.
#[derive(Clone, Copy)]
pub(crate) enum Install {
    /// `npm ci`, which checks the lock for every platform.
    Exactly,
    /// `npm install`, for packages that exist for some platforms only: `npm ci` would refuse their lock.
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
    /// An npm command in a directory, its arguments as they are typed. No script of a package runs.
    pub(crate) fn npm(&self, directory: &Path, arguments: &str) -> Command {
        npm(directory, arguments)
    }

    /// A package's name, and the version that is installed in `directory`.
    pub(crate) fn package_version(&self, package: &str, directory: &Path) -> Result<String> {
        let manifest = fs_err::read_to_string(directory.join("package.json"))?;
        let manifest: Value = serde_json::from_str(&manifest)?;
        let version = manifest.get("version").and_then(Value::as_str);
        let version = version.with_context(|| format!("{package} has no version"))?;
        Ok(format!("{package} {version}"))
    }

    /// Installs what a directory's lock file pins, unless that is installed already.
    pub(crate) fn need_packages(&self, directory: &Path, how: Install) -> Result<()> {
        let lock = fs_err::read_to_string(directory.join("package-lock.json"))?;
        // In node_modules, so that it is removed together with the packages.
        let installed = directory.join("node_modules/.installed-lock.json");
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        let shown = self.workspace.shown(directory);
        let mut npm = self.npm(directory, how.arguments());
        npm.args(["--no-audit", "--no-fund"]);
        self.console
            .run(&format!("npm: {shown}"), &mut npm)
            .with_context(|| {
                format!("npm could not install what {shown}/package-lock.json lists")
            })?;
        directory::write(&installed, lock)
    }
}

fn npm(directory: &Path, arguments: &str) -> Command {
    let mut command = Command::new("npm");
    command
        // First, since the value of the last argument may follow.
        .arg("--ignore-scripts")
        .args(arguments.split_whitespace())
        .current_dir(directory);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_runs_no_script_of_a_package() {
        let mut pack = npm(Path::new("."), "pack --pack-destination");
        let arguments: Vec<_> = pack.arg("there").get_args().collect();
        let expected = ["--ignore-scripts", "pack", "--pack-destination", "there"];
        assert_eq!(arguments, expected);
    }
}
