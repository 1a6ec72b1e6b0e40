//! Comparisons in constant time: valgrind watches the native build, and counted instructions the component. Both have to find a
//! comparison that leaks.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use super::length::Length;
use crate::{
    tools::{apt::VALGRIND, cargo::WHOLE_WORKSPACE},
    xtask::Xtask,
};

/// A workspace of its own.
const PROGRAM: &str = "tests/constant-time";
const NAME: &str = "docutray-webhook-constant-time";
/// With this set for the compiler, `src/secrets.rs` compares byte by byte and ends at the first that differs.
const LEAK: &str = "docutray_webhook_leaks";
/// Valgrind's exit code for what it reports.
const REPORTED: i32 = 99;
/// The tests that compare numbers of instructions.
const FUEL: &str = "constant_time";

pub(super) fn run(xtask: &Xtask, _: Length) -> Result<String> {
    lint(xtask)?;
    let watched = watched(xtask, &built(xtask, None)?)?;
    ensure!(
        watched.code == Some(0),
        "a branch or an address depends on a secret:\n{}",
        watched.said
    );
    let leak = self::watched(xtask, &built(xtask, Some(LEAK))?)?;
    ensure!(
        leak.code == Some(REPORTED) && leak.said.contains("is (secrets.rs"),
        "valgrind did not find the leak:\n{}",
        leak.said
    );
    let fuel = leaking_fuel(xtask)?;
    Ok(format!(
        "valgrind: {} without a branch or an address that depends on a secret; it finds the leak, and so do {fuel} tests of fuel",
        watched.stdout.trim()
    ))
}

/// What valgrind has reported of a program.
struct Watched {
    code: Option<i32>,
    stdout: String,
    said: String,
}

fn watched(xtask: &Xtask, program: &Path) -> Result<Watched> {
    let mut valgrind = Command::new(xtask.need(VALGRIND)?);
    valgrind
        .args(["--quiet", "--read-inline-info=yes"])
        .arg(format!("--error-exitcode={REPORTED}"))
        .arg("--suppressions=allowed.supp")
        .arg(program)
        .current_dir(xtask.workspace.path(PROGRAM));
    let step = xtask.console.step("valgrind");
    let (status, output) = xtask.console.finish(&step, &mut valgrind)?;
    step.done("");
    Ok(Watched {
        code: status.code(),
        stdout: output.stdout,
        said: output.said,
    })
}

/// Builds the program, with names of functions and lines, by which `allowed.supp` says what is allowed.
fn built(xtask: &Xtask, leak: Option<&str>) -> Result<PathBuf> {
    // Its build needs valgrind's headers.
    xtask.need(VALGRIND)?;
    let target = xtask.workspace.scratch().join(match leak {
        None => "constant-time",
        Some(_) => "constant-time-leaks",
    });
    let mut build = cargo(xtask, "build --locked --release", &target);
    if let Some(leak) = leak {
        build.env("RUSTFLAGS", format!("--cfg={leak}"));
    }
    xtask.console.run("constant time: compile", &mut build)?;
    Ok(target.join("release").join(NAME))
}

/// The steps `format` and `clippy` see the main workspace alone.
fn lint(xtask: &Xtask) -> Result<()> {
    xtask.need(VALGRIND)?;
    let target = xtask.workspace.scratch().join("constant-time");
    let clippy = "clippy --locked --release -- -D warnings";
    for command in ["fmt --check", clippy] {
        xtask
            .console
            .run("constant time: lint", &mut cargo(xtask, command, &target))?;
    }
    Ok(())
}

fn cargo(xtask: &Xtask, arguments: &str, target: &Path) -> Command {
    let mut cargo = xtask.cargo(arguments);
    cargo
        .current_dir(xtask.workspace.path(PROGRAM))
        .env("CARGO_TARGET_DIR", target);
    cargo
}

/// Has the tests of fuel judge a component that leaks. Returns how many found that; those that only see what passes cannot.
fn leaking_fuel(xtask: &Xtask) -> Result<usize> {
    let component = xtask.build_leaking_component(LEAK)?;
    let mut test = xtask.cargo(&format!(
        "test --locked {WHOLE_WORKSPACE} --test component {FUEL}"
    ));
    test.env("DOCUTRAY_WEBHOOK_COMPONENT", component);
    let step = xtask.console.step("fuel of a component that leaks");
    let (_, output) = xtask.console.finish(&step, &mut test)?;
    step.done("");
    let failed = output
        .stdout
        .lines()
        .filter(|line| line.starts_with(&format!("test {FUEL}::")) && line.ends_with("FAILED"))
        .count();
    ensure!(
        failed > 0,
        "the tests of fuel did not find the leak:\n{}",
        output.said
    );
    Ok(failed)
}
