//! `cargo xtask`: the project's commands. The one place that knows tools and their versions.

mod bench;
mod build;
mod child;
mod compose;
mod conformance;
mod console;
mod consumer;
mod coverage;
mod demo;
mod directory;
mod docs;
mod document_table;
mod example;
mod examples;
mod fuzz;
mod load;
mod mutation;
mod mutation_js;
mod proof;
mod spin;
mod stamp;
mod test;
mod tools;
mod workflow;
mod workspace;
mod xtask;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, Parser, Subcommand, error::ErrorKind};

use crate::{console::Console, workspace::Workspace, xtask::Xtask};

/// The project's commands
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = after_help())]
struct Arguments {
    /// Show all that programs write, while they run
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

/// Each command has a file.
#[derive(Subcommand)]
enum Command {
    /// Send signed and forged deliveries to a receiver in Node and one in Wasmtime, and show the verdicts
    Demo,
    /// Run every check there is, or only the steps named
    Test(test::Arguments),
    /// Build the npm package, `dist/npm`, the component, `dist/docutray_webhook.wasm`, and `dist/gate.wasm`
    Build,
    /// Build the reference of all packages and the guides, `dist/docs`, and check their links
    Docs,
    /// Put a middleware of WASI 0.3, such as `dist/gate.wasm`, before a service: one component
    Compose(compose::Arguments),
    /// Run case files on the hosts and compare
    Conformance(conformance::Arguments),
    /// Repeat the evidence for what SECURITY.md claims
    Proof(proof::Arguments),
    /// Look for inputs that break a promise, by the fuzzers of tests/fuzz. What they find is in tests/fuzz/findings
    Fuzz(fuzz::Arguments),
    /// Put receivers on several hosts under genuine, hostile and half-sent deliveries, all at once
    Load(load::Arguments),
    /// Change src in small ways, and see that a test notices each change
    Mutation(mutation::Arguments),
    /// Change js/src/receiver and js/src/idempotency in small ways, and see that a test notices each change
    MutationJs(mutation_js::Arguments),
    /// Show which lines of the verifier the core's tests and the fuzzers' inputs run. Fails if they are too few
    Coverage,
    /// Show what other libraries accept and cost, beside ours
    ///
    /// A whole run is written to tests/bench and the README, a quick one with --write.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Each command returns whether it found all as it should be.
fn run() -> Result<bool> {
    let Arguments { verbose, command } =
        Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    let xtask = Xtask::new(
        Workspace::find()?,
        Console::new(verbose),
        Arguments::command,
    );
    match command {
        Command::Demo => demo::command(&xtask),
        Command::Test(arguments) => test::command(&xtask, &arguments),
        Command::Build => build::command(&xtask),
        Command::Docs => docs::command(&xtask),
        Command::Compose(arguments) => compose::command(&xtask, &arguments),
        Command::Conformance(arguments) => conformance::command(&xtask, arguments),
        Command::Proof(arguments) => proof::command(&xtask, &arguments, test::run_step),
        Command::Fuzz(arguments) => fuzz::command(&xtask, &arguments),
        Command::Load(arguments) => load::command(&xtask, &arguments),
        Command::Mutation(arguments) => mutation::command(&xtask, &arguments),
        Command::MutationJs(arguments) => mutation_js::command(&xtask, &arguments),
        Command::Coverage => coverage::command(&xtask),
        Command::Bench(arguments) => bench::command(&xtask, &arguments),
    }
}

/// Ends the program. For an unknown command it prints the known ones.
fn refuse(error: &clap::Error) -> ! {
    if error.kind() == ErrorKind::InvalidSubcommand {
        eprintln!(
            "error: there is no such command\n\n{}",
            Arguments::command().render_help()
        );
        std::process::exit(error.exit_code());
    }
    error.exit()
}

fn after_help() -> String {
    format!(
        "Steps of `test`:\n{}\nHosts of `conformance`: {}\nHosts of `load`: {}\nRows of `proof`: {}",
        test::table(),
        conformance::hosts::names(),
        load::names(),
        proof::names()
    )
}
