//! `cargo xtask bench`: compares the packed package with other libraries, by what they accept and what they cost. It only
//! measures and shows. No time or size is a failure.

mod chart;
mod hosts;
mod markdown;
mod readme;
mod results;

use std::{ffi::OsStr, iter, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};

use self::{
    hosts::Host,
    results::{Results, Section, Table},
};
use crate::{child, directory, tools::npm::Install, xtask::Xtask};

const DIRECTORY: &str = "tests/bench";
const RESULTS: &str = "tests/bench/results.json";
const DOCUMENT: &str = "tests/bench/RESULTS.md";
const README: &str = "README.md";

/// How much is measured. `tests/bench/settings.mjs` has the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Full,
    Quick,
    /// One round, to see that every program runs.
    Trial,
}

/// The programs that print the tables below a heading.
enum Programs {
    /// A script that exits with 1 when a library accepts what it should not.
    Judge(&'static str),
    Script(&'static str),
    Commands(fn(&Xtask, Extent) -> Result<Vec<Command>>),
}
use Programs::{Commands, Judge, Script};

/// Times come last, when this machine is no longer busy with installing.
const PARTS: [(&str, Programs); 8] = [
    ("What each accepts", Judge("slips.mjs")),
    ("Size", Script("sizes.mjs")),
    ("Memory of bodies under way", Script("memory/held.mjs")),
    ("Start", Commands(Xtask::starts)),
    ("SHA-256", Script("digests/timed.mjs")),
    ("In Rust, and in Wasmtime", Commands(Xtask::in_rust)),
    ("The steps of a delivery of ours", Script("steps.mjs")),
    ("A delivery", Commands(Xtask::deliveries)),
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure less, and write no results
    #[arg(long)]
    quick: bool,
    /// Write the results of a quick run
    #[arg(long)]
    write: bool,
    /// Measure nothing, and write the documents from the last results
    #[arg(long)]
    render: bool,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    if arguments.render {
        xtask.write_documents(&xtask.committed_results()?)?;
        return Ok(true);
    }
    let extent = if arguments.quick {
        Extent::Quick
    } else {
        Extent::Full
    };
    let write = arguments.write || extent == Extent::Full;
    let (results, is_good) = xtask.measure(extent)?;
    print!("{}", markdown::document(&results));
    if write && is_good {
        directory::write(&xtask.workspace.path(RESULTS), results.to_json()?)?;
        xtask.write_documents(&results)?;
        println!("\n{DOCUMENT}");
    }
    Ok(is_good)
}

/// The step `bench` of `cargo xtask test`.
pub(crate) fn check(xtask: &Xtask) -> Result<String> {
    for (file, text) in xtask.documents(&xtask.committed_results()?)? {
        ensure!(
            fs_err::read_to_string(xtask.workspace.path(file))? == text,
            "{file} is not what {RESULTS} makes; `cargo xtask bench --render` writes it"
        );
    }
    let (results, is_good) = xtask.measure(Extent::Trial)?;
    ensure!(
        is_good,
        "ours accepts what nobody should accept, or somebody refuses a genuine delivery:\n{}",
        markdown::document(&results)
    );
    let tables = results.sections.iter().map(|section| section.tables.len());
    Ok(format!("{} tables", tables.sum::<usize>()))
}

impl Xtask {
    fn measure(&self, extent: Extent) -> Result<(Results, bool)> {
        self.need_packages(&self.workspace.path(DIRECTORY), Install::Exactly)?;
        self.need_hosts()?;
        self.add_ours()?;
        let mut results = Results {
            machine: self.machine()?,
            ..Results::default()
        };
        let mut is_good = true;
        for (heading, programs) in &PARTS {
            let (section, succeeded) = self.section(heading, programs, extent)?;
            if !section.tables.is_empty() {
                results.sections.push(section);
            }
            is_good &= succeeded;
        }
        Ok((results, is_good))
    }

    /// Copies the package, as it was installed from its tarball, to the other libraries, so that programs import all alike.
    fn add_ours(&self) -> Result<()> {
        let ours = Path::new("node_modules").join(&self.workspace.package.name);
        let installed = self.consumer()?.join(&ours);
        let beside = self.workspace.path(DIRECTORY).join(&ours);
        directory::create_empty(&beside)?;
        directory::copy(&installed, &beside)
    }

    fn machine(&self) -> Result<String> {
        let step = self.console.step("the machine");
        let output = self
            .console
            .run_within(&step, &mut self.script("machine.mjs")?)?;
        Ok(output.stdout.trim().to_owned())
    }

    /// Runs a part's programs. Gives their tables, and whether they succeeded.
    fn section(
        &self,
        heading: &str,
        programs: &Programs,
        extent: Extent,
    ) -> Result<(Section, bool)> {
        let step = self.console.step(heading);
        let commands = match programs {
            Judge(script) | Script(script) => vec![self.on_lts(script, extent)?],
            Commands(commands) => commands(self, extent)?,
        };
        let mut is_good = true;
        let mut tables = Vec::new();
        for mut program in commands {
            let output = if matches!(programs, Judge(_)) {
                let (status, output) = self.console.finish(&step, &mut program)?;
                is_good &= status.success();
                output
            } else {
                self.console.run_within(&step, &mut program)?
            };
            ensure!(
                !output.stdout.is_empty(),
                "{}it printed no results; to run it again:\n  {}",
                output.stderr,
                child::shown(&program)
            );
            for line in output.stdout.lines() {
                tables.push(Table::from_line(line)?);
            }
        }
        step.done("");
        let heading = heading.to_owned();
        Ok((Section { heading, tables }, is_good))
    }

    /// A script, in the one Node that is used where versions are not compared.
    fn script(&self, script: &str) -> Result<Command> {
        let mut command = self.lts()?;
        command.arg(self.workspace.path(DIRECTORY).join(script));
        Ok(command)
    }

    /// A script that takes the extent as its argument.
    fn on_lts(&self, script: &str, extent: Extent) -> Result<Command> {
        let mut command = self.script(script)?;
        command.arg(extent.name());
        Ok(command)
    }

    /// The script that starts fresh processes on each host.
    fn starts(&self, extent: Extent) -> Result<Vec<Command>> {
        let mut starts = self.script("first/starts.mjs")?;
        for Host { name, command } in self.bench_hosts()? {
            let settings = command.get_envs();
            starts.envs(settings.filter_map(|(name, value)| Some((name, value?))));
            let words = iter::once(command.get_program()).chain(command.get_args());
            let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
            let host = serde_json::json!({ "name": name, "command": words });
            starts.arg(host.to_string());
        }
        starts.arg(extent.name());
        Ok(vec![starts])
    }

    /// The script that times deliveries, on each host.
    fn deliveries(&self, extent: Extent) -> Result<Vec<Command>> {
        let here = self.workspace.path(DIRECTORY).join("hosts/here.mjs");
        let mut commands = Vec::new();
        for Host { mut command, .. } in self.bench_hosts()? {
            command.arg(&here).arg(extent.name());
            commands.push(command);
        }
        commands.push(self.on_lts("hosts/workers.mjs", extent)?);
        Ok(commands)
    }

    /// The program that times the crate, and the component in Wasmtime. A trial leaves it out, since an optimised build takes
    /// minutes.
    fn in_rust(&self, extent: Extent) -> Result<Vec<Command>> {
        if extent == Extent::Trial {
            return Ok(Vec::new());
        }
        let component = self.build()?.component;
        let program = self.optimised("docutray-webhook-bench", "bench-component")?;
        let mut command = Command::new(program);
        command.env("DOCUTRAY_WEBHOOK_COMPONENT", component);
        if extent == Extent::Quick {
            command.arg("--quick");
        }
        Ok(vec![command])
    }

    fn committed_results(&self) -> Result<Results> {
        Results::from_json(&fs_err::read_to_string(self.workspace.path(RESULTS))?).context(RESULTS)
    }

    fn write_documents(&self, results: &Results) -> Result<()> {
        for (file, text) in self.documents(results)? {
            directory::write(&self.workspace.path(file), text)?;
        }
        Ok(())
    }

    /// The documents made from results: each with its path.
    fn documents(&self, results: &Results) -> Result<[(&'static str, String); 3]> {
        let readme = fs_err::read_to_string(self.workspace.path(README))?;
        Ok([
            (DOCUMENT, markdown::document(results)),
            (chart::FILE, chart::svg(results)?),
            (README, readme::with_numbers(&readme, results)?),
        ])
    }
}

impl Extent {
    const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Quick => "quick",
            Self::Trial => "trial",
        }
    }
}
