//! The versions of Node that are supported, and the steps that run in each of them. The lock file of `tests/bundlers` pins them.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context as _, Result};

use super::projects::{BUNDLERS, LOADING};
use crate::xtask::Xtask;

/// The names in the lock file; the last is the newest.
const NODES: [&str; 4] = ["node-20", "node-22", "node-24", "node-26"];
/// Some tools of `tests/loading` need more than the oldest.
const LOADING_NODE: &str = "node-24";

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
        let mut asked = node_named(xtask, name)?;
        let version = xtask.console.run(name, asked.arg("--version"))?;
        let version = version.stdout.trim().to_owned();
        node.current_dir(&consumer);
        xtask
            .run_tests(name, &mut node, &consumer.join("test"))
            .with_context(|| format!("Node {version}"))?;
        versions.push(version);
    }
    Ok(versions.join(", "))
}

/// Runs `tests/loading`, which starts programs in each of them.
pub(super) fn loading(xtask: &Xtask) -> Result<String> {
    let nodes: BTreeMap<_, _> = nodes(xtask)?
        .iter()
        .map(|(name, node)| (*name, node.get_program().to_string_lossy().into_owned()))
        .collect();
    let mut node = node_named(xtask, LOADING_NODE)?;
    node.env("NODES", serde_json::json!(nodes).to_string());
    LOADING.run_in(xtask, node)
}
