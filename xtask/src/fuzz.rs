//! `cargo xtask fuzz`: looks for inputs that break a promise.

pub(crate) mod boundary;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;

use crate::xtask::Xtask;

/// A workspace of its own.
const FUZZ: &str = "tests/fuzz";
/// Each has a program and a corpus, but for the last, which is in JavaScript.
const TARGETS: [&str; 7] = [
    "headers",
    "payload",
    "delivery",
    "chunks",
    "emulator",
    "receiver",
    boundary::NAME,
];
/// What `cargo fuzz` passes to the compiler. Our code has no `unsafe`; the sanitizer watches that of our dependencies.
const COVERAGE: &str = "-Zsanitizer=address -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg=fuzzing";
/// Has a stable compiler take the sanitizer's flag.
const UNSTABLE: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");
/// Deeper payloads than are accepted fit in.
const LONGEST: u32 = 4096;
/// With the sanitizer's own.
const MEGABYTES: u32 = 2048;
/// For one input.
const SECONDS: u32 = 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The targets to fuzz; all if none is named
    #[arg(value_name = "TARGET", value_parser = TARGETS)]
    targets: Vec<String>,
    /// How long to fuzz each target
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    let named: Vec<_> = arguments.targets.iter().map(String::as_str).collect();
    let targets = if named.is_empty() { &TARGETS } else { &*named };
    xtask.fuzz(targets, arguments.minutes)?;
    Ok(true)
}

/// Every target, for a minute.
pub(crate) fn all(xtask: &Xtask) -> Result<String> {
    xtask.fuzz(&TARGETS, 1)
}

impl Xtask {
    /// Fuzzes one target after the other. Fails at the first finding, which is then a file below `tests/fuzz/findings`.
    fn fuzz(&self, targets: &[&str], minutes: u32) -> Result<String> {
        let (boundary, programs): (Vec<&str>, Vec<&str>) = targets
            .iter()
            .partition(|target| **target == boundary::NAME);
        let mut runs = self.fuzz_programs(&programs, minutes)?;
        if !boundary.is_empty() {
            runs.push(boundary::run(self, Some(minutes))?);
        }
        Ok(runs.join("; "))
    }

    fn fuzz_programs(&self, targets: &[&str], minutes: u32) -> Result<Vec<String>> {
        if targets.is_empty() {
            return Ok(Vec::new());
        }
        self.lint_fuzzers()?;
        let programs = self.build_fuzzers()?;
        let runs = targets
            .iter()
            .map(|target| self.fuzz_one(&programs, target, minutes));
        runs.collect()
    }

    fn fuzz_one(&self, programs: &Path, target: &str, minutes: u32) -> Result<String> {
        let fuzz = self.workspace.path(FUZZ);
        let findings = fuzz.join("findings").join(target);
        let new = self.workspace.scratch().join("fuzz/corpus").join(target);
        fs::create_dir_all(&findings)?;
        fs::create_dir_all(&new)?;
        let mut fuzzer = Command::new(programs.join(target));
        fuzzer
            .arg(format!("-max_total_time={}", 60 * minutes))
            .arg(format!("-max_len={LONGEST}"))
            .arg(format!("-rss_limit_mb={MEGABYTES}"))
            .arg(format!("-timeout={SECONDS}"))
            .arg(format!("-dict={}", fuzz.join("dictionary.txt").display()))
            .arg(format!("-artifact_prefix={}/", findings.display()))
            .arg("-print_final_stats=1")
            // The sanitizer would look for leaks after each input, which takes most of the time.
            .arg("-detect_leaks=0")
            // What is new is written to the first directory.
            .args([new, fuzz.join("corpus").join(target)]);
        let step = self.console.step(format!("fuzz {target}"));
        let (status, output) = self.console.finish(&step, &mut fuzzer)?;
        let result = executed(&output.said).map(|inputs| format!("{target}: {inputs} inputs"));
        step.done(result.as_deref().unwrap_or("FAILED"));
        ensure!(
            status.success(),
            "a finding in {}; once mended, it stays there and is replayed by `cargo xtask test members`\n{}",
            self.workspace.shown(&findings),
            output.said
        );
        // Nothing is left where nothing was found.
        let _ = fs::remove_dir(findings);
        result.with_context(|| format!("the fuzzer has not counted its inputs:\n{}", output.said))
    }

    fn build_fuzzers(&self) -> Result<PathBuf> {
        let target = self.workspace.scratch().join("fuzz/target");
        let host = self.rustc(&["--print", "host-tuple"])?;
        let host = host.trim();
        let mut build = self.fuzz_cargo(
            &format!("build --locked --release --target {host}"),
            &target,
        );
        self.console.run(
            "fuzz: compile",
            // With a target named, programs of the build itself are compiled without counters.
            build.env("RUSTFLAGS", COVERAGE).env(UNSTABLE.0, UNSTABLE.1),
        )?;
        Ok(target.join(host).join("release"))
    }

    /// The step `format` sees the main workspace alone. So does `clippy`, but each program here is one macro.
    fn lint_fuzzers(&self) -> Result<()> {
        let target = self.workspace.scratch().join("fuzz/target");
        self.console
            .run("fuzz: lint", &mut self.fuzz_cargo("fmt --check", &target))?;
        Ok(())
    }

    fn fuzz_cargo(&self, arguments: &str, target: &Path) -> Command {
        let mut cargo = self.cargo(arguments);
        cargo
            .current_dir(self.workspace.path(FUZZ))
            .env("CARGO_TARGET_DIR", target);
        cargo
    }
}

/// From `stat::number_of_executed_units: 12`
fn executed(said: &str) -> Option<u64> {
    let (_, rest) = said.split_once("stat::number_of_executed_units:")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_is_a_target() {
        let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz/fuzz_targets");
        let programs = fs::read_dir(programs).expect("programs").map(|program| {
            let program = program.expect("a program").path();
            let name = program.file_stem().expect("a name").to_owned();
            name.into_string().expect("text")
        });
        let mut programs: Vec<_> = programs.collect();
        let mut targets = TARGETS.map(str::to_owned).to_vec();
        targets.retain(|target| target != boundary::NAME);
        programs.sort();
        targets.sort();
        assert_eq!(programs, targets);
    }

    #[test]
    fn inputs_are_counted() {
        let said = "INFO\nstat::number_of_executed_units: 12\nstat::average";
        assert_eq!(executed(said), Some(12));
        assert_eq!(executed("killed"), None);
    }
}
