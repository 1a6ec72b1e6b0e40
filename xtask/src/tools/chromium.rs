//! Chromium, the machine's own.

use std::{env, path::PathBuf};

use anyhow::{Context as _, Result};

use super::apt::in_path;
use crate::Xtask;

/// The program, and Debian's package of it.
const CHROMIUM: &str = "chromium";
const HOW_TO_INSTALL: &str = "the host `browser` needs Chromium: install the package `chromium`, or set CHROMIUM to the path of one";

impl Xtask {
    /// The browser: what the variable `CHROMIUM` names, or `chromium` in PATH, installed if it is missing.
    pub(crate) fn chromium(&self) -> Result<PathBuf> {
        if let Some(chromium) = env::var_os("CHROMIUM") {
            return Ok(chromium.into());
        }
        if let Some(chromium) = in_path(CHROMIUM) {
            return Ok(chromium);
        }
        let step = self.console.step("chromium: install");
        self.install_debian_package(&step, CHROMIUM)
            .context(HOW_TO_INSTALL)?;
        step.done("");
        in_path(CHROMIUM).context("Debian's package `chromium` brought no program of that name")
    }
}
