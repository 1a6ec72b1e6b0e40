//! Runs `tests/bundlers`: the installed npm package in bundlers and other tools. All of them, and the versions of Node, are
//! pinned in its lock file.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{
    javascript::{passed, with_extension},
    projects::Project,
};
use crate::{tools::apt, xtask::Xtask};

const BUNDLERS: Project = Project {
    directory: "tests/bundlers",
    examples: &[],
    shared: &[],
    // Some tools need a newer Node than the oldest that is supported.
    node: Some("node-24"),
};
/// The names in the lock file; the last is the newest.
const NODES: [&str; 4] = ["node-20", "node-22", "node-24", "node-26"];

/// Bundles the package with each tool, and runs the bundle on its host.
pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let chromium = xtask.need(apt::CHROMIUM)?;
    BUNDLERS.run(xtask, |node| {
        node.env("CHROMIUM", chromium);
    })
}

/// Each Node that is supported, from the oldest to the newest, by its name in the lock file.
pub(crate) fn nodes(xtask: &Xtask) -> Result<Vec<(&'static str, Command)>> {
    let nodes = NODES.map(|name| Ok((name, node_named(xtask, name)?)));
    nodes.into_iter().collect()
}

/// The Node of this name.
pub(crate) fn node_named(xtask: &Xtask, name: &str) -> Result<Command> {
    BUNDLERS.need_packages(xtask)?;
    Ok(BUNDLERS.node_of(xtask, name))
}

/// The package's own tests in each Node.
pub(super) fn node_versions(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    let mut versions = Vec::new();
    for (name, mut node) in nodes(xtask)? {
        let step = xtask.console.step(name);
        let version = xtask
            .console
            .run_within(&step, node_named(xtask, name)?.arg("--version"))?;
        let version = version.stdout.trim().to_owned();
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
