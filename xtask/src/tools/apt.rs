//! Programs that come as Debian packages.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use glob::glob;

use crate::xtask::Xtask;

pub(crate) const CHROMIUM: Debian = Debian {
    package: Package {
        name: "chromium",
        purpose: "the package is tested in a browser",
    },
    variable: "CHROMIUM",
    what: "program `chromium`",
    find: || in_path("chromium"),
};
pub(crate) const FIREFOX: Debian = Debian {
    package: Package {
        name: "firefox-esr",
        purpose: "the package is tested in it",
    },
    variable: "FIREFOX",
    what: "program `firefox-esr` or `firefox`",
    find: || in_path("firefox-esr").or_else(|| in_path("firefox")),
};
/// A small browser with this engine, which needs a display.
pub(crate) const WEBKIT: Debian = Debian {
    package: Package {
        name: "libwebkit2gtk-4.1-0",
        purpose: "the package is tested in WebKit",
    },
    variable: "WEBKIT",
    what: "program `MiniBrowser` of WebKitGTK",
    // Debian keeps the program out of PATH.
    find: || first_of("/usr/lib/*/webkit2gtk-4.1/MiniBrowser"),
};
/// Runs a program on a display that nobody sees.
pub(crate) const XVFB: Debian = Debian {
    package: Package {
        name: "xvfb",
        purpose: "WebKit needs a display",
    },
    variable: "XVFB_RUN",
    what: "program `xvfb-run`",
    find: || in_path("xvfb-run"),
};
/// `xvfb-run` calls it.
pub(crate) const XAUTH: Debian = Debian {
    package: Package {
        name: "xauth",
        purpose: "WebKit needs a display, to which others have no access",
    },
    variable: "XAUTH",
    what: "program `xauth`",
    find: || in_path("xauth"),
};
pub(crate) const REDIS: Debian = Debian {
    package: Package {
        name: "redis-server",
        purpose: "the stores and the queue are tested on it",
    },
    variable: "REDIS_SERVER",
    what: "program `redis-server`",
    find: || in_path("redis-server"),
};
pub(crate) const POSTGRES: Debian = Debian {
    package: Package {
        name: "postgresql",
        purpose: "the stores are tested on it",
    },
    variable: "POSTGRES_BIN",
    what: "directory of the programs `initdb` and `postgres`",
    // Debian keeps the programs out of PATH, in a directory for each version.
    find: || newest_postgres(Path::new("/usr/lib/postgresql")),
};
/// Gives a program another clock.
pub(crate) const FAKETIME: Debian = Debian {
    package: Package {
        name: "libfaketime",
        purpose: "the stores are tested with clocks that jump",
    },
    variable: "LIBFAKETIME",
    what: "library `libfaketimeMT.so.1`",
    find: || first_of("/usr/lib/*/faketime/libfaketimeMT.so.1"),
};
pub(crate) const PYTHON: Debian = Debian {
    package: Package {
        name: "python3",
        purpose: "it signs the cases, and the component is tested in it",
    },
    variable: "PYTHON",
    what: "program `python3`, 3.11 or newer",
    find: || in_path("python3"),
};
pub(crate) const ZSH: Debian = Debian {
    package: Package {
        name: "zsh",
        purpose: "the command line's completion is tested in it",
    },
    variable: "ZSH",
    what: "program `zsh`",
    find: || in_path("zsh"),
};
pub(crate) const FISH: Debian = Debian {
    package: Package {
        name: "fish",
        purpose: "the command line's completion is tested in it",
    },
    variable: "FISH",
    what: "program `fish`",
    find: || in_path("fish"),
};
/// With its headers.
pub(crate) const VALGRIND: Debian = Debian {
    package: Package {
        name: "valgrind",
        purpose: "it watches that no branch depends on a secret",
    },
    variable: "VALGRIND",
    what: "program `valgrind`",
    find: || in_path("valgrind"),
};
/// A registry of OCI artefacts.
pub(crate) const DOCKER_REGISTRY: Debian = Debian {
    package: Package {
        name: "docker-registry",
        purpose: "the component is published to it and pulled from it",
    },
    variable: "DOCKER_REGISTRY",
    what: "program `docker-registry`",
    find: || in_path("docker-registry"),
};
/// What Debian leaves out of Python.
pub(crate) const PYTHON_VENV: Package = Package {
    name: "python3-venv",
    purpose: "Wasmtime for Python is installed in an environment of its own",
};

/// A package of Debian's.
#[derive(Clone, Copy)]
pub(crate) struct Package {
    pub(crate) name: &'static str,
    /// Why a test needs it, as a sentence.
    purpose: &'static str,
}

/// A program or library in a Debian package.
#[derive(Clone, Copy)]
pub(crate) struct Debian {
    pub(crate) package: Package,
    /// The environment variable that names another path.
    pub(crate) variable: &'static str,
    /// What the variable holds.
    what: &'static str,
    find: fn() -> Option<PathBuf>,
}

impl Xtask {
    /// The path that the variable names or that is found. If nothing is found, the package is installed.
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
        self.install_debian_package(package).with_context(|| {
            format!("no {what} was found, and {variable} is not set to the path of one")
        })?;
        find().with_context(|| format!("Debian's package `{}` brought no {what}", package.name))
    }

    /// Tells a command where it finds programs.
    pub(crate) fn locate(&self, command: &mut Command, programs: &[Debian]) -> Result<()> {
        for program in programs {
            command.env(program.variable, self.need(*program)?);
        }
        Ok(())
    }

    /// Installs a Debian package, and says so before.
    pub(crate) fn install_debian_package(&self, package: Package) -> Result<()> {
        if in_path("apt-get").is_none() {
            bail!("{}", package.to_install_by_hand("here is no apt-get"));
        }
        let Some(mut install) = root() else {
            bail!(
                "{}",
                package.to_install_by_hand("it takes root, or a `sudo` that asks for no password")
            );
        };
        let name = package.name;
        let step = self.console.step(format!("{name}: install"));
        step.say(&package.announcement());
        let script =
            format!("apt-get update && apt-get install --yes --no-install-recommends {name}");
        install.args(["DEBIAN_FRONTEND=noninteractive", "sh", "-c", &script]);
        let installed = self.console.run_within(&step, &mut install);
        installed.with_context(|| format!("apt-get could not install `{name}`"))?;
        step.done("");
        Ok(())
    }
}

impl Package {
    fn announcement(self) -> String {
        let Self { name, purpose } = self;
        format!("apt-get installs Debian's package `{name}` on this system: {purpose}")
    }

    fn to_install_by_hand(self, obstacle: &str) -> String {
        let Self { name, purpose } = self;
        format!(
            "Debian's package `{name}` has to be installed by hand, since {obstacle}:\n  \
             sudo apt-get install --no-install-recommends {name}\nIt is needed because {purpose}"
        )
    }
}

/// `env` as root, which sets variables and runs a program. None where that takes a password.
fn root() -> Option<Command> {
    let id = Command::new("id").arg("--user").output();
    if id.is_ok_and(|id| id.stdout.trim_ascii() == b"0") {
        return Some(Command::new("env"));
    }
    let sudo = || {
        let mut sudo = Command::new("sudo");
        sudo.args(["--non-interactive", "env"]);
        sudo
    };
    let may = sudo().arg("true").output();
    may.is_ok_and(|may| may.status.success()).then(sudo)
}

/// Where a program is, if it is in PATH.
fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

/// Debian's newest server. A client alone has a directory too, without `initdb`.
fn newest_postgres(versions: &Path) -> Option<PathBuf> {
    let servers = glob(versions.join("*/bin/initdb").to_str()?)
        .ok()?
        .flatten();
    let programs = servers.filter_map(|initdb| Some(initdb.parent()?.to_owned()));
    programs.max_by_key(|programs| {
        let version = programs.parent()?.file_name()?;
        version.to_str()?.parse::<u32>().ok()
    })
}

/// Below /usr/lib there is a directory for each architecture.
fn first_of(pattern: &str) -> Option<PathBuf> {
    glob(pattern).ok()?.flatten().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;

    #[test]
    fn who_may_not_install_is_told_the_command() {
        assert_eq!(
            REDIS.package.to_install_by_hand("it takes root"),
            "Debian's package `redis-server` has to be installed by hand, since it takes root:\n  \
             sudo apt-get install --no-install-recommends redis-server\n\
             It is needed because the stores and the queue are tested on it"
        );
    }

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
