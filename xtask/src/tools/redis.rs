//! Redis, the machine's own.

use std::path::PathBuf;

use anyhow::Result;

use super::apt::{Debian, in_path};
use crate::Xtask;

const REDIS: Debian = Debian {
    package: "redis-server",
    variable: "REDIS_SERVER",
    what: "program `redis-server`",
    find: || in_path("redis-server"),
};

impl Xtask {
    /// The server's program.
    pub(crate) fn need_redis(&self) -> Result<PathBuf> {
        self.need(REDIS)
    }
}
