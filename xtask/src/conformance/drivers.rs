//! The commands of drivers, and the versions of what they run.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{test::nodes, tools::apt::Debian, xtask::Xtask};

/// A Python program that prints the package's version.
const PYTHON_VERSION: &str =
    "from importlib.metadata import version; print('wasmtime', version('wasmtime'), 'for Python')";

/// A driver in Rust, a package of the workspace.
pub(super) fn in_rust(xtask: &Xtask, host: &str, package: &str) -> Result<Command> {
    let program = xtask.executable(&format!("{host} host: compile"), package)?;
    Ok(Command::new(program))
}

/// A driver in Node that starts the host and sends it the cases. It imports packages that npm has installed beside it.
pub(super) fn in_node(xtask: &Xtask, script: &str) -> Command {
    let mut command = xtask.node();
    command.arg(xtask.workspace.path("tests/hosts").join(script));
    command
}

/// The same, for a host that runs a bundle of the installed package.
pub(super) fn bundled(xtask: &Xtask, script: &str) -> Result<Command> {
    let mut command = in_node(xtask, script);
    command.env("DOCUTRAY_CONSUMER", xtask.consumer()?);
    xtask.need_hosts()?;
    Ok(command)
}

/// A driver that runs in the host itself, and imports the installed package.
pub(super) fn with_package(xtask: &Xtask, mut host: Command, script: &str) -> Result<Command> {
    host.arg(xtask.consumer()?.join("hosts").join(script));
    Ok(host)
}

/// The same, in a Node of `tests/bundlers`.
pub(super) fn in_node_named(xtask: &Xtask, name: &str) -> Result<Command> {
    with_package(xtask, nodes::node_named(xtask, name)?, "node.mjs")
}

/// A page in a browser. `programs` are what it takes to start that.
pub(super) fn in_browser(xtask: &Xtask, name: &str, programs: &[Debian]) -> Result<Command> {
    let mut command = bundled(xtask, "browser/drive.mjs")?;
    command.arg(name);
    xtask.locate(&mut command, programs)?;
    Ok(command)
}

/// What Wasmtime for Python says of itself.
pub(super) fn python_version(xtask: &Xtask) -> Result<String> {
    says(xtask.python()?.args(["-c", PYTHON_VERSION]), 4)
}

/// What a Node says of itself.
pub(super) fn node_version(mut node: Command) -> Result<String> {
    let version = says(node.arg("--version"), 1)?;
    Ok(format!("Node {}", version.trim_start_matches('v')))
}

/// A crate and its version in the lock file, which the driver is built with.
pub(super) fn locked(xtask: &Xtask, name: &str) -> Result<String> {
    let lock = fs_err::read_to_string(xtask.workspace.path("Cargo.lock"))?;
    let (_, rest) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .with_context(|| format!("Cargo.lock has no {name}"))?;
    let (version, _) = rest.split_once('"').context("Cargo.lock is cut off")?;
    Ok(format!("{name} {version}"))
}

/// The first words of what a program prints.
pub(super) fn says(program: &mut Command, words: usize) -> Result<String> {
    let output = program
        .output()
        .with_context(|| format!("cannot run {}", crate::child::shown(program)))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<_> = text.split_whitespace().take(words).collect();
    Ok(words.join(" "))
}
