//! The component in Wasmtime.

use anyhow::{Context as _, Result};

use super::{COMPONENT, Host, Origin, driver};
use crate::{Xtask, directory};

pub(super) const HOST: Host = Host {
    name: "wasmtime",
    runs: COMPONENT,
    prepare: |xtask| {
        let component = xtask.build()?.component;
        let mut command = driver(xtask, "wasmtime", "docutray-webhook-wasmtime-host")?;
        command.env("DOCUTRAY_WEBHOOK_COMPONENT", component);
        Ok(command)
    },
    version: |xtask| locked(xtask, "wasmtime"),
    origin: Origin::Lock,
};

/// A crate and the version that the lock file says: the driver is built with it.
pub(super) fn locked(xtask: &Xtask, name: &str) -> Result<String> {
    let lock = directory::read(&xtask.workspace.path("Cargo.lock"))?;
    let (_, rest) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .with_context(|| format!("Cargo.lock has no {name}"))?;
    let (version, _) = rest.split_once('"').context("Cargo.lock is cut off")?;
    Ok(format!("{name} {version}"))
}
