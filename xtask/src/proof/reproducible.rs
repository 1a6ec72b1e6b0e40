//! Runs the first job of the release workflow in two places that have little in common, and compares the hashes that it writes.

mod place;

use anyhow::{Context as _, Result, ensure};

use self::place::{ANOTHER, ONE, Place};
use super::length::Length;
use crate::{
    workflow::{RELEASE, Workflow, runner::Runner},
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
    let (one, other) = (sums(xtask, &ONE)?, sums(xtask, &ANOTHER)?);
    ensure!(
        one == other,
        "the same sources became different bytes, or were changed meanwhile:\n{one}\n{other}"
    );
    // For `sha256sum --check`, beside what was downloaded.
    print!("{one}");
    let names: Vec<_> = one
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(_, name)| name))
        .collect();
    Ok(format!("the same bytes: {}", names.join(", ")))
}

fn sums(xtask: &Xtask, place: &Place) -> Result<String> {
    let workflow = Workflow::read(xtask, RELEASE)?;
    let job = workflow.jobs.get(BUILD).context("nothing is built")?;
    let root = xtask.workspace.scratch().join(place.directory);
    let itself = std::env::current_exe()?;
    let build = |runner: &Runner<'_>, directory: &std::path::Path| {
        let words = [itself.clone().into(), "build".into()];
        let mut build = runner.command(directory, &words);
        let label = format!("reproducible: build in {}", place.directory);
        xtask.console.run(&label, &mut build).map(drop)
    };
    let setting = place.setting(xtask, &root)?;
    let runner = Runner::new(xtask, root.clone(), setting, &build)?;
    let sums = fs_err::read_to_string(runner.run(BUILD, job)?.join(SUMS))?;
    // A gigabyte.
    fs_err::remove_dir_all(root)?;
    Ok(sums)
}
