//! Where and by whom something is built.

use std::{
    collections::BTreeMap, ffi::OsString, fs::Permissions, os::unix::fs::PermissionsExt as _,
    path::Path, process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    directory,
    tools::apt::FAKETIME,
    workflow::runner::{Build, Runner, Setting},
    xtask::Xtask,
};

/// A builder with a directory, and what else differs between builders. Each has a home of its own.
pub(super) struct Place {
    directory: &'static str,
    umask: &'static str,
    time_zone: &'static str,
    /// Whether it has another user, another day and crates of its own.
    is_foreign: bool,
}

pub(super) const ONE: Place = Place {
    directory: "reproducible/one",
    umask: "022",
    time_zone: "UTC",
    is_foreign: false,
};
/// Its path has another length.
pub(super) const ANOTHER: Place = Place {
    directory: "reproducible/another/and deeper",
    umask: "077",
    time_zone: "America/Santiago",
    is_foreign: true,
};

/// A name space in which the user is this one.
const ANOTHER_USER: [&str; 4] = ["unshare", "--user", "--map-user=4711", "--map-group=4711"];
/// Tomorrow, and another hour. The certificates of registries are still valid then.
const ANOTHER_DAY: &str = "+30h";

impl Place {
    /// Its machine, whose build is done by a function.
    pub(super) fn runner<'x>(&self, xtask: &'x Xtask, build: &'x Build<'x>) -> Result<Runner<'x>> {
        let root = xtask.workspace.scratch().join(self.directory);
        let setting = self.setting(xtask, &root)?;
        Runner::new(xtask, root, setting, build)
    }

    fn setting(&self, xtask: &Xtask, root: &Path) -> Result<Setting> {
        let time_zone = ("TZ".to_owned(), self.time_zone.into());
        let mut variables = BTreeMap::from([time_zone]);
        let mut launcher = Vec::new();
        if self.is_foreign {
            launcher.extend(another_user()?);
            // Beside the directory of the builder, which is emptied at first.
            let own = root.with_extension("own");
            directory::create_empty(&own)?;
            variables.extend(another_day(xtask, &own)?);
            variables.insert("CARGO_HOME".to_owned(), own.join("cargo").into());
        }
        Ok(Setting {
            umask: self.umask,
            launcher,
            variables,
            hidden: Vec::new(),
        })
    }
}

/// Fails where nobody but root may make a name space.
fn another_user() -> Result<[OsString; 4]> {
    let [unshare, arguments @ ..] = ANOTHER_USER;
    let tried = Command::new(unshare).args(arguments).arg("true").output();
    ensure!(
        tried.is_ok_and(|tried| tried.status.success()),
        "no build can be another user's here: `{}` failed",
        ANOTHER_USER.join(" ")
    );
    Ok(ANOTHER_USER.map(OsString::from))
}

/// Variables that give programs another clock. `rustc` and `rustup` would stand still with it, so they have the real one.
fn another_day(xtask: &Xtask, own: &Path) -> Result<[(String, OsString); 4]> {
    let path = std::env::var_os("PATH").context("PATH is not set")?;
    let programs = own.join("bin");
    let toolchain = xtask.sysroot()?.join("bin");
    let at = |name: &str| toolchain.join(name).display().to_string();
    let real_clock = format!("env -u LD_PRELOAD PATH='{}'", path.display());
    for (name, command) in [
        // Itself, and not rustup's program of this name.
        ("cargo", at("cargo")),
        ("rustc", format!("{real_clock} {}", at("rustc"))),
        ("rustup", format!("{real_clock} rustup")),
    ] {
        let program = programs.join(name);
        directory::write(&program, format!("#!/bin/sh\nexec {command} \"$@\"\n"))?;
        fs_err::set_permissions(&program, Permissions::from_mode(0o755))?;
    }
    let all = [programs].into_iter().chain(std::env::split_paths(&path));
    Ok([
        ("PATH".to_owned(), std::env::join_paths(all)?),
        ("LD_PRELOAD".to_owned(), xtask.need(FAKETIME)?.into()),
        ("FAKETIME".to_owned(), ANOTHER_DAY.into()),
        // Durations are measured with the real monotonic clock.
        ("FAKETIME_DONT_FAKE_MONOTONIC".to_owned(), "1".into()),
    ])
}
