//! Runs cargo-mutants in a copy of the repository, which has a target directory of its own. It is kept, so that the next run compiles
//! no dependency again.

use std::{path::PathBuf, process::Command, thread};

use anyhow::{Result, bail};

use super::{
    outcomes::Outcomes,
    passes::Pass,
    tool::{Part, Tool},
};
use crate::{
    child,
    console::{Console, Step},
    directory,
    xtask::Xtask,
};

/// A copy and its target directory take most of a gigabyte.
const MOST: usize = 4;
/// What cargo-mutants ends with if it has judged every mutant: all were noticed, some survived, or some did not end.
const JUDGED: [i32; 3] = [0, 2, 3];
/// Where it writes what it has found, below the directory that it is given.
const OUTCOMES: &str = "mutants.out/outcomes.json";

/// A copy of the repository, and the commands to be run there.
pub(super) struct Worker {
    runs: Vec<Run>,
}

struct Run {
    mutants: Command,
    outcomes: PathBuf,
}

/// One worker for each processor.
pub(super) fn count() -> Result<u32> {
    let processors = thread::available_parallelism()?.get();
    Ok(u32::try_from(processors.min(MOST))?)
}

/// Lets all workers do their parts at once.
pub(super) fn all(console: &Console, step: &Step, workers: Vec<Worker>) -> Result<Outcomes> {
    let found = thread::scope(|scope| {
        let threads = workers
            .into_iter()
            .map(|worker| scope.spawn(|| worker.outcomes(console, step)));
        let threads: Vec<_> = threads.collect();
        let found = threads.into_iter().map(|thread| match thread.join() {
            Ok(outcomes) => outcomes,
            Err(_) => bail!("a worker panicked"),
        });
        found.collect::<Result<Vec<_>>>()
    })?;
    Ok(found.into_iter().collect())
}

impl Worker {
    /// Prepares worker `number`, which makes a part of the mutants of each pass.
    pub(super) fn new(
        xtask: &Xtask,
        tool: &Tool,
        number: u32,
        passes: &[Pass],
        part: &Part<'_>,
    ) -> Result<Self> {
        let place = xtask
            .workspace
            .scratch()
            .join("mutation")
            .join(number.to_string());
        let sources = place.join("sources");
        xtask.copy_sources(&sources)?;
        let run = |pass: &Pass| {
            let found = place.join(pass.name);
            directory::create_empty(&found)?;
            let mut mutants = tool.judge(pass, part, &found);
            mutants
                .current_dir(&sources)
                .env("CARGO_TARGET_DIR", place.join("target"));
            Ok(Run {
                mutants,
                outcomes: found.join(OUTCOMES),
            })
        };
        let runs = passes.iter().map(run).collect::<Result<_>>()?;
        Ok(Self { runs })
    }

    fn outcomes(self, console: &Console, step: &Step) -> Result<Outcomes> {
        let runs = self.runs.into_iter();
        runs.map(|run| run.outcomes(console, step)).collect()
    }
}

impl Run {
    fn outcomes(mut self, console: &Console, step: &Step) -> Result<Outcomes> {
        let (status, output) = console.finish(step, &mut self.mutants)?;
        match status.code() {
            Some(code) if JUDGED.contains(&code) => Outcomes::read(&self.outcomes),
            _ => bail!(
                "{}{status}; to run it again:\n  {}",
                output.said,
                child::shown(&self.mutants)
            ),
        }
    }
}
