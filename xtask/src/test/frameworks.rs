//! Runs `tests/frameworks`: the package's handlers in each framework, which is really started.

use anyhow::Result;

use super::projects::Project;
use crate::xtask::Xtask;

const LAMBDA: Project = Project {
    directory: "tests/frameworks/lambda",
    examples: &["lambda-authorizer"],
    shared: &[],
    node: None,
};
const NODE: Project = Project {
    directory: "tests/frameworks/node",
    examples: &["express", "fastify"],
    shared: &["js/test/telling.mjs"],
    node: None,
};
const WEB: Project = Project {
    directory: "tests/frameworks/web",
    examples: &["bun", "deno", "hono", "next", "workers"],
    shared: &["tests/bundlers/processes.mjs"],
    node: Some("node-24"),
};

pub(super) fn lambda(xtask: &Xtask) -> Result<String> {
    LAMBDA.run(xtask, |_| ())
}

pub(super) fn node(xtask: &Xtask) -> Result<String> {
    NODE.run(xtask, |_| ())
}

pub(super) fn web(xtask: &Xtask) -> Result<String> {
    WEB.run(xtask, |_| ())
}
