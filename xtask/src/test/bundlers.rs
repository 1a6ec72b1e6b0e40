//! What people do to the npm package: `tests/bundlers`, in a project that has it installed. All tools, Node's versions
//! among them, are pinned in its lock file.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use super::javascript::{passed, with_extension};
use crate::{Xtask, directory, tools::npm::Install};

const DIRECTORY: &str = "tests/bundlers";
const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];
/// As the lock file names them; the last is the newest.
const NODES: [&str; 4] = ["node-20", "node-22", "node-24", "node-26"];
/// For the tests and for tools, some of which need more than the oldest.
const NODE: &str = "node-24";
/// How a test says what it could not do.
const NOT_RUN: &str = "NOT RUN: ";

/// The package in each tool, and what the tool makes on its host.
pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let tests = xtask.bundler_tests()?;
    let chromium = xtask.chromium()?;
    let step = xtask.console.step("bundlers");
    let mut node = xtask.node_of(NODE);
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
        .args(with_extension(&tests, ".test.mjs")?)
        .env("CHROMIUM", chromium)
        .current_dir(&tests);
    let report = xtask.console.run_within(&step, &mut node)?.stdout;
    let passed = passed(&report);
    ensure!(passed > 0, "no test ran:\n{report}");
    let mut note = format!("{passed} tests");
    for (_, what) in report.lines().filter_map(|line| line.split_once(NOT_RUN)) {
        note += &format!("; {NOT_RUN}{what}");
    }
    Ok(note)
}

/// The package's own tests in each Node.
pub(super) fn node_versions(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    xtask.need_bundlers()?;
    let mut versions = Vec::new();
    for name in NODES {
        let step = xtask.console.step(name);
        let version = xtask
            .console
            .run_within(&step, xtask.node_of(name).arg("--version"))?;
        let version = version.stdout.trim().to_owned();
        let mut node = xtask.node_of(name);
        node.args(["--test", "--test-reporter=spec"])
            .args(with_extension(&consumer.join("test"), ".test.mjs")?)
            .current_dir(&consumer);
        let report = xtask
            .console
            .run_within(&step, &mut node)
            .with_context(|| format!("Node {version}"))?
            .stdout;
        ensure!(passed(&report) > 0, "no test ran:\n{report}");
        versions.push(version);
    }
    Ok(versions.join(", "))
}

impl Xtask {
    /// Brings the tests to a project that has the package installed, below the tools.
    fn bundler_tests(&self) -> Result<PathBuf> {
        let package = self.build()?.package;
        self.need_bundlers()?;
        let project = self.bundlers().join("project");
        self.install(&package, &project)?;
        let tests = project.join("tests");
        directory::create_empty(&tests)?;
        let sources = self.workspace.path(DIRECTORY);
        for file in directory::files(&sources)? {
            let name = file.strip_prefix(&sources)?;
            // The project has a manifest of its own.
            if !MANIFESTS.iter().any(|manifest| name == Path::new(manifest)) {
                directory::copy(&file, &tests.join(name))?;
            }
        }
        directory::copy(
            &self.workspace.path("js/test/delivery.mjs"),
            &tests.join("delivery.mjs"),
        )?;
        Ok(tests)
    }

    /// Installs the tools, if the lock has changed since.
    fn need_bundlers(&self) -> Result<()> {
        let bundlers = self.bundlers();
        for manifest in MANIFESTS {
            let source = self.workspace.path(DIRECTORY).join(manifest);
            directory::copy(&source, &bundlers.join(manifest))?;
        }
        self.need_packages(&bundlers, Install::ForThisPlatform)
            .context("the programs among them are for Linux on x86-64")
    }

    /// A Node of the lock file.
    fn node_of(&self, name: &str) -> Command {
        Command::new(
            self.bundlers()
                .join("node_modules")
                .join(name)
                .join("bin/node"),
        )
    }

    fn bundlers(&self) -> PathBuf {
        self.workspace.target.join("bundlers")
    }
}
