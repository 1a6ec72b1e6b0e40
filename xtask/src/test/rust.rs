//! Checks that cargo makes, and the check of the cases' signatures.

use std::process::Command;

use anyhow::Result;

use crate::{
    tools::{apt, cargo::WHOLE_WORKSPACE, toolchain},
    xtask::Xtask,
};

/// The core's features. Each must compile without the others.
const FEATURES: [&str; 6] = ["", "axum", "serde", "signing", "std", "tower"];
/// The features that need no standard library.
const WITHOUT_STD: &str = "serde,signing";
/// The runner of wasm-bindgen-test.
const RUNNER: &str = "wasm-test-runner";

pub(super) fn format(xtask: &Xtask) -> Result<String> {
    xtask.need_component("rustfmt", "fmt")?;
    run(xtask, &mut xtask.cargo("fmt --all --check"))
}

pub(super) fn clippy(xtask: &Xtask) -> Result<String> {
    xtask.need_component("clippy", "clippy")?;
    for features in FEATURES {
        let core =
            format!("clippy --locked --no-default-features --features={features} -- -D warnings");
        run(xtask, &mut xtask.cargo(&core))?;
    }
    let all = format!("clippy --locked --all-targets {WHOLE_WORKSPACE} -- -D warnings");
    run(xtask, &mut xtask.cargo(&all))
}

pub(super) fn rustdoc(xtask: &Xtask) -> Result<String> {
    let mut doc = xtask.cargo(&format!("doc --locked --no-deps {WHOLE_WORKSPACE}"));
    run(xtask, doc.env("RUSTDOCFLAGS", "-D warnings"))
}

pub(super) fn no_std(xtask: &Xtask) -> Result<String> {
    xtask.need_target(toolchain::WASM_BARE)?;
    let build = format!(
        "build --locked --no-default-features --features {WITHOUT_STD} --target {}",
        toolchain::WASM_BARE
    );
    run(xtask, &mut xtask.cargo(&build))
}

/// Tests the core alone, which is quick.
pub(super) fn core(xtask: &Xtask) -> Result<String> {
    counted(xtask, &mut xtask.cargo("test --locked --all-features"))
}

/// Tests all other members. The tests of the component run the artefact.
pub(super) fn members(xtask: &Xtask) -> Result<String> {
    let component = xtask.build()?.component;
    // The steps `core` and `wasi` run those left out.
    let mut command = xtask.cargo(&format!(
        "test --locked {WHOLE_WORKSPACE} --exclude docutray-webhook --exclude docutray-gate-tests"
    ));
    counted(xtask, command.env("DOCUTRAY_WEBHOOK_COMPONENT", component))
}

pub(super) fn wasm(xtask: &Xtask) -> Result<String> {
    xtask.need_target(toolchain::WASM)?;
    let runner = xtask.executable("the test runner", RUNNER)?;
    // A list with one entry, since cargo splits a string at spaces.
    let runner = format!(
        "target.{}.runner=[{:?}]",
        toolchain::WASM,
        runner.display().to_string()
    );
    let test = format!(
        "test --locked -p docutray-webhook-js --target {} --config",
        toolchain::WASM
    );
    counted(xtask, xtask.cargo(&test).arg(runner))
}

/// Checks the cases' signatures by Python, whose standard library has HMAC.
pub(super) fn cases(xtask: &Xtask) -> Result<String> {
    let mut command = Command::new(xtask.need(apt::PYTHON)?);
    command
        .args(["tests/cases/sign.py", "--check"])
        .current_dir(&xtask.workspace.root);
    run(xtask, &mut command)
}

fn run(xtask: &Xtask, command: &mut Command) -> Result<String> {
    xtask.console.run("", command)?;
    Ok(String::new())
}

/// Runs tests, and counts those that passed. It fails if there are none.
pub(super) fn counted(xtask: &Xtask, command: &mut Command) -> Result<String> {
    let output = xtask.console.run("", command)?;
    let passed: usize = output.stdout.lines().filter_map(passed).sum();
    anyhow::ensure!(passed > 0, "no test ran:\n{}", output.said);
    Ok(format!("{passed} tests"))
}

/// From `test result: ok. 12 passed; 0 failed; ...`
fn passed(line: &str) -> Option<usize> {
    let (_, result) = line.split_once("test result: ok. ")?;
    result.split_once(" passed")?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn passed_tests_are_counted() {
        assert_eq!(
            super::passed("test result: ok. 12 passed; 0 failed; 0 ignored"),
            Some(12)
        );
        assert_eq!(
            super::passed("test result: FAILED. 12 passed; 1 failed"),
            None
        );
        assert_eq!(super::passed("running 12 tests"), None);
    }
}
