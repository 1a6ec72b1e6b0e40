//! The verifier beside others that share no code with it: HMAC of HACL*, a naive verifier, `JSON.parse`, Python's `json`.

use std::{path::Path, process::Command};

use anyhow::Result;

use super::length::Length;
use crate::{directory, tools::apt, xtask::Xtask};

const PACKAGE: &str = "docutray-webhook-differential";
const SCRIPTS: &str = "tests/differential";

/// How many of each.
struct Counts {
    macs: u32,
    deliveries: u32,
    bodies: u32,
}

const QUICK: Counts = Counts {
    macs: 1_000,
    deliveries: 10_000,
    bodies: 3_000,
};
const LONG: Counts = Counts {
    macs: 100_000,
    deliveries: 1_000_000,
    bodies: 100_000,
};

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    let counts = match length {
        Length::Quick => QUICK,
        Length::Long => LONG,
    };
    let program = xtask.optimised(PACKAGE, PACKAGE)?;
    let compare = |what: &str, count: u32| {
        let mut compare = Command::new(&program);
        said(xtask, what, compare.args([what, &count.to_string()]))
    };
    let results = [
        compare("macs", counts.macs)?,
        compare("deliveries", counts.deliveries)?,
        bodies(xtask, &program, counts.bodies)?,
    ];
    Ok(results.join("; "))
}

/// Has other parsers read the bodies that the verifier has read.
fn bodies(xtask: &Xtask, program: &Path, count: u32) -> Result<String> {
    let directory = xtask.workspace.scratch().join("differential");
    directory::create_empty(&directory)?;
    let file = directory.join("bodies.jsonl");
    let mut write = Command::new(program);
    write.args(["bodies", &count.to_string()]).arg(&file);
    said(xtask, "bodies", &mut write)?;
    let script = |name: &str| xtask.workspace.path(SCRIPTS).join(name);
    let mut node = xtask.node();
    node.arg(script("bodies.mjs")).arg(&file);
    let mut python = Command::new(xtask.need(apt::PYTHON)?);
    python.arg(script("bodies.py")).arg(&file);
    let parsers = [
        said(xtask, "JSON.parse", &mut node)?,
        said(xtask, "Python's json", &mut python)?,
    ];
    // Of a long run it is a hundred megabytes.
    fs_err::remove_dir_all(directory)?;
    Ok(parsers.join("; "))
}

fn said(xtask: &Xtask, label: &str, command: &mut Command) -> Result<String> {
    let stdout = xtask
        .console
        .run(&format!("differential: {label}"), command)?
        .stdout;
    Ok(stdout.trim().to_owned())
}
