//! The installed package in Node.

use super::{Host, Origin, PACKAGE, says};

pub(super) const HOST: Host = Host {
    name: "node",
    runs: PACKAGE,
    prepare: |xtask| {
        let consumer = xtask.consumer()?;
        let mut command = xtask.node();
        command.arg(consumer.join("hosts/node.mjs"));
        Ok(command)
    },
    version: |xtask| {
        let version = says(xtask.node().arg("--version"), 1)?;
        Ok(format!("Node {}", version.trim_start_matches('v')))
    },
    origin: Origin::Machine,
};
