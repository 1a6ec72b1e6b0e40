//! `cargo xtask`: the project's commands. The one place that knows tools and their versions.

mod bench;
mod build;
mod child;
mod compose;
mod conformance;
mod console;
mod consumer;
mod demo;
mod directory;
mod receivers;
mod spin;
mod stamp;
mod test;
mod tools;
mod workspace;

use std::{cell::OnceCell, process::ExitCode, rc::Rc};

use anyhow::{Context as _, Result};

use crate::{
    build::Built,
    console::{Console, Step},
    workspace::Workspace,
};

/// A command, in a file of its own.
struct Command {
    name: &'static str,
    usage: &'static str,
    what: &'static str,
    run: fn(&Xtask, lexopt::Parser) -> Result<Verdict>,
}

const COMMANDS: [Command; 6] = [
    Command {
        name: "demo",
        usage: "demo",
        what: "sends signed and forged deliveries to a receiver in Node and one in Wasmtime, and shows the verdicts",
        run: demo::command,
    },
    Command {
        name: "test",
        usage: "test [STEP]...",
        what: "runs every check there is, or only the steps named",
        run: test::command,
    },
    Command {
        name: "build",
        usage: "build",
        what: "builds dist/npm, the npm package, dist/docutray_webhook.wasm, the component, and dist/gate.wasm",
        run: build::command,
    },
    Command {
        name: "compose",
        usage: "compose GATE SERVICE [-o OUT]",
        what: "puts a middleware of WASI 0.3, such as dist/gate.wasm, before a service: one component, composed.wasm",
        run: compose::command,
    },
    Command {
        name: "conformance",
        usage: "conformance [--cases FILE]... [--host NAME]...",
        what: "runs case files (default: tests/cases/*.json) on the hosts (default: all) and compares",
        run: conformance::command,
    },
    Command {
        name: "bench",
        usage: "bench [--quick] [--write | --render]",
        what: "shows what other libraries accept and cost, beside ours; the whole of it is written to tests/bench and the README, a quick one with --write; --render writes what the last results make",
        run: bench::command,
    },
];

/// What a command needs: where it is, how to speak, and what is built already.
struct Xtask {
    workspace: Rc<Workspace>,
    console: Console,
    built: Rc<OnceCell<Option<Built>>>,
}

impl Xtask {
    /// The same for the parts of a step.
    fn within(&self, step: &Step) -> Self {
        Self {
            workspace: Rc::clone(&self.workspace),
            console: self.console.within(step),
            built: Rc::clone(&self.built),
        }
    }
}

/// What a command that ran to its end found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
}

fn main() -> ExitCode {
    match run() {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Bad) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Verdict> {
    let (switches, arguments): (Vec<_>, Vec<_>) = std::env::args_os()
        .skip(1)
        .partition(|argument| argument == "--verbose" || argument == "-v");
    if arguments.is_empty()
        || arguments
            .iter()
            .any(|argument| argument == "--help" || argument == "-h")
    {
        print!("{}", help());
        return Ok(Verdict::Good);
    }
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next()? {
        Some(lexopt::Arg::Value(name)) => COMMANDS
            .iter()
            .find(|command| name == command.name)
            .with_context(|| format!("no command {}; there are\n{}", name.display(), table()))?,
        Some(argument) => return Err(argument.unexpected().into()),
        None => return Ok(Verdict::Good),
    };
    let xtask = Xtask {
        workspace: Rc::new(Workspace::find()?),
        console: Console::new(!switches.is_empty()),
        built: Rc::default(),
    };
    (command.run)(&xtask, parser)
}

fn help() -> String {
    format!(
        "cargo xtask COMMAND [--verbose]\n\n{}\nSteps of `test`:\n{}\nHosts of `conformance`: {}\n",
        table(),
        test::table(),
        conformance::hosts::names()
    )
}

fn table() -> String {
    COMMANDS
        .iter()
        .map(|command| format!("  {}\n      {}\n", command.usage, command.what))
        .collect()
}

/// For a command without arguments.
fn no_arguments(mut parser: lexopt::Parser) -> Result<()> {
    parser
        .next()?
        .map_or(Ok(()), |argument| Err(argument.unexpected().into()))
}
