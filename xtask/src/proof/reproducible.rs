//! Runs the first job of the release workflow in two places that have little in common, and compares the hashes that it writes.

mod place;

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use self::place::{ANOTHER, ONE};
use super::length::Length;
use crate::{
    workflow::{Job, RELEASE, Workflow, runner::Runner},
    xtask::Xtask,
};

const BUILD: &str = "build";
/// The file that the job writes: a hash and a name in each line.
const SUMS: &str = "dist/SHA256SUMS";

/// The quick part builds nothing: `cargo xtask build` is a part of other steps, and takes minutes from an empty directory.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    if length == Length::Quick {
        return Ok("reproducible: not run, it takes minutes".to_owned());
    }
    let workflow = Workflow::read(xtask, RELEASE)?;
    let job = workflow.jobs.get(BUILD).context("nothing is built")?;
    let build = |runner: &Runner<'_>, directory: &Path| build(xtask, runner, directory);
    // Both first, so that they have the same sources, whatever changes meanwhile.
    let [one, other] = [&ONE, &ANOTHER].map(|place| place.runner(xtask, &build));
    let [one, other] = [one?, other?].map(|runner| sums(&runner, job));
    let (one, other) = (one?, other?);
    ensure!(
        one == other,
        "the same sources became different bytes:\n{one}\n{other}"
    );
    // For `sha256sum --check`, beside what was downloaded.
    print!("{one}");
    let names: Vec<_> = one
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(_, name)| name))
        .collect();
    Ok(format!("the same bytes: {}", names.join(", ")))
}

/// What the job writes. Nothing else of it is kept, since it is a gigabyte.
fn sums(runner: &Runner<'_>, job: &Job) -> Result<String> {
    let sums = runner.run(BUILD, job)?.join(SUMS);
    let sums = fs_err::read_to_string(sums)?;
    runner.remove()?;
    Ok(sums)
}

/// Builds as `cargo xtask build` does.
fn build(xtask: &Xtask, runner: &Runner<'_>, directory: &Path) -> Result<()> {
    let itself = std::env::current_exe()?;
    let mut build = runner.command(directory, &[itself.into(), "build".into()]);
    xtask
        .console
        .run("reproducible: build", &mut build)
        .map(drop)
}
