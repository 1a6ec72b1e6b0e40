//! The hosts. A host has a driver: a program that takes case files as arguments and writes one result a line.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{tools::apt, xtask::Xtask};

/// A host that runs cases.
pub(crate) struct Host {
    pub(crate) name: &'static str,
    /// Which artefact it runs.
    pub(super) runs: &'static str,
    /// Builds what the host runs, and gives the driver's command without its files.
    pub(super) prepare: fn(&Xtask) -> Result<Command>,
    /// The host's name and version. `prepare` must have been called before.
    pub(super) version: fn(&Xtask) -> Result<String>,
    /// Whether a lock file of this repository has the version. Otherwise it is what the machine has.
    pub(super) is_locked: bool,
}

const CRATE: &str = "crate";
const PACKAGE: &str = "npm package";
const COMPONENT: &str = "component";
/// A Python program that prints the package's version.
const PYTHON_VERSION: &str =
    "from importlib.metadata import version; print('wasmtime', version('wasmtime'), 'for Python')";

/// The results of every host are compared with those of the first.
pub(crate) const HOSTS: [Host; 10] = [
    Host {
        name: "native",
        runs: CRATE,
        prepare: |xtask| in_rust(xtask, "native", "docutray-webhook-native-driver"),
        version: |xtask| {
            let mut rustc = Command::new("rustc");
            // A toolchain file in the workspace applies here.
            rustc.current_dir(&xtask.workspace.root);
            says(rustc.arg("--version"), 2)
        },
        is_locked: false,
    },
    Host {
        name: "node",
        runs: PACKAGE,
        prepare: |xtask| with_package(xtask, xtask.node(), "node.mjs"),
        version: |xtask| {
            let version = says(xtask.node().arg("--version"), 1)?;
            Ok(format!("Node {}", version.trim_start_matches('v')))
        },
        is_locked: false,
    },
    Host {
        name: "workers",
        runs: PACKAGE,
        prepare: |xtask| bundled(xtask, "workers/drive.mjs"),
        version: |xtask| xtask.host_version("workerd"),
        is_locked: true,
    },
    Host {
        name: "deno",
        runs: PACKAGE,
        prepare: |xtask| {
            let mut deno = xtask.deno()?;
            deno.arg("--allow-read");
            with_package(xtask, deno, "deno.mjs")
        },
        version: |xtask| xtask.host_version("deno"),
        is_locked: true,
    },
    Host {
        name: "bun",
        runs: PACKAGE,
        prepare: |xtask| with_package(xtask, xtask.bun()?, "bun.mjs"),
        version: |xtask| xtask.host_version("bun"),
        is_locked: true,
    },
    Host {
        name: "browser",
        runs: PACKAGE,
        prepare: |xtask| {
            let mut command = bundled(xtask, "browser/drive.mjs")?;
            command.env("CHROMIUM", xtask.need(apt::CHROMIUM)?);
            Ok(command)
        },
        version: |xtask| says(Command::new(xtask.need(apt::CHROMIUM)?).arg("--version"), 2),
        is_locked: false,
    },
    Host {
        name: "wasmtime",
        runs: COMPONENT,
        prepare: |xtask| {
            let component = xtask.build()?.component;
            let mut command = in_rust(xtask, "wasmtime", "docutray-webhook-wasmtime-driver")?;
            command.env("DOCUTRAY_WEBHOOK_COMPONENT", component);
            Ok(command)
        },
        version: |xtask| locked(xtask, "wasmtime"),
        is_locked: true,
    },
    Host {
        name: "jco",
        runs: COMPONENT,
        prepare: |xtask| {
            let mut command = in_node(xtask, "jco/drive.mjs");
            command.env("DOCUTRAY_TRANSPILED", xtask.transpiled()?);
            Ok(command)
        },
        version: |xtask| {
            let version = xtask.host_version("@bytecodealliance/jco")?;
            Ok(version.trim_start_matches("@bytecodealliance/").to_owned())
        },
        is_locked: true,
    },
    Host {
        name: "python",
        runs: COMPONENT,
        prepare: |xtask| {
            let component = xtask.build()?.component;
            let mut command = xtask.python()?;
            command
                .arg(xtask.workspace.path("tests/hosts/python/drive.py"))
                .env("DOCUTRAY_WEBHOOK_COMPONENT", component);
            Ok(command)
        },
        version: |xtask| says(xtask.python()?.args(["-c", PYTHON_VERSION]), 4),
        is_locked: true,
    },
    // The application of `examples/spin`, composed with the component, over HTTP.
    Host {
        name: "spin",
        runs: COMPONENT,
        prepare: |xtask| {
            let application = xtask.spin_application()?;
            let mut command = in_rust(xtask, "spin", "docutray-webhook-spin-driver")?;
            command.env("DOCUTRAY_WEBHOOK_SPIN_APPLICATION", application);
            Ok(command)
        },
        version: |xtask| {
            let (wasmtime, sdk) = (locked(xtask, "wasmtime")?, locked(xtask, "spin-sdk")?);
            Ok(format!("{wasmtime}, {sdk}"))
        },
        is_locked: true,
    },
];

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
fn in_rust(xtask: &Xtask, host: &str, package: &str) -> Result<Command> {
    let program = xtask.executable(&format!("{host} host: compile"), package)?;
    Ok(Command::new(program))
}

/// A driver in Node that starts the host and sends it the cases. It imports packages that npm has installed beside it.
fn in_node(xtask: &Xtask, script: &str) -> Command {
    let mut command = xtask.node();
    command.arg(xtask.workspace.path("tests/hosts").join(script));
    command
}

/// The same, for a host that runs a bundle of the installed package.
fn bundled(xtask: &Xtask, script: &str) -> Result<Command> {
    let mut command = in_node(xtask, script);
    command.env("DOCUTRAY_CONSUMER", xtask.consumer()?);
    xtask.need_hosts()?;
    Ok(command)
}

/// A driver that runs in the host itself, and imports the installed package.
fn with_package(xtask: &Xtask, mut host: Command, script: &str) -> Result<Command> {
    host.arg(xtask.consumer()?.join("hosts").join(script));
    Ok(host)
}

/// A crate and its version in the lock file, which the driver is built with.
fn locked(xtask: &Xtask, name: &str) -> Result<String> {
    let lock = fs_err::read_to_string(xtask.workspace.path("Cargo.lock"))?;
    let (_, rest) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .with_context(|| format!("Cargo.lock has no {name}"))?;
    let (version, _) = rest.split_once('"').context("Cargo.lock is cut off")?;
    Ok(format!("{name} {version}"))
}

/// The first words of what a program prints.
fn says(program: &mut Command, words: usize) -> Result<String> {
    let output = program
        .output()
        .with_context(|| format!("cannot run {}", crate::child::shown(program)))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<_> = text.split_whitespace().take(words).collect();
    Ok(words.join(" "))
}
