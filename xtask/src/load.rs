//! `cargo xtask load`: receivers on several hosts at once, under genuine, hostile and half-sent deliveries.

use std::{path::PathBuf, process::Command};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{consumer::SERVERS, xtask::Xtask};

const PACKAGE: &str = "docutray-webhook-load";
/// The receiver in axum, of the same package.
const AXUM: &str = "load-axum";
/// The argument of a server that is to have no handler of ours.
const PLAIN: &str = "plain";
/// In bytes: the largest body, where it can be set, so that larger ones cost little.
const LIMIT: u32 = 2 << 20;
/// That of `examples/wasmtime-host`, which has no setting for it.
const DEFAULT_LIMIT: u32 = 16 << 20;
/// How much each sender does at least. A slow machine takes longer than the time that it is given.
const LEAST: u32 = 150;

/// A host, and how its receiver and the same server without our handler are started.
pub(crate) struct Host {
    name: &'static str,
    limit: u32,
    /// What tells which events were processed: see `tests/load/src/host.rs`.
    evidence: &'static str,
    servers: fn(&Xtask) -> Result<Servers>,
}

struct Servers {
    receiver: Command,
    plain: Command,
}

/// The two in Wasmtime are debug builds, since an optimised one takes many minutes to compile.
const HOSTS: [Host; 6] = [
    Host {
        name: "node",
        limit: LIMIT,
        evidence: "lines",
        servers: |xtask| {
            let mut node = xtask.node();
            node.arg("--expose-gc");
            in_javascript(xtask, "node.mjs", &node)
        },
    },
    Host {
        name: "bun",
        limit: LIMIT,
        evidence: "lines",
        servers: |xtask| in_javascript(xtask, "bun.mjs", &xtask.bun()?),
    },
    Host {
        name: "deno",
        limit: LIMIT,
        evidence: "lines",
        servers: |xtask| {
            let mut deno = xtask.deno()?;
            deno.args(["--allow-env", "--allow-net", "--v8-flags=--expose-gc"]);
            in_javascript(xtask, "deno.mjs", &deno)
        },
    },
    Host {
        name: "axum",
        limit: LIMIT,
        evidence: "lines",
        servers: |xtask| {
            let program = xtask.optimised(PACKAGE, AXUM)?;
            Ok(Servers {
                receiver: Command::new(&program),
                plain: with_argument(&Command::new(&program), PLAIN),
            })
        },
    },
    Host {
        name: "gate",
        limit: LIMIT,
        evidence: "calls",
        servers: behind_the_gate,
    },
    Host {
        name: "wasmtime",
        limit: DEFAULT_LIMIT,
        evidence: "keys",
        servers: |xtask| {
            let plain = xtask.executable("load-axum: compile", AXUM)?;
            Ok(Servers {
                receiver: xtask.wasmtime_example()?.command,
                plain: with_argument(&Command::new(plain), PLAIN),
            })
        },
    },
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The hosts; all at once if none is named
    #[arg(value_name = "HOST", value_parser = named)]
    hosts: Vec<&'static Host>,
    /// How long
    #[arg(long, default_value_t = 1)]
    minutes: u32,
    /// Repeats what an earlier run has drawn
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    let mut hosts = arguments.hosts.clone();
    if hosts.is_empty() {
        hosts.extend(&HOSTS);
    }
    println!("{}", xtask.load(&hosts, arguments.minutes, arguments.seed)?);
    Ok(true)
}

/// All hosts at once. Returns a line for each host.
pub(crate) fn all(xtask: &Xtask, minutes: u32) -> Result<String> {
    let hosts: Vec<_> = HOSTS.iter().collect();
    xtask.load(&hosts, minutes, None)
}

pub(crate) fn names() -> String {
    HOSTS.each_ref().map(|host| host.name).join(", ")
}

impl Xtask {
    /// Returns a line for each host.
    fn load(&self, hosts: &[&Host], minutes: u32, seed: Option<u64>) -> Result<String> {
        let mut load = Command::new(self.optimised(PACKAGE, "load")?);
        load.args(["--minutes", &minutes.to_string()])
            .args(["--least", &LEAST.to_string()]);
        if let Some(seed) = seed {
            load.args(["--seed", &seed.to_string()]);
        }
        for host in hosts {
            let Servers { receiver, plain } = (host.servers)(self)?;
            // A host's own settings do not matter to the others.
            let settings = receiver.get_envs();
            load.envs(settings.filter_map(|(name, value)| Some((name, value?))));
            let description = json!({
                "name": host.name,
                "limit": host.limit,
                "evidence": host.evidence,
                "receiver": described(&receiver),
                "plain": described(&plain),
            });
            load.arg(description.to_string());
        }
        let label = format!("load: {minutes} minutes");
        let output = self.console.run(&label, &mut load)?;
        Ok(output.stdout.trim().to_owned())
    }
}

/// A script of `tests/load/servers`, beside the package as it is installed.
fn in_javascript(xtask: &Xtask, script: &str, host: &Command) -> Result<Servers> {
    let servers = xtask.consumer()?.join(SERVERS);
    let mut receiver = with_argument(host, script);
    receiver.current_dir(servers);
    Ok(Servers {
        plain: with_argument(&receiver, PLAIN),
        receiver,
    })
}

/// A service behind the gate, and without it.
fn behind_the_gate(xtask: &Xtask) -> Result<Servers> {
    let service = xtask.build_echo_service()?;
    let gated = xtask.gated(&xtask.build_gate()?, &service, "gated-service.wasm")?;
    let program = xtask.executable("wasmtime serve: compile", "wasmtime-serve")?;
    let serve = |component: PathBuf| {
        let mut serve = Command::new(&program);
        serve
            .args(["serve", "-Scli", "-Sinherit-env", "--addr", "127.0.0.1:0"])
            .arg(component);
        serve
    };
    Ok(Servers {
        receiver: serve(gated),
        plain: serve(service),
    })
}

fn with_argument(command: &Command, argument: &str) -> Command {
    let mut with = Command::new(command.get_program());
    with.args(command.get_args()).arg(argument);
    let settings = command.get_envs();
    with.envs(settings.filter_map(|(name, value)| Some((name, value?))));
    if let Some(directory) = command.get_current_dir() {
        with.current_dir(directory);
    }
    with
}

/// As `tests/load/src/host.rs` reads it.
fn described(command: &Command) -> Value {
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    json!({ "command": words, "directory": command.get_current_dir() })
}

fn named(name: &str) -> Result<&'static Host> {
    let host = HOSTS.iter().find(|host| host.name == name);
    host.with_context(|| format!("no such host; there are {}", names()))
}
