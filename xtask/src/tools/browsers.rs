//! What it takes to start each browser of `tests/hosts/browser`.

use std::process::Command;

use anyhow::Result;

use super::apt::{self, Debian};
use crate::xtask::Xtask;

pub(crate) const CHROMIUM: &[Debian] = &[apt::CHROMIUM];
pub(crate) const FIREFOX: &[Debian] = &[apt::FIREFOX];
pub(crate) const WEBKIT: &[Debian] = &[apt::WEBKIT, apt::XVFB, apt::XAUTH];

impl Xtask {
    /// `MiniBrowser`, which needs a display even to tell its version.
    pub(crate) fn webkit(&self) -> Result<Command> {
        self.need(apt::XAUTH)?;
        let mut command = Command::new(self.need(apt::XVFB)?);
        command.arg("--auto-servernum").arg(self.need(apt::WEBKIT)?);
        Ok(command)
    }
}
