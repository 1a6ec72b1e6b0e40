//! Registries on this machine: `tests/deployments/registries.mjs`.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::{
    tools::{apt::DOCKER_REGISTRY, npm::Install},
    xtask::Xtask,
};

pub(super) const DIRECTORY: &str = "tests/deployments";

/// Empty registries, which end with this.
pub(super) struct Registries {
    process: Child,
    addresses: Addresses,
}

/// Where they are.
#[derive(Deserialize)]
pub(super) struct Addresses {
    pub(super) npm: String,
    /// Of the index.
    pub(super) crates: String,
    /// Without a scheme.
    pub(super) oci: String,
}

impl Registries {
    pub(super) fn start(xtask: &Xtask) -> Result<Self> {
        let directory = xtask.workspace.path(DIRECTORY);
        xtask.need_packages(&directory, Install::Exactly)?;
        let mut node = xtask.node();
        node.arg(directory.join("registries.mjs"))
            .env(DOCKER_REGISTRY.variable, xtask.need(DOCKER_REGISTRY)?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = node.spawn().context("the registries did not start")?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("no stdout")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let addresses = serde_json::from_str(&line).context("the registries did not start")?;
        Ok(Self { process, addresses })
    }
}

impl std::ops::Deref for Registries {
    type Target = Addresses;

    fn deref(&self) -> &Addresses {
        &self.addresses
    }
}

impl Drop for Registries {
    fn drop(&mut self) {
        // They end with their standard input, and remove their files.
        drop(self.process.stdin.take());
        // Nothing can be done about one that has failed.
        let _ = self.process.wait();
    }
}
