//! Chromium, the machine's own.

use std::path::PathBuf;

use anyhow::Result;

use super::apt::{Debian, in_path};
use crate::Xtask;

const CHROMIUM: Debian = Debian {
    package: "chromium",
    variable: "CHROMIUM",
    what: "program `chromium`",
    find: || in_path("chromium"),
};

impl Xtask {
    /// The browser.
    pub(crate) fn chromium(&self) -> Result<PathBuf> {
        self.need(CHROMIUM)
    }
}
