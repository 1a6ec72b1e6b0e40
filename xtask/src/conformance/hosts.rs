//! The hosts, each in a file of its own: its name, how its driver is made ready, and its version. A driver takes case
//! files as arguments and writes one outcome a line.

mod browser;
mod bun;
mod deno;
mod jco;
mod native;
mod node;
mod python;
mod spin;
mod wasmtime;
mod workers;

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::Xtask;

/// A host that runs cases.
pub(crate) struct Host {
    pub(crate) name: &'static str,
    /// Which artefact it runs.
    pub(super) runs: &'static str,
    /// Builds what the host runs, and gives the driver's command without its files.
    pub(super) prepare: fn(&Xtask) -> Result<Command>,
    /// What ran it and in which version, once `prepare` has been called.
    pub(super) version: fn(&Xtask) -> Result<String>,
    pub(super) origin: Origin,
}

/// Where a host comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From a lock file of this repository: the same version everywhere.
    Lock,
    /// From the machine, in the version that it has.
    Machine,
}

/// Every host is held against the first in full.
pub(crate) const HOSTS: [Host; 10] = [
    native::HOST,
    node::HOST,
    workers::HOST,
    deno::HOST,
    bun::HOST,
    browser::HOST,
    wasmtime::HOST,
    jco::HOST,
    python::HOST,
    spin::HOST,
];

const CRATE: &str = "crate";
const PACKAGE: &str = "npm package";
const COMPONENT: &str = "component";

/// The host of this name.
pub(crate) fn named(name: &str) -> Result<&'static Host> {
    if let Some(host) = HOSTS.iter().find(|host| host.name == name) {
        return Ok(host);
    }
    bail!("no host {name}; there are {}", names())
}

/// All names, for people.
pub(crate) fn names() -> String {
    HOSTS.map(|host| host.name).join(", ")
}

/// A driver in Rust, a package of the workspace.
fn driver(xtask: &Xtask, host: &str, package: &str) -> Result<Command> {
    let step = xtask.console.step(format!("{host} host: compile"));
    let program = xtask.executable(&step, package)?;
    step.done("");
    Ok(Command::new(program))
}

/// A driver in Node that starts the host and brings it the cases: it needs what npm has installed beside it.
fn driver_in_node(xtask: &Xtask, script: &str) -> Command {
    let mut command = xtask.node();
    command.arg(xtask.workspace.path("tests/hosts").join(script));
    command
}

/// The first words that a program says of itself.
fn says(program: &mut Command, words: usize) -> Result<String> {
    let output = program
        .output()
        .with_context(|| format!("cannot run {}", crate::child::shown(program)))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<_> = text.split_whitespace().take(words).collect();
    Ok(words.join(" "))
}
