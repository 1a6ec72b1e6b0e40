//! `cargo xtask test`: runs every check as a step with its time.

mod changed;
mod check;
mod csp;
mod deny;
mod examples;
mod failure;
mod javascript;
mod judged;
mod left_out;
pub(crate) mod nodes;
mod packed;
mod project;
pub(crate) mod projects;
mod readme;
mod rust;
mod semver;
mod wasi;
mod wit;
mod workflows;

use anyhow::{Context as _, Result, ensure};

use self::check::Check;
use crate::{bench, proof, xtask::Xtask};

/// Quick checks come first. No check depends on another.
const CHECKS: [Check; 35] = [
    Check {
        name: "format",
        what: "cargo fmt on all code",
        judges: judged::FORMAT,
        run: rust::format,
    },
    Check {
        name: "cases",
        what: "the cases' signatures, made again by the independent signer",
        judges: judged::CASES,
        run: rust::cases,
    },
    Check {
        name: "no-std",
        what: "the core builds without a standard library",
        judges: judged::NO_STD,
        run: rust::no_std,
    },
    Check {
        name: "core",
        what: "the core's tests and doctests",
        judges: judged::CORE,
        run: rust::core,
    },
    Check {
        name: "packed",
        what: "the crate as it is packed: its tests, the oldest dependencies, the oldest Rust, what its README says",
        judges: judged::PACKED,
        run: packed::check,
    },
    Check {
        name: "deny",
        what: "cargo deny: licences, sources and advisories of the workspace's dependencies",
        judges: judged::DENY,
        run: deny::check,
    },
    Check {
        name: "workflows",
        what: "zizmor: the workflows of GitHub",
        judges: judged::WORKFLOWS,
        run: workflows::check,
    },
    Check {
        name: "semver",
        what: "cargo semver-checks: the crate's interface against that of the last release",
        judges: judged::SEMVER,
        run: semver::check,
    },
    Check {
        name: "wit",
        what: "the interface: the component's, commented, its version changed if it was",
        judges: judged::WIT,
        run: wit::check,
    },
    Check {
        name: "typescript",
        what: "strict types of the package, and of a user's code",
        judges: judged::TYPESCRIPT,
        run: javascript::types,
    },
    Check {
        name: "node",
        what: "the packed package, installed, in Node",
        judges: judged::NODE,
        run: javascript::node,
    },
    Check {
        name: "node-versions",
        what: "the same in each Node that is supported, from the oldest to the newest",
        judges: judged::NODE_VERSIONS,
        run: nodes::node_versions,
    },
    Check {
        name: "bundlers",
        what: "the packed package through bundlers, each bundle run on its host; publint, arethetypeswrong",
        judges: judged::BUNDLERS,
        run: |xtask| projects::BUNDLERS.run(xtask),
    },
    Check {
        name: "loading",
        what: "the packed package in Jest, ts-jest, yarn with Plug'n'Play, pnpm and Nuxt",
        judges: judged::LOADING,
        run: nodes::loading,
    },
    Check {
        name: "frameworks-lambda",
        what: "the handler and the authorizer of AWS Lambda, and its template",
        judges: judged::FRAMEWORKS_LAMBDA,
        run: |xtask| projects::LAMBDA.run(xtask),
    },
    Check {
        name: "frameworks-node",
        what: "the handlers in frameworks of Node, started for real",
        judges: judged::FRAMEWORKS_NODE,
        run: |xtask| projects::NODE.run(xtask),
    },
    Check {
        name: "frameworks-web",
        what: "the handlers in Workers, Deno, Bun and the frameworks built for them, started for real",
        judges: judged::FRAMEWORKS_WEB,
        run: |xtask| projects::WEB.run(xtask),
    },
    Check {
        name: "idempotency",
        what: "the idempotency stores on real servers, killed, away, with clocks that jump",
        judges: judged::IDEMPOTENCY,
        run: |xtask| projects::IDEMPOTENCY.run(xtask),
    },
    Check {
        name: "queue",
        what: "examples/queue on Redis and in workerd, its processes killed",
        judges: judged::QUEUE,
        run: |xtask| projects::QUEUE.run(xtask),
    },
    Check {
        name: "tools",
        what: "the programs of js/tools: commands, emulator, listener, docutray-webhook/testing",
        judges: judged::TOOLS,
        run: |xtask| projects::TOOLS.run(xtask),
    },
    Check {
        name: "pages",
        what: "the pages of js/tools in Chromium",
        judges: judged::PAGES,
        run: |xtask| projects::PAGES.run(xtask),
    },
    Check {
        name: "schemas",
        what: "typed data with the schemas of zod, valibot and arktype: behaviour and inference",
        judges: judged::SCHEMAS,
        run: |xtask| projects::SCHEMAS.run(xtask),
    },
    Check {
        name: "readme",
        what: "the READMEs' JavaScript and TypeScript run, their commands exist",
        judges: judged::README,
        run: readme::check,
    },
    Check {
        name: "examples",
        what: "each example, started for real",
        judges: judged::EXAMPLES,
        run: examples::check,
    },
    Check {
        name: "wasi",
        what: "examples/gate and examples/proxy in `wasmtime serve`, before services, under load",
        judges: judged::WASI,
        run: wasi::check,
    },
    Check {
        name: "bench",
        what: "the benchmark's documents are those of its results; one round of all that it measures",
        judges: judged::BENCH,
        run: bench::check,
    },
    Check {
        name: "demo",
        what: "cargo xtask demo",
        judges: judged::DEMO,
        run: demo,
    },
    Check {
        name: "conformance",
        what: "cargo xtask conformance",
        judges: judged::CONFORMANCE,
        run: conformance,
    },
    Check {
        name: "csp",
        what: "the Content Security Policy that the npm package needs in Chromium, Firefox and WebKit",
        judges: judged::CSP,
        run: csp::check,
    },
    Check {
        name: "members",
        what: "tests of all other members, the component in Wasmtime among them",
        judges: judged::MEMBERS,
        run: rust::members,
    },
    Check {
        name: "proof",
        what: "cargo xtask proof: the quick part of the evidence that is no step of its own, and SECURITY.md's table",
        judges: judged::PROOF,
        run: proof::check,
    },
    Check {
        name: "wasm",
        what: "the JavaScript bindings' own tests, in Node",
        judges: judged::WASM,
        run: rust::wasm,
    },
    Check {
        name: "clippy",
        what: "clippy without warnings on all code",
        judges: judged::CLIPPY,
        run: rust::clippy,
    },
    Check {
        name: "rustdoc",
        what: "documentation without warnings",
        judges: judged::RUSTDOC,
        run: rust::rustdoc,
    },
    Check {
        name: "docs",
        what: "cargo xtask docs: the site of references and guides, without a warning or a dead link",
        judges: judged::DOCS,
        run: Xtask::docs,
    },
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The steps to run; all if none is named
    #[arg(value_name = "STEP", value_parser = named)]
    steps: Vec<&'static Check>,
    /// Only the steps that judge what has changed since BASE and this branch parted, files not committed among it
    ///
    /// Without BASE: since `origin/main`, or `main` where there is no such branch.
    #[arg(long, value_name = "BASE", num_args = 0..=1, conflicts_with = "steps")]
    changed: Option<Option<String>>,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    let checks = arguments.checks(xtask)?;
    let failures: Vec<_> = checks
        .iter()
        .filter_map(|check| check.failure(xtask))
        .collect();
    // With a single step, the whole fault stands just above.
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
    Ok(failures.is_empty())
}

impl Arguments {
    fn checks(&self, xtask: &Xtask) -> Result<Vec<&'static Check>> {
        if let Some(base) = &self.changed {
            return changed::checks(xtask, &CHECKS, base.as_deref());
        }
        Ok(if self.steps.is_empty() {
            CHECKS.iter().collect()
        } else {
            self.steps.clone()
        })
    }
}

/// Runs one step, and returns a few words on what it did.
pub(crate) fn run_step(xtask: &Xtask, name: &str) -> Result<String> {
    (named(name)?.run)(xtask)
}

/// The checks and what they do, for people.
pub(crate) fn table() -> String {
    CHECKS
        .iter()
        .map(|check| format!("  {:<17} {}\n", check.name, check.what))
        .collect()
}

fn named(name: &str) -> Result<&'static Check> {
    let check = CHECKS.iter().find(|check| check.name == name);
    check.with_context(|| format!("no such step; there are\n{}", table()))
}

fn demo(xtask: &Xtask) -> Result<String> {
    let demo = xtask.demo()?;
    ensure!(demo.is_good, "{}", demo.text);
    Ok(demo.text.lines().last().unwrap_or_default().to_owned())
}

fn conformance(xtask: &Xtask) -> Result<String> {
    let report = xtask.conformance(Vec::new(), Vec::new())?;
    ensure!(report.is_good(), "{}", report.text());
    xtask.check_results(&report)?;
    Ok(report.summary())
}
