//! cargo-mutants, and how it is called.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{passes::Pass, shard::Shard};
use crate::xtask::Xtask;

const TOOL: &str = "cargo-mutants";
const VERSION: &str = "27.1.0";
/// In seconds. Without a mutant the tests take less than a second. cargo-mutants waits for five times as long, if that is more.
const TIMEOUT: &str = "20";
/// With as many threads, a test that waits for ever does not keep another from failing.
const TEST_THREADS: &str = "32";
/// A test's program ends with the first test that fails, even while others wait for ever. libtest calls that option unstable, and
/// takes it from a program with this variable.
const RUNNER: &str = r#"target."cfg(all())".runner=["env","RUSTC_BOOTSTRAP=1"]"#;
const FAIL_FAST: [&str; 4] = ["--", "--", "-Zunstable-options", "--fail-fast"];

/// Which of a pass's mutants are made.
pub(super) struct Part<'a> {
    pub(super) shard: Shard,
    /// What their names match.
    pub(super) re: Option<&'a str>,
}

pub(super) struct Tool {
    program: PathBuf,
    package: String,
}

impl Tool {
    pub(super) fn installed(xtask: &Xtask) -> Result<Self> {
        Ok(Self {
            program: xtask.program_of_crate(TOOL, VERSION)?,
            package: xtask.workspace.package.name.clone(),
        })
    }

    /// The names of all mutants of the crate, without line and column.
    pub(super) fn names(&self, xtask: &Xtask) -> Result<Vec<String>> {
        let mut list = self.command();
        list.args(["--list", "--line-col=false"])
            .current_dir(&xtask.workspace.root);
        let listed = xtask.console.run("mutants: list", &mut list)?.stdout;
        Ok(listed.lines().map(str::to_owned).collect())
    }

    /// Has tests judge mutants, in the directory where the command will run. What is found is written below `output`.
    pub(super) fn judge(&self, pass: &Pass, part: &Part<'_>, output: &Path) -> Command {
        let mut command = self.command();
        command
            .args(["--in-place", "--profile=mutants", "--colors=never"])
            .args(["--sharding=round-robin", &format!("--shard={}", part.shard)])
            .args(["--minimum-test-timeout", TIMEOUT])
            .arg("--output")
            .arg(output)
            .args(&pass.files)
            .args(part.re.map(|regex| format!("--re={regex}")))
            .arg(format!("--cargo-arg=--config={RUNNER}"))
            .args(pass.tests.iter().map(|test| format!("--cargo-arg={test}")))
            .args(FAIL_FAST)
            .env("CARGO_INCREMENTAL", "1")
            .env("RUST_TEST_THREADS", TEST_THREADS)
            // Else it would find this workspace.
            .env_remove("CARGO_MANIFEST_PATH");
        command
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["mutants", "--all-features", "--package"])
            .arg(&self.package);
        command
    }
}
