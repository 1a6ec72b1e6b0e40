//! What people do to the npm package: `tests/bundlers`, in a project that has it installed. All tools, Node's versions
//! among them, are pinned in its lock file.

use anyhow::{Context as _, Result, ensure};

use super::{
    javascript::{passed, with_extension},
    projects::Project,
};
use crate::Xtask;

const BUNDLERS: Project = Project {
    directory: "tests/bundlers",
    examples: &[],
    shared: &[],
    // Some tools need more than the oldest.
    node: Some("node-24"),
};
/// As the lock file names them; the last is the newest.
const NODES: [&str; 4] = ["node-20", "node-22", "node-24", "node-26"];

/// The package in each tool, and what the tool makes on its host.
pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let chromium = xtask.chromium()?;
    BUNDLERS.run(xtask, |node| {
        node.env("CHROMIUM", chromium);
    })
}

/// The package's own tests in each Node.
pub(super) fn node_versions(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    BUNDLERS.need_packages(xtask)?;
    let mut versions = Vec::new();
    for name in NODES {
        let step = xtask.console.step(name);
        let version = xtask
            .console
            .run_within(&step, BUNDLERS.node_of(xtask, name).arg("--version"))?;
        let version = version.stdout.trim().to_owned();
        let mut node = BUNDLERS.node_of(xtask, name);
        node.args(["--test", "--test-reporter=spec"])
            .args(with_extension(&consumer.join("test"), ".test.mjs")?)
            .current_dir(&consumer);
        let report = xtask
            .console
            .run_within(&step, &mut node)
            .with_context(|| format!("Node {version}"))?
            .stdout;
        ensure!(passed(&report) > 0, "no test ran:\n{report}");
        versions.push(version);
    }
    Ok(versions.join(", "))
}
