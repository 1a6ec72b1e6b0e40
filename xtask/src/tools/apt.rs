//! Programs that come as Debian packages.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{console::Step, xtask::Xtask};

pub(crate) const CHROMIUM: Debian = Debian {
    package: "chromium",
    variable: "CHROMIUM",
    what: "program `chromium`",
    find: || in_path("chromium"),
};
pub(crate) const REDIS: Debian = Debian {
    package: "redis-server",
    variable: "REDIS_SERVER",
    what: "program `redis-server`",
    find: || in_path("redis-server"),
};
pub(crate) const POSTGRES: Debian = Debian {
    package: "postgresql",
    variable: "POSTGRES_BIN",
    what: "directory of the programs `initdb` and `postgres`",
    // Debian keeps the programs out of PATH, in a directory for each version.
    find: || newest_postgres(Path::new("/usr/lib/postgresql")),
};
/// Gives a program another clock.
pub(crate) const FAKETIME: Debian = Debian {
    package: "libfaketime",
    variable: "LIBFAKETIME",
    what: "library `libfaketimeMT.so.1`",
    find: faketime,
};

/// Something that a Debian package brings.
#[derive(Clone, Copy)]
pub(crate) struct Debian {
    package: &'static str,
    /// The variable that names another, in place of Debian's.
    variable: &'static str,
    /// What the variable holds.
    what: &'static str,
    find: fn() -> Option<PathBuf>,
}

impl Xtask {
    /// What the variable names, or what is found, installed if nothing is.
    pub(crate) fn need(&self, wanted: Debian) -> Result<PathBuf> {
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
fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

/// Debian's newest, of which a client alone brings a directory, too.
fn newest_postgres(versions: &Path) -> Option<PathBuf> {
    let installed = fs::read_dir(versions).ok()?.flatten();
    installed
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs
                .join("initdb")
                .is_file()
                .then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

/// Below /usr/lib there is a directory for each architecture.
fn faketime() -> Option<PathBuf> {
    let architectures = fs::read_dir("/usr/lib").ok()?.flatten();
    architectures
        .map(|architecture| architecture.path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;

    #[test]
    fn the_newest_postgres_server_is_taken() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let versions = directory.path();
        assert_eq!(newest_postgres(versions), None);
        for program in ["9/bin/initdb", "15/bin/initdb", "17/bin/psql"] {
            directory::write(&versions.join(program), "")?;
        }
        assert_eq!(newest_postgres(versions), Some(versions.join("15/bin")));
        Ok(())
    }
}
