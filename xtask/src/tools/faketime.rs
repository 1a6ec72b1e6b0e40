//! libfaketime, which gives a program another clock.

use std::{fs, path::PathBuf};

use anyhow::Result;

use super::apt::Debian;
use crate::Xtask;

const FAKETIME: Debian = Debian {
    package: "libfaketime",
    variable: "LIBFAKETIME",
    what: "library `libfaketimeMT.so.1`",
    find: installed,
};
/// Below it, a directory for each architecture.
const LIBRARIES: &str = "/usr/lib";
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

impl Xtask {
    /// The library.
    pub(crate) fn need_faketime(&self) -> Result<PathBuf> {
        self.need(FAKETIME)
    }
}

fn installed() -> Option<PathBuf> {
    fs::read_dir(LIBRARIES)
        .ok()?
        .flatten()
        .map(|architecture| architecture.path().join(LIBRARY))
        .find(|library| library.is_file())
}
