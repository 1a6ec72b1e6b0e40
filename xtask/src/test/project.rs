//! Runs a directory of tests in JavaScript that has a lock file of its own. It is copied to a project that has installed
//! those packages and our packed package, together with the examples that it starts. `projects.rs` lists them.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use super::javascript::passed;
use crate::{
    directory,
    tools::{apt::Debian, npm::Install},
    xtask::Xtask,
};

const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];
/// A file that all of them import.
const SIGNER: &str = "js/test/delivery.mjs";
/// A test prints this before what it could not do.
const NOT_RUN: &str = "NOT RUN: ";

/// How a line for a skipped test begins in node's report. The reason comes after `#`.
const SKIPPED: &str = "﹣ ";

/// Such a directory.
#[derive(Clone, Copy)]
pub(crate) struct Project {
    /// Its path in the repository; the last part is its name.
    pub(super) directory: &'static str,
    /// The examples that its tests start, by their names.
    pub(super) examples: &'static [&'static str],
    /// Files of other directories that its tests import. They are copied beside the tests.
    pub(super) shared: &'static [&'static str],
    /// The Node of its lock file that its tests run in. Without one they run in the `node` of PATH.
    pub(super) node: Option<&'static str>,
    /// What its tests start. Each finds the path in the variable of that program.
    pub(super) needs: &'static [Debian],
}

impl Project {
    /// A directory that needs nothing but its packages.
    pub(super) const fn new(directory: &'static str) -> Self {
        Self {
            directory,
            examples: &[],
            shared: &[],
            node: None,
            needs: &[],
        }
    }

    /// Runs all its tests. Returns a few words on the result.
    pub(super) fn run(self, xtask: &Xtask) -> Result<String> {
        let node = self.node;
        let node = node.map_or_else(|| xtask.node(), |name| self.node_of(xtask, name));
        self.run_in(xtask, node)
    }

    /// The same in a Node of another project.
    pub(super) fn run_in(self, xtask: &Xtask, node: Command) -> Result<String> {
        let report = self.report(xtask, node)?;
        let mut note = format!("{} tests", passed(&report));
        for (reason, count) in skipped(&report) {
            note += &format!("; {count} skipped: {reason}");
        }
        for (_, what) in report.lines().filter_map(|line| line.split_once(NOT_RUN)) {
            note += &format!("; {NOT_RUN}{what}");
        }
        Ok(note)
    }

    /// Runs all its tests in a Node, and returns their report.
    pub(crate) fn report(self, xtask: &Xtask, mut node: Command) -> Result<String> {
        xtask.locate(&mut node, self.needs)?;
        let tests = self.copied(xtask)?;
        node.arg("--test-concurrency=2")
            // Else each process on the oldest Node prints that the AWS SDK will drop it.
            .env("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true")
            // For tests of parts that the package does not export.
            .env("REPOSITORY", &xtask.workspace.root)
            .current_dir(&tests);
        xtask.run_tests(self.name(), &mut node, &tests)
    }

    /// Installs its packages, if the lock has changed since.
    pub(crate) fn need_packages(self, xtask: &Xtask) -> Result<()> {
        let place = self.place(xtask);
        for manifest in MANIFESTS {
            let source = xtask.workspace.path(self.directory).join(manifest);
            directory::copy(&source, &place.join(manifest))?;
        }
        xtask
            .need_packages(&place, Install::ForThisPlatform)
            .context("the programs among them are for Linux on x86-64")
    }

    /// A Node of its lock file.
    pub(super) fn node_of(self, xtask: &Xtask, name: &str) -> Command {
        let modules = self.place(xtask).join("node_modules");
        Command::new(modules.join(name).join("bin/node"))
    }

    /// Copies the tests and examples to a project that has installed the packages.
    pub(super) fn copied(self, xtask: &Xtask) -> Result<PathBuf> {
        let package = xtask.build()?.package;
        self.need_packages(xtask)?;
        let project = self.place(xtask).join("project");
        xtask.install(&package, &project)?;
        let tests = project.join("tests");
        directory::create_empty(&tests)?;
        directory::copy(&xtask.workspace.path(self.directory), &tests)?;
        // The project has a manifest of its own.
        for manifest in MANIFESTS {
            fs_err::remove_file(tests.join(manifest))?;
        }
        for shared in self.shared.iter().chain(&[SIGNER]) {
            let file = xtask.workspace.path(shared);
            let name = file.file_name().context("a shared file has a name")?;
            directory::copy(&file, &tests.join(name))?;
        }
        for example in self.examples {
            let at = project.join("examples").join(example);
            directory::create_empty(&at)?;
            directory::copy(&xtask.workspace.path("examples").join(example), &at)?;
        }
        Ok(tests)
    }

    pub(crate) fn place(self, xtask: &Xtask) -> PathBuf {
        xtask.workspace.target.join("projects").join(self.name())
    }

    pub(super) fn name(self) -> &'static str {
        self.directory.rsplit('/').next().unwrap_or(self.directory)
    }
}

/// How many tests were skipped, for each reason.
fn skipped(report: &str) -> BTreeMap<&str, usize> {
    let lines = report
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(SKIPPED));
    let mut reasons = BTreeMap::new();
    for line in lines {
        let reason = line.rsplit_once(" # ").map_or(line, |(_, reason)| reason);
        *reasons.entry(reason).or_default() += 1;
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_tests_are_counted_by_their_reason() {
        let report =
            "✔ a (1ms)\n  ﹣ b #1 (0.1ms) # no clock\n﹣ c (0.1ms) # no clock\n﹣ d (0.1ms)\n";
        let skipped = skipped(report);
        assert_eq!(
            skipped.into_iter().collect::<Vec<_>>(),
            [("d (0.1ms)", 1), ("no clock", 2)]
        );
    }
}
