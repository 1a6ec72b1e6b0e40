//! `cargo xtask bench`: the packed package beside other libraries, what they accept and what they cost. It measures and
//! shows; no time or size is ever a failure.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::{Verdict, Xtask, directory, no_arguments, tools::npm::Install};

const DIRECTORY: &str = "tests/bench";
const RESULTS: &str = "tests/bench/RESULTS.md";
const PREFACE: &str = "# The last results

Written by `cargo xtask bench`. [README.md](README.md) says what is measured and how to read it.
";

/// A script and the heading of what it prints, which is Markdown.
struct Part {
    script: &'static str,
    heading: &'static str,
}

/// Times last: by then this machine has settled.
const PARTS: [Part; 3] = [
    Part {
        script: "slips.mjs",
        heading: "What each accepts",
    },
    Part {
        script: "sizes.mjs",
        heading: "Size and import",
    },
    Part {
        script: "verify.mjs",
        heading: "Time of a delivery",
    },
];

pub(crate) fn command(xtask: &Xtask, parser: lexopt::Parser) -> Result<Verdict> {
    no_arguments(parser)?;
    let libraries = xtask.workspace.path(DIRECTORY);
    xtask.need_packages(&libraries, Install::Exactly)?;
    xtask.add_ours()?;
    let mut results = PREFACE.to_owned();
    let mut verdict = Verdict::Good;
    for part in &PARTS {
        let (text, its_verdict) = xtask.results(part)?;
        print!("{text}");
        results += &text;
        if its_verdict == Verdict::Bad {
            verdict = its_verdict;
        }
    }
    if verdict == Verdict::Good {
        directory::write(&xtask.workspace.path(RESULTS), results)?;
        println!("\n{RESULTS}");
    }
    Ok(verdict)
}

impl Xtask {
    /// Puts the package beside them, as it was installed from its tarball: programs find all of them alike.
    fn add_ours(&self) -> Result<()> {
        let ours = Path::new("node_modules").join(&self.workspace.package.name);
        let installed = self.consumer()?.join(&ours);
        let beside = self.workspace.path(DIRECTORY).join(&ours);
        directory::create_empty(&beside)?;
        directory::copy(&installed, &beside)
    }

    /// What a script found, and whether it likes it.
    fn results(&self, part: &Part) -> Result<(String, Verdict)> {
        let step = self.console.step(part.heading);
        let mut node = self.node();
        node.arg(self.workspace.path(DIRECTORY).join(part.script));
        let (status, output) = self.console.finish(&step, &mut node)?;
        ensure!(
            !output.stdout.is_empty(),
            "{}{} printed no results",
            output.stderr,
            part.script
        );
        step.done("");
        let verdict = if status.success() {
            Verdict::Good
        } else {
            Verdict::Bad
        };
        Ok((
            format!("\n## {}\n\n{}", part.heading, output.stdout),
            verdict,
        ))
    }
}
