//! The hosts: for each its name, and how its driver is made ready. A driver takes case files as arguments and writes
//! one outcome a line.

use std::process::Command;

use anyhow::{Result, bail};

use crate::Xtask;

/// A host that runs cases.
pub(crate) struct Host {
    pub(crate) name: &'static str,
    /// Builds what the host runs, and gives the driver's command without its files.
    pub(super) prepare: fn(&Xtask) -> Result<Command>,
}

/// Every host is held against the first in full.
pub(crate) const HOSTS: [Host; 3] = [
    Host {
        name: "native",
        prepare: native,
    },
    Host {
        name: "node",
        prepare: node,
    },
    Host {
        name: "wasmtime",
        prepare: wasmtime,
    },
];

/// Hosts of the design that no driver reaches yet.
const LATER: [&str; 7] = ["workers", "deno", "bun", "browser", "jco", "python", "spin"];

/// The host of this name.
pub(crate) fn named(name: &str) -> Result<&'static Host> {
    if let Some(host) = HOSTS.iter().find(|host| host.name == name) {
        return Ok(host);
    }
    if LATER.contains(&name) {
        bail!(
            "the host {name} comes with a later version; there are {}",
            names()
        );
    }
    bail!("no host {name}; there are {}", names())
}

/// All names, for people.
pub(crate) fn names() -> String {
    HOSTS.map(|host| host.name).join(", ")
}

fn native(xtask: &Xtask) -> Result<Command> {
    driver(xtask, "native", "docutray-webhook-native-host")
}

fn wasmtime(xtask: &Xtask) -> Result<Command> {
    let component = xtask.build()?.component;
    let mut command = driver(xtask, "wasmtime", "docutray-webhook-wasmtime-host")?;
    command.env("DOCUTRAY_WEBHOOK_COMPONENT", component);
    Ok(command)
}

fn node(xtask: &Xtask) -> Result<Command> {
    let consumer = xtask.consumer()?;
    let mut command = xtask.node();
    command.arg(consumer.join("hosts/node.mjs"));
    Ok(command)
}

/// A driver in Rust, a package of the workspace.
fn driver(xtask: &Xtask, host: &str, package: &str) -> Result<Command> {
    let step = xtask.console.step(format!("{host} host: compile"));
    let program = xtask.executable(&step, package)?;
    step.done("");
    Ok(Command::new(program))
}
