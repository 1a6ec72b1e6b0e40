//! `cargo xtask conformance`: runs the same cases on every host, and compares the results.

mod drivers;
pub(crate) mod hosts;
mod next;
mod report;
mod results;

use std::{
    collections::BTreeMap,
    io,
    path::{self, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use docutray_webhook_suite::{Json, read_files};

use self::{hosts::Host, report::Report};
use crate::{directory, xtask::Xtask};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A case file; without any, all of tests/cases
    #[arg(long, value_name = "FILE")]
    cases: Vec<PathBuf>,
    /// A host; without any, all
    #[arg(long, value_name = "NAME", value_parser = hosts::named)]
    host: Vec<&'static Host>,
}

pub(crate) fn command(xtask: &Xtask, arguments: Arguments) -> Result<bool> {
    let files = arguments.cases.iter().map(path::absolute);
    let files: Vec<_> = files.collect::<io::Result<_>>()?;
    let hosts = arguments.host;
    let is_whole = files.is_empty() && hosts.is_empty();
    let report = xtask.conformance(files, hosts)?;
    print!("{}", report.text());
    if is_whole && report.is_good() {
        xtask.write_results(&report)?;
    }
    Ok(report.is_good())
}

impl Report {
    /// How many cases passed on which hosts, in a line.
    pub(crate) fn summary(&self) -> String {
        let mut hosts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, passed, left_out) in self.counts() {
            hosts.entry((left_out, passed)).or_default().push(name);
        }
        let line = |((left_out, passed), names): ((usize, usize), Vec<_>)| {
            let left_out = match left_out {
                0 => String::new(),
                count => format!(", {count} left out"),
            };
            format!("{passed} cases{left_out} on {}", names.join(", "))
        };
        hosts.into_iter().map(line).collect::<Vec<_>>().join("; ")
    }
}

impl Xtask {
    /// Runs the cases in `files` on `hosts`. An empty list means all.
    pub(crate) fn conformance(
        &self,
        mut files: Vec<PathBuf>,
        mut hosts: Vec<&'static Host>,
    ) -> Result<Report> {
        if files.is_empty() {
            files = self.own_cases()?;
        }
        if hosts.is_empty() {
            hosts.extend(&hosts::HOSTS);
        }
        let cases = read_files(&files)?;
        let runs = hosts
            .iter()
            .map(|host| (host.name, self.results(host, &files, cases.len())))
            .collect();
        Report::new(&cases, runs)
    }

    fn own_cases(&self) -> Result<Vec<PathBuf>> {
        let directory = self.workspace.path("tests/cases");
        let mut files = directory::files(&directory)?;
        files.retain(|file| {
            file.parent() == Some(&directory) && file.extension().is_some_and(|kind| kind == "json")
        });
        ensure!(
            !files.is_empty(),
            "there are no cases in {}",
            directory.display()
        );
        Ok(files)
    }

    /// Runs the cases on a host, and returns a result for each.
    fn results(&self, host: &Host, files: &[PathBuf], cases: usize) -> Result<Vec<Json>> {
        let mut driver = (host.prepare)(self)?;
        let step = self
            .console
            .step(format!("{} host: {cases} cases", host.name));
        let (status, output) = self.console.finish(&step, driver.args(files))?;
        let results = output
            .stdout
            .lines()
            .map(|line| {
                Json::parse(line)
                    .with_context(|| format!("{}this is no result: {line}", output.stderr))
            })
            .collect::<Result<Vec<_>>>()?;
        ensure!(
            status.success() && results.len() == cases,
            "{}the driver ended with {status} after {} of {cases} cases; to run it again:\n  {}",
            output.stderr,
            results.len(),
            crate::child::shown(&driver)
        );
        step.done("");
        Ok(results)
    }
}
