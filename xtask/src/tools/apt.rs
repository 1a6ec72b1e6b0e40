//! Programs that come as Debian packages.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::{Xtask, console::Step};

impl Xtask {
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
