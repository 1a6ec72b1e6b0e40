//! Runs `tests/queue`: `examples/queue`, whose processes are killed.

use anyhow::Result;

use super::projects::Project;
use crate::{tools::apt, xtask::Xtask};

const QUEUE: Project = Project {
    directory: "tests/queue",
    examples: &["queue"],
    shared: &[
        "tests/idempotency/servers.mjs",
        "tests/idempotency/fake-clock.mjs",
    ],
    // Wrangler needs a newer Node than the oldest that is supported.
    node: Some("node-24"),
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let redis = xtask.need(apt::REDIS)?;
    QUEUE.run(xtask, |node| {
        node.env("REDIS_SERVER", redis);
    })
}
