//! Runs `tests/idempotency`: the stores on the real servers.

use anyhow::Result;

use super::projects::Project;
use crate::{tools::apt, xtask::Xtask};

const IDEMPOTENCY: Project = Project {
    directory: "tests/idempotency",
    examples: &[],
    shared: &["js/test/claims.mjs", "tests/cases/claims/every_store.json"],
    node: None,
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let redis = xtask.need(apt::REDIS)?;
    let postgres = xtask.need(apt::POSTGRES)?;
    let faketime = xtask.need(apt::FAKETIME)?;
    IDEMPOTENCY.run(xtask, |node| {
        node.env("REDIS_SERVER", redis)
            .env("POSTGRES_BIN", postgres)
            .env("LIBFAKETIME", faketime)
            // Else each worker on the oldest Node prints that the SDK will drop it.
            .env("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
    })
}
