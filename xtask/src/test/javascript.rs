//! Checks of the npm package.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};

use crate::{directory, xtask::Xtask};

/// Type-checks the sources, and tests that use the installed package, as strictly as a user may.
pub(super) fn types(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    for project in ["js/tsconfig.json", "js/tools/tsconfig.json"] {
        let mut sources = xtask.node_tool("typescript/bin/tsc");
        sources
            .args(["-p", project])
            .current_dir(&xtask.workspace.root);
        xtask.console.run(project, &mut sources)?;
    }
    let tests = with_extension(&consumer.join("test"), ".ts")?;
    xtask.type_check(&consumer, &tests, &["--noEmit"])?;
    Ok(format!("the sources, {} type tests", tests.len()))
}

/// Runs the tests on the installed package, and loads `dist/npm` in place by `import` and by `require`.
pub(super) fn node(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    let mut tests = xtask.node();
    tests.current_dir(&consumer);
    let report = xtask.run_tests("node --test", &mut tests, &consumer.join("test"))?;

    let package = xtask.build()?.package;
    let in_place = "const required = require('./index.js');
        import('./index.js').then((imported) => { if (imported.Verifier !== required.Verifier) process.exit(1); });";
    let mut check = xtask.node();
    check.args(["--eval", in_place]).current_dir(&package);
    let checked = xtask.console.run("dist/npm in place", &mut check);
    checked.context("dist/npm cannot be used in place")?;
    Ok(format!("{} tests", passed(&report)))
}

impl Xtask {
    /// Runs a directory's tests in a Node. Returns its report, and fails if no test has passed.
    pub(crate) fn run_tests(
        &self,
        label: &str,
        node: &mut Command,
        directory: &Path,
    ) -> Result<String> {
        node.args(["--test", "--test-reporter=spec"])
            .args(with_extension(directory, ".test.mjs")?);
        let output = self.console.run(label, node)?;
        ensure!(passed(&output.stdout) > 0, "no test ran:\n{}", output.said);
        Ok(output.stdout)
    }

    /// Compiles TypeScript in the consumer as strictly as can be.
    pub(super) fn type_check(
        &self,
        consumer: &Path,
        files: &[String],
        options: &[&str],
    ) -> Result<()> {
        ensure!(
            !files.is_empty(),
            "there is no TypeScript to check in {}",
            consumer.display()
        );
        let mut tsc = self.node_tool("typescript/bin/tsc");
        let strictly = "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --module nodenext \
            --target es2022 --lib es2022,esnext.disposable,dom,dom.iterable --types node --typeRoots";
        tsc.args(strictly.split_whitespace())
            .arg(self.node_modules().join("@types"))
            .args(options)
            .args(files)
            .current_dir(consumer);
        self.console.run("tsc", &mut tsc).map(drop)
    }
}

/// From node's own count at the end, `ℹ pass 12`.
pub(super) fn passed(report: &str) -> usize {
    let count = |line: &str| line.split_once(" pass ")?.1.parse().ok();
    report.lines().rev().find_map(count).unwrap_or_default()
}

/// The files below `at` whose names end with `extension`.
fn with_extension(at: &Path, extension: &str) -> Result<Vec<String>> {
    let mut files: Vec<_> = directory::files(at)?
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    files.retain(|file| file.ends_with(extension));
    Ok(files)
}

#[cfg(test)]
mod tests {
    #[test]
    fn passed_tests_are_counted() {
        assert_eq!(
            super::passed("✔ a good one must pass 7\nℹ tests 3\nℹ pass 2\nℹ fail 1\n"),
            2
        );
        assert_eq!(super::passed("no report"), 0);
    }
}
