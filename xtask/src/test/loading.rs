//! The npm package in what loads it in its own way: Jest, package managers other than npm, Nuxt. `tests/loading`, with each
//! supported Node.

use std::collections::BTreeMap;

use anyhow::Result;

use super::{bundlers, projects::Project};
use crate::xtask::Xtask;

const LOADING: Project = Project {
    directory: "tests/loading",
    examples: &[],
    shared: &[
        "tests/bundlers/app.mjs",
        "tests/bundlers/chromium.mjs",
        "tests/bundlers/processes.mjs",
        "tests/bundlers/settings.mjs",
        "tests/bundlers/verdicts.mjs",
    ],
    node: None,
};
/// Some tools need more than the oldest.
const NODE: &str = "node-24";

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let nodes: BTreeMap<_, _> = bundlers::nodes(xtask)?
        .iter()
        .map(|(name, node)| (*name, node.get_program().to_string_lossy().into_owned()))
        .collect();
    let node = bundlers::node_named(xtask, NODE)?;
    LOADING.run_in(xtask, node, |node| {
        node.env("NODES", serde_json::json!(nodes).to_string());
    })
}
