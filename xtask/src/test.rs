//! `cargo xtask test`: every check there is, each a step with its time.

pub(crate) mod bundlers;
mod examples;
mod frameworks;
mod idempotency;
mod javascript;
mod loading;
mod projects;
mod queue;
mod readme;
mod rust;
mod wasi;
mod wit;

use anyhow::{Context as _, Result, bail};

use crate::{Verdict, Xtask, bench};

/// A check. What it returns is a few words on what was done.
struct Check {
    name: &'static str,
    what: &'static str,
    run: fn(&Xtask) -> Result<String>,
}

/// The quick ones first; each stands on its own.
const CHECKS: [Check; 23] = [
    Check {
        name: "format",
        what: "cargo fmt on all code",
        run: rust::format,
    },
    Check {
        name: "cases",
        what: "the cases' signatures, made again by the independent signer",
        run: rust::cases,
    },
    Check {
        name: "no-std",
        what: "the core builds without a standard library",
        run: rust::no_std,
    },
    Check {
        name: "core",
        what: "the core's tests and doctests",
        run: rust::core,
    },
    Check {
        name: "wit",
        what: "the interface: the component's, commented, its version changed if it was",
        run: wit::check,
    },
    Check {
        name: "typescript",
        what: "strict types of the package, and of a user's code",
        run: javascript::types,
    },
    Check {
        name: "node",
        what: "the packed package, installed, in Node",
        run: javascript::node,
    },
    Check {
        name: "node-versions",
        what: "the same in each Node that is supported, from the oldest to the newest",
        run: bundlers::node_versions,
    },
    Check {
        name: "bundlers",
        what: "the packed package through bundlers, each bundle run on its host; publint, arethetypeswrong",
        run: bundlers::check,
    },
    Check {
        name: "loading",
        what: "the packed package in Jest, ts-jest, yarn with Plug'n'Play, pnpm and Nuxt",
        run: loading::check,
    },
    Check {
        name: "frameworks",
        what: "the handlers in each framework, started for real",
        run: frameworks::check,
    },
    Check {
        name: "idempotency",
        what: "the idempotency stores on real servers, killed, away, with clocks that jump",
        run: idempotency::check,
    },
    Check {
        name: "queue",
        what: "examples/queue on Redis and in workerd, its processes killed",
        run: queue::check,
    },
    Check {
        name: "readme",
        what: "the README's JavaScript runs, its commands exist",
        run: readme::check,
    },
    Check {
        name: "examples",
        what: "each example, started for real",
        run: examples::check,
    },
    Check {
        name: "wasi",
        what: "examples/gate and examples/proxy in `wasmtime serve`, before services, under load",
        run: wasi::check,
    },
    Check {
        name: "bench",
        what: "the benchmark's documents are those of its results; one round of all that it measures",
        run: bench::check,
    },
    Check {
        name: "demo",
        what: "cargo xtask demo",
        run: demo,
    },
    Check {
        name: "conformance",
        what: "cargo xtask conformance",
        run: conformance,
    },
    Check {
        name: "members",
        what: "tests of all other members, the component in Wasmtime among them",
        run: rust::members,
    },
    Check {
        name: "wasm",
        what: "the JavaScript bindings' own tests, in Node",
        run: rust::wasm,
    },
    Check {
        name: "clippy",
        what: "clippy without warnings on all code",
        run: rust::clippy,
    },
    Check {
        name: "rustdoc",
        what: "documentation without warnings",
        run: rust::rustdoc,
    },
];

/// How many lines of a fault are shown again at the end of a run.
const LAST_LINES: usize = 40;

/// A check that did not pass, and why.
struct Failure {
    name: &'static str,
    fault: String,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Steps; without any, all
    #[arg(value_name = "STEP", value_parser = named)]
    steps: Vec<&'static Check>,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<Verdict> {
    let mut checks = arguments.steps.clone();
    if checks.is_empty() {
        checks.extend(&CHECKS);
    }
    let failures: Vec<_> = checks
        .iter()
        .filter_map(|check| check.failure(xtask))
        .collect();
    // Of a single step the whole fault is just above.
    if checks.len() > 1 {
        for failure in &failures {
            eprintln!("{}", failure.again());
        }
    }
    if !failures.is_empty() {
        let names: Vec<_> = failures.iter().map(|failure| failure.name).collect();
        println!("\nfailed: {}", names.join(", "));
    }
    println!(
        "\n{} passed, {} failed",
        checks.len() - failures.len(),
        failures.len()
    );
    Ok(if failures.is_empty() {
        Verdict::Good
    } else {
        Verdict::Bad
    })
}

/// The checks and what they do, for people.
pub(crate) fn table() -> String {
    CHECKS
        .iter()
        .map(|check| format!("  {:<13} {}\n", check.name, check.what))
        .collect()
}

fn named(name: &str) -> Result<&'static Check> {
    let check = CHECKS.iter().find(|check| check.name == name);
    check.with_context(|| format!("no such step; there are\n{}", table()))
}

impl Check {
    /// Runs it, and tells what came of it.
    fn failure(&self, xtask: &Xtask) -> Option<Failure> {
        let step = xtask.console.step(self.name);
        match (self.run)(&xtask.within(&step)) {
            Ok(note) => {
                step.done(&note);
                None
            }
            Err(error) => {
                step.failed();
                let failure = Failure {
                    name: self.name,
                    fault: format!("{error:#}"),
                };
                eprintln!(
                    "{}\nthis step alone: cargo xtask test {}\n",
                    failure.fault, failure.name
                );
                Some(failure)
            }
        }
    }
}

impl Failure {
    /// Its name and the last lines of its fault, for the end of a log that many steps have written.
    fn again(&self) -> String {
        let lines: Vec<_> = self.fault.lines().collect();
        let left_out = lines.len().saturating_sub(LAST_LINES);
        let mut text = format!("\n--- {} failed", self.name);
        if left_out > 0 {
            text += &format!("; {left_out} lines of this stand above, where it ran");
        }
        for line in lines.iter().skip(left_out) {
            text.push('\n');
            text += line;
        }
        text
    }
}

fn demo(xtask: &Xtask) -> Result<String> {
    let demo = xtask.demo()?;
    match demo.verdict {
        Verdict::Good => Ok(demo.text.lines().last().unwrap_or_default().to_owned()),
        Verdict::Bad => bail!("{}", demo.text),
    }
}

fn conformance(xtask: &Xtask) -> Result<String> {
    let report = xtask.conformance(Vec::new(), Vec::new())?;
    match report.verdict() {
        Verdict::Good => {
            xtask.check_results(&report)?;
            Ok(report.text().lines().collect::<Vec<_>>().join("; "))
        }
        Verdict::Bad => bail!("{}", report.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_again_by_its_last_lines() {
        let again = |lines: usize| {
            let fault = (1..=lines).map(|line| format!("line {line}\n")).collect();
            Failure {
                name: "core",
                fault,
            }
            .again()
        };
        assert_eq!(again(2), "\n--- core failed\nline 1\nline 2");
        assert!(!again(LAST_LINES).contains("stand above"));
        let cut = again(LAST_LINES + 2);
        assert!(cut.contains("core failed; 2 lines of this stand above"));
        assert!(!cut.contains("line 2\n"));
        assert!(cut.contains("line 3\n"));
        assert!(cut.ends_with("line 42"));
    }
}
