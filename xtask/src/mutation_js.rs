//! `cargo xtask mutation-js`: StrykerJS changes receivers and stores in small ways, and a test has to notice each change. What no test
//! notices is listed in `tests/mutation/survivors.json`, with its reason.

mod report;
mod survivors;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use fs_err as fs;

use self::{report::Report, survivors::Listed};
use crate::{
    directory,
    tools::{
        apt::{POSTGRES, REDIS},
        npm::Install,
    },
    xtask::Xtask,
};

const PACKAGE: &str = "js";
const PROJECT: &str = "tests/mutation";
/// Changes that no test notices, with the reason of each.
const SURVIVORS: &str = "tests/mutation/survivors.json";
/// StrykerJS needs a newer Node than the oldest that is supported.
const NODE: &str = "node_modules/node-24/bin";
/// What is copied beside the project's own files, and to which directory.
const COPIED: [(&str, &str); 4] = [
    ("js/src", "src"),
    ("js/test", "test"),
    ("tests/cases/receiver", "cases/receiver"),
    ("tests/cases/claims", "cases/claims"),
];
/// What the tests of stores share with others, and their names there.
const SHARED: [(&str, &str); 10] = [
    ("js/test/claims.mjs", "claims.mjs"),
    ("js/test/delivery.mjs", "delivery.mjs"),
    ("tests/cases/claims/every_store.json", "every_store.json"),
    ("tests/cases/claims/model.json", "model.json"),
    ("tests/idempotency/contract.mjs", "contract.mjs"),
    ("tests/idempotency/fake-clock.mjs", "fake-clock.mjs"),
    ("tests/idempotency/holds.mjs", "holds.mjs"),
    ("tests/idempotency/runtimes/clock.mjs", "date-clock.mjs"),
    ("tests/idempotency/runtimes/sql-clock.mjs", "sql-clock.mjs"),
    ("tests/idempotency/servers.mjs", "servers.mjs"),
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The files to change, such as js/src/receiver/time.ts, or a pattern of them; all if none is named
    #[arg(value_name = "FILE")]
    files: Vec<String>,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    let step = xtask.console.step("mutation-js");
    let files: Vec<_> = arguments.files.iter().map(String::as_str).collect();
    let found = run(&xtask.within(&step), &files)?;
    step.done(&found);
    Ok(true)
}

/// Changes these files, or all.
pub(crate) fn run(xtask: &Xtask, files: &[&str]) -> Result<String> {
    let files: Vec<_> = files
        .iter()
        .map(|file| in_package(file))
        .collect::<Result<_>>()?;
    let place = prepared(xtask)?;
    let mut stryker = node(&place)?;
    stryker
        .arg("run.mjs")
        .args(files)
        .env(REDIS.variable, xtask.need(REDIS)?)
        .env(POSTGRES.variable, xtask.need(POSTGRES)?);
    xtask.console.run("mutation of TypeScript", &mut stryker)?;
    let report = fs::read_to_string(place.join("reports/mutants.json"))?;
    let report: Report = serde_json::from_str(&report).context("StrykerJS's report")?;
    let listed = fs::read_to_string(xtask.workspace.path(SURVIVORS))?;
    let listed: Vec<Listed> = serde_json::from_str(&listed).context(SURVIVORS)?;
    let package = xtask.workspace.path(PACKAGE);
    let result = survivors::judged(&report, &listed, |file| package.join(file).is_file())?;
    Ok(format!("mutants of TypeScript: {result}"))
}

fn in_package(file: &str) -> Result<&str> {
    let inside = file
        .strip_prefix(PACKAGE)
        .and_then(|rest| rest.strip_prefix('/'));
    inside.with_context(|| format!("no file of {PACKAGE}: {file}"))
}

/// A project with the sources, and tests that import them.
fn prepared(xtask: &Xtask) -> Result<PathBuf> {
    // It makes `js/src/generated`.
    xtask.build()?;
    let place = xtask.workspace.target.join("projects/mutation");
    for part in ["src", "test", "cases", "stores", ".stryker", "reports"] {
        directory::create_empty(&place.join(part))?;
    }
    directory::copy(&xtask.workspace.path(PROJECT), &place)?;
    for (from, to) in COPIED {
        directory::copy(&xtask.workspace.path(from), &place.join(to))?;
    }
    for (from, to) in SHARED {
        directory::copy(&xtask.workspace.path(from), &place.join("stores").join(to))?;
    }
    // Else the tests would not be in the package that they import.
    fs::remove_file(place.join("test/package.json"))?;
    xtask.need_packages(&place, Install::ForThisPlatform)?;
    Ok(place)
}

/// StrykerJS starts tests in the `node` of PATH.
fn node(place: &Path) -> Result<Command> {
    let programs = place.join(NODE);
    let mut node = Command::new(programs.join("node"));
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([programs].into_iter().chain(env::split_paths(&path)))?;
    node.env("PATH", path).current_dir(place);
    Ok(node)
}
