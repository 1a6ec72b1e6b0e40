//! Programs that come as Debian packages.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::{Xtask, console::Step};

/// Something that a Debian package brings.
#[derive(Clone, Copy)]
pub(super) struct Debian {
    pub(super) package: &'static str,
    /// The variable that names another, in place of Debian's.
    pub(super) variable: &'static str,
    /// What the variable holds.
    pub(super) what: &'static str,
    pub(super) find: fn() -> Option<PathBuf>,
}

impl Xtask {
    /// What the variable names, or what is found, installed if nothing is.
    pub(super) fn need(&self, wanted: Debian) -> Result<PathBuf> {
        let Debian {
            package,
            variable,
            what,
            find,
        } = wanted;
        if let Some(named) = env::var_os(variable) {
            return Ok(named.into());
        }
        if let Some(found) = find() {
            return Ok(found);
        }
        let step = self.console.step(format!("{package}: install"));
        self.install_debian_package(&step, package)
            .with_context(|| {
                format!(
                    "install the package `{package}`, or set {variable} to the path of a {what}"
                )
            })?;
        step.done("");
        find().with_context(|| format!("Debian's package `{package}` brought no {what}"))
    }

    /// Installs a Debian package, which takes root, or a `sudo` that asks for no password.
    pub(crate) fn install_debian_package(&self, step: &Step, package: &str) -> Result<()> {
        let steps: [&[&str]; 2] = [
            &["update"],
            &["install", "--yes", "--no-install-recommends", package],
        ];
        for arguments in steps {
            let mut apt = as_root();
            apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
                .args(arguments);
            self.console
                .run_within(step, &mut apt)
                .with_context(|| format!("apt-get could not install `{package}`"))?;
        }
        Ok(())
    }
}

/// `env` as root, which sets variables and runs a program.
fn as_root() -> Command {
    if is_root() {
        return Command::new("env");
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["--non-interactive", "env"]);
    sudo
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Where a program is, if it is in PATH.
pub(super) fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}
