//! Redis, the machine's own.

use std::{env, path::PathBuf};

use anyhow::{Context as _, Result};

use super::apt::in_path;
use crate::Xtask;

/// The program, and Debian's package of it.
const REDIS: &str = "redis-server";
const HOW_TO_INSTALL: &str =
    "install the package `redis-server`, or set REDIS_SERVER to the path of one";

impl Xtask {
    /// The server's program: what the variable `REDIS_SERVER` names, or `redis-server` in PATH, installed if there is
    /// none.
    pub(crate) fn need_redis(&self) -> Result<PathBuf> {
        if let Some(redis) = env::var_os("REDIS_SERVER") {
            return Ok(redis.into());
        }
        if let Some(redis) = in_path(REDIS) {
            return Ok(redis);
        }
        let step = self.console.step("redis: install");
        self.install_debian_package(&step, REDIS)
            .context(HOW_TO_INSTALL)?;
        step.done("");
        in_path(REDIS).context("Debian's package `redis-server` brought no program of that name")
    }
}
