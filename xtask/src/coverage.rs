//! `cargo xtask coverage`: which lines of the verifier the core's tests and the fuzzers' inputs have run.

mod lines;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};
use fs_err as fs;

use self::lines::{FileLines, read};
use crate::{directory, xtask::Xtask};

/// The modules from bytes to an event and to an answer. Each may have more files in a directory of its name.
const PIPELINE: [&str; 13] = [
    "answer",
    "body",
    "config",
    "error",
    "event",
    "event_kind",
    "freshness",
    "headers",
    "metadata",
    "payload",
    "secret_hints",
    "secrets",
    "verifier",
];
/// The core's tests of code, not of documents, and the replay of the fuzzers' inputs.
const TESTS: &str = "test --locked -p docutray-webhook -p docutray-webhook-differential --all-features --lib \
    --test cases --test fuzzed --test header_map --test properties --test receiver --test secrecy --test serialize";
/// In percent of the lines of each file.
const LEAST: usize = 95;

pub(crate) fn command(xtask: &Xtask) -> Result<bool> {
    let files = xtask.covered_files()?;
    print!("{}", table(&files));
    let summary = summary(&files);
    println!("\n{}", summary.as_deref().unwrap_or_else(|few| few));
    Ok(summary.is_ok())
}

/// A few words on the lines that were run. Fails if a file has too few.
pub(crate) fn check(xtask: &Xtask) -> Result<String> {
    let files = xtask.covered_files()?;
    summary(&files).map_err(|few| anyhow::anyhow!("{few}\n{}", table(&files)))
}

impl Xtask {
    fn covered_files(&self) -> Result<Vec<FileLines>> {
        self.need_llvm_tools()?;
        let directory = self.workspace.scratch().join("coverage");
        let profiles = directory.join("profiles");
        let programs = self.test_programs("coverage: compile", &mut self.tests(&directory))?;
        // The compiler's own helpers have written some, too.
        directory::create_empty(&profiles)?;
        self.console
            .run("coverage: test", &mut self.tests(&directory))?;
        let merged = directory.join("merged.profdata");
        let mut merge = self.llvm_tool("llvm-profdata")?;
        merge.args(["merge", "--sparse", "-o"]).arg(&merged);
        self.console
            .run("coverage: merge", merge.args(directory::files(&profiles)?))?;
        let report = self.line_counts(&merged, &programs)?;
        fs::remove_dir_all(&profiles)?;
        let files = read(&report, &self.workspace.path("src"), is_of_pipeline)?;
        let seen: BTreeSet<_> = files.iter().map(|file| module(&file.name)).collect();
        let missing: Vec<_> = PIPELINE
            .iter()
            .filter(|name| !seen.contains(*name))
            .collect();
        ensure!(missing.is_empty(), "no line of {missing:?} was counted");
        Ok(files)
    }

    fn tests(&self, directory: &Path) -> Command {
        let mut cargo = self.cargo(TESTS);
        cargo
            .env("CARGO_TARGET_DIR", directory.join("target"))
            .env("RUSTFLAGS", "-Cinstrument-coverage")
            .env("LLVM_PROFILE_FILE", directory.join("profiles/%p.profraw"));
        cargo
    }

    /// Counts in the format of lcov.
    fn line_counts(&self, profile: &Path, programs: &[PathBuf]) -> Result<String> {
        let mut export = self.llvm_tool("llvm-cov")?;
        export
            .args(["export", "--format=lcov", "--instr-profile"])
            .arg(profile);
        for program in programs {
            export.arg("--object").arg(program);
        }
        export.arg("--sources").arg(self.workspace.path("src"));
        Ok(self.console.run("coverage: count", &mut export)?.stdout)
    }
}

/// The module of a file, `payload` for `payload/scan.rs`.
fn module(file: &str) -> &str {
    let end = file.find(['/', '.']).unwrap_or(file.len());
    file.get(..end).unwrap_or_default()
}

/// Whether a file below `src` has code of the pipeline. Some have tests alone.
fn is_of_pipeline(file: &str) -> bool {
    let is_of_tests = file.contains("/tests") || file == "payload/declarations.rs";
    PIPELINE.contains(&module(file)) && !is_of_tests
}

fn table(files: &[FileLines]) -> String {
    let line = |file: &FileLines| {
        let shown = format!(
            "{:<24} {:>4} lines  {:>3} %",
            file.name,
            file.count,
            percent(file)
        );
        let missed = file.missed.iter().map(usize::to_string).collect::<Vec<_>>();
        match missed.is_empty() {
            true => format!("{shown}\n"),
            false => format!("{shown}  not run: {}\n", missed.join(", ")),
        }
    };
    files.iter().map(line).collect()
}

/// Rounded down.
fn percent(file: &FileLines) -> usize {
    let run = file.count.saturating_sub(file.missed.len());
    (100 * run).checked_div(file.count).unwrap_or(100)
}

fn summary(files: &[FileLines]) -> Result<String, String> {
    let few: Vec<_> = files
        .iter()
        .filter(|file| percent(file) < LEAST)
        .map(|file| file.name.as_str())
        .collect();
    if !few.is_empty() {
        return Err(format!(
            "fewer than {LEAST} % of the lines were run of {}",
            few.join(", ")
        ));
    }
    let count: usize = files.iter().map(|file| file.count).sum();
    let missed: usize = files.iter().map(|file| file.missed.len()).sum();
    let least = files.iter().min_by_key(|file| percent(file));
    let least = least.map(|file| format!("the least of `{}`, {} %", file.name, percent(file)));
    Ok(format!(
        "{} of {count} lines in {} files, {}",
        count - missed,
        files.len(),
        least.unwrap_or_default()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, missed: &[usize]) -> FileLines {
        FileLines {
            name: name.to_owned(),
            count: 20,
            missed: missed.to_vec(),
        }
    }

    #[test]
    fn a_file_with_too_few_lines_is_named() {
        let few = summary(&[file("body.rs", &[1]), file("payload/scan.rs", &[1, 2])]);
        let few = few.expect_err("90 %");
        assert!(
            few.contains("payload/scan.rs") && !few.contains("body.rs"),
            "{few}"
        );
        let enough = summary(&[file("body.rs", &[1]), file("event.rs", &[])]);
        assert_eq!(
            enough.expect("95 %"),
            "39 of 40 lines in 2 files, the least of `body.rs`, 95 %"
        );
    }

    #[test]
    fn files_belong_to_modules() {
        assert!(is_of_pipeline("payload/scan.rs") && is_of_pipeline("body.rs"));
        assert!(!is_of_pipeline("tower/body.rs") && !is_of_pipeline("secrets/tests/vectors.rs"));
    }
}
