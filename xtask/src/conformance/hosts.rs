//! The hosts. A host has a driver: a program that takes case files as arguments and writes one result a line.

use std::process::Command;

use anyhow::{Result, bail};

use super::drivers::{
    bundled, in_browser, in_node, in_node_named, in_rust, locked, node_version, python_version,
    says, with_package,
};
use crate::{
    test::nodes::node_named,
    tools::{
        apt,
        browsers::{CHROMIUM, FIREFOX, WEBKIT},
    },
    xtask::Xtask,
};

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

/// The results of every host are compared with those of the first.
pub(crate) const HOSTS: [Host; 16] = [
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
        version: |xtask| node_version(xtask.node()),
        is_locked: false,
    },
    Host {
        name: "node-22",
        runs: PACKAGE,
        prepare: |xtask| in_node_named(xtask, "node-22"),
        version: |xtask| node_version(node_named(xtask, "node-22")?),
        is_locked: true,
    },
    Host {
        name: "node-24",
        runs: PACKAGE,
        prepare: |xtask| in_node_named(xtask, "node-24"),
        version: |xtask| node_version(node_named(xtask, "node-24")?),
        is_locked: true,
    },
    Host {
        name: "node-26",
        runs: PACKAGE,
        prepare: |xtask| in_node_named(xtask, "node-26"),
        version: |xtask| node_version(node_named(xtask, "node-26")?),
        is_locked: true,
    },
    Host {
        name: "workers",
        runs: PACKAGE,
        prepare: |xtask| bundled(xtask, "workers/drive.mjs"),
        version: |xtask| xtask.host_version("workerd"),
        is_locked: true,
    },
    Host {
        name: "next-edge",
        runs: PACKAGE,
        prepare: Xtask::next_driver,
        version: Xtask::next_version,
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
        prepare: |xtask| in_browser(xtask, "chromium", CHROMIUM),
        version: |xtask| says(Command::new(xtask.need(apt::CHROMIUM)?).arg("--version"), 2),
        is_locked: false,
    },
    Host {
        name: "firefox",
        runs: PACKAGE,
        prepare: |xtask| in_browser(xtask, "firefox", FIREFOX),
        version: |xtask| {
            let version = says(Command::new(xtask.need(apt::FIREFOX)?).arg("--version"), 3)?;
            Ok(version.trim_start_matches("Mozilla ").to_owned())
        },
        is_locked: false,
    },
    Host {
        name: "webkit",
        runs: PACKAGE,
        prepare: |xtask| in_browser(xtask, "webkit", WEBKIT),
        version: |xtask| says(xtask.webkit()?.arg("--version"), 2),
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
        version: python_version,
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
