//! libfaketime, which gives a program another clock.

use std::{env, fs, path::PathBuf};

use anyhow::{Context as _, Result};

use crate::Xtask;

const PACKAGE: &str = "libfaketime";
const HOW_TO_INSTALL: &str =
    "install the package `libfaketime`, or set LIBFAKETIME to the path of its library";
/// Below it, a directory for each architecture.
const LIBRARIES: &str = "/usr/lib";
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

impl Xtask {
    /// The library: what the variable `LIBFAKETIME` names, or Debian's, installed if it is missing.
    pub(crate) fn need_faketime(&self) -> Result<PathBuf> {
        if let Some(library) = env::var_os("LIBFAKETIME") {
            return Ok(library.into());
        }
        if let Some(library) = installed() {
            return Ok(library);
        }
        let step = self.console.step("libfaketime: install");
        self.install_debian_package(&step, PACKAGE)
            .context(HOW_TO_INSTALL)?;
        step.done("");
        installed().with_context(|| format!("Debian's package `{PACKAGE}` brought no {LIBRARY}"))
    }
}

fn installed() -> Option<PathBuf> {
    fs::read_dir(LIBRARIES)
        .ok()?
        .flatten()
        .map(|architecture| architecture.path().join(LIBRARY))
        .find(|library| library.is_file())
}
