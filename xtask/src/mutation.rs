//! `cargo xtask mutation`: changes `src` in small ways, and expects that a test notices each change. What no test notices is listed in
//! `tests/mutation/survivors.toml`, with its reason.

mod outcomes;
mod passes;
mod shard;
mod survivors;
mod tool;
mod worker;

use anyhow::{Result, ensure};

use self::{
    outcomes::Outcomes,
    passes::passes,
    shard::Shard,
    survivors::Survivors,
    tool::{Part, Tool},
    worker::Worker,
};
use crate::xtask::Xtask;

const SURVIVORS: &str = "tests/mutation/survivors.toml";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The files to change, such as src/freshness.rs; all of src if none is named
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Make only the changes whose names match, as `cargo mutants --list` shows them
    #[arg(long, value_name = "REGEX")]
    re: Option<String>,
    /// Make only every Nth change, from the Kth on, which counts from 0
    #[arg(long, value_name = "K/N", default_value_t = Shard::WHOLE)]
    shard: Shard,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    let step = xtask.console.step("mutation");
    let found = run(&xtask.within(&step), arguments, worker::count()?)?;
    step.done(&found);
    Ok(true)
}

/// The mutants of a file whose names match.
pub(crate) fn matching(xtask: &Xtask, file: &str, regex: &str) -> Result<String> {
    let chosen = Arguments {
        files: vec![file.to_owned()],
        re: Some(regex.to_owned()),
        shard: Shard::WHOLE,
    };
    // A second worker would have its own dependencies to compile.
    run(xtask, &chosen, 1)
}

/// One of so many parts of all mutants. The commit chooses it, so that each part has its turn.
pub(crate) fn part(xtask: &Xtask, of: usize) -> Result<String> {
    let chosen = Arguments {
        files: Vec::new(),
        re: None,
        shard: Shard::new(
            u32::try_from(xtask.part_by_commit(of)?)?,
            u32::try_from(of)?,
        ),
    };
    let found = run(xtask, &chosen, worker::count()?)?;
    Ok(format!("{} by the commit: {found}", chosen.shard.named()))
}

fn run(xtask: &Xtask, chosen: &Arguments, workers: u32) -> Result<String> {
    for file in &chosen.files {
        ensure!(
            file.starts_with("src/") && xtask.workspace.path(file).is_file(),
            "no file of src: {file}"
        );
    }
    let listed = Survivors::read(&xtask.workspace.path(SURVIVORS))?;
    let tool = Tool::installed(xtask)?;
    let found = judged(xtask, &tool, chosen, workers)?;
    ensure!(found.mutants() > 0, "there is nothing to change");
    let problems = listed.problems(&found, &tool.names(xtask)?);
    ensure!(
        problems.is_empty(),
        "{}\nA change that no test notices needs a test, or its reason in {SURVIVORS}.",
        problems.join("\n")
    );
    Ok(found.summary())
}

/// Makes the mutants and has tests judge them.
fn judged(xtask: &Xtask, tool: &Tool, chosen: &Arguments, workers: u32) -> Result<Outcomes> {
    let passes = passes(&chosen.files);
    let worker = |number| {
        let part = Part {
            shard: chosen.shard.for_worker(number, workers),
            re: chosen.re.as_deref(),
        };
        Worker::new(xtask, tool, number, &passes, &part)
    };
    let workers = (0..workers).map(worker).collect::<Result<Vec<_>>>()?;
    let step = xtask.console.step("mutants");
    let found = worker::all(&xtask.console, &step, workers)?;
    step.done(&found.summary());
    Ok(found)
}
