//! Checks of the npm package.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::{directory, xtask::Xtask};

/// Type-checks the sources, and tests that use the installed package, as strictly as a user may.
pub(super) fn types(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    let step = xtask.console.step("tsc");
    let mut sources = xtask.node_tool("typescript/bin/tsc");
    sources
        .args(["-p", "js/tsconfig.json"])
        .current_dir(&xtask.workspace.root);
    xtask.console.run_within(&step, &mut sources)?;
    let tests = with_extension(&consumer.join("test"), ".ts")?;
    xtask.type_check(&consumer, &tests, &["--noEmit"])?;
    Ok(format!("the sources, {} type tests", tests.len()))
}

/// Runs the tests on the installed package, and loads `dist/npm` in place by `import` and by `require`.
pub(super) fn node(xtask: &Xtask) -> Result<String> {
    let consumer = xtask.consumer()?;
    let step = xtask.console.step("node --test");
    let mut tests = xtask.node();
    tests
        .args(["--test", "--test-reporter=spec"])
        .args(with_extension(&consumer.join("test"), ".test.mjs")?);
    let output = xtask
        .console
        .run_within(&step, tests.current_dir(&consumer))?;
    let passed = passed(&output.stdout);
    ensure!(passed > 0, "no test ran:\n{}", output.said);

    let package = xtask.build()?.package;
    let in_place = "const required = require('./index.js');
        import('./index.js').then((imported) => { if (imported.Verifier !== required.Verifier) process.exit(1); });";
    let mut in_place_check = xtask.node();
    in_place_check
        .args(["--eval", in_place])
        .current_dir(&package);
    xtask
        .console
        .run_within(&step, &mut in_place_check)
        .context("dist/npm cannot be used in place")?;
    Ok(format!("{passed} tests"))
}

impl Xtask {
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
        let step = self.console.step("tsc");
        let mut tsc = self.node_tool("typescript/bin/tsc");
        let strictly = "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --module nodenext \
            --target es2022 --lib es2022,esnext.disposable,dom,dom.iterable --types node --typeRoots";
        tsc.args(strictly.split_whitespace())
            .arg(self.node_modules().join("@types"))
            .args(options)
            .args(files)
            .current_dir(consumer);
        self.console.run_within(&step, &mut tsc).map(drop)
    }
}

/// From node's own count at the end, `ℹ pass 12`.
pub(super) fn passed(report: &str) -> usize {
    let count = |line: &str| line.split_once(" pass ")?.1.parse().ok();
    report.lines().rev().find_map(count).unwrap_or_default()
}

/// The files below `at` whose names end with `extension`.
pub(super) fn with_extension(at: &Path, extension: &str) -> Result<Vec<String>> {
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
