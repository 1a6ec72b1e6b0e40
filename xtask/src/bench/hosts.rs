//! The hosts on which deliveries are timed, and the command that runs a script of `tests/bench` on each.

use std::process::Command;

use anyhow::Result;

use crate::{test::nodes, xtask::Xtask};

/// The Node that is used where versions are not compared, by its name in the lock file and in the results.
pub(super) const LTS: &str = "node-24";

/// A host whose clock a program can read.
pub(super) struct Host {
    /// Its name in the ids of results.
    pub(super) name: &'static str,
    pub(super) command: Command,
}

impl Xtask {
    pub(super) fn bench_hosts(&self) -> Result<Vec<Host>> {
        let nodes = nodes::nodes(self)?.into_iter();
        let mut hosts: Vec<_> = nodes
            .map(|(name, command)| Host { name, command })
            .collect();
        hosts.push(Host {
            name: "bun",
            command: self.bun()?,
        });
        let mut deno = self.deno()?;
        deno.args(["--allow-read", "--allow-env", "--allow-sys"]);
        hosts.push(Host {
            name: "deno",
            command: deno,
        });
        Ok(hosts)
    }

    /// The Node that is used where versions are not compared.
    pub(super) fn lts(&self) -> Result<Command> {
        nodes::node_named(self, LTS)
    }
}
