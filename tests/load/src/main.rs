//! Puts receivers on several hosts under a mix of genuine, hostile and half-sent deliveries, all at once, and beside each the same
//! server without our handler. Judges every answer, what was processed, and what the receivers hold. `cargo xtask load` runs it.
//!
//! | module | what |
//! |---|---|
//! | `host` | how servers are started |
//! | `target` | a server that was started: judges answers |
//! | `ledger` | what was sent, and what came of it |
//! | `event`, `draw` | events and deliveries by chance |
//! | `client`, `raw`, `answer` | connections |
//! | `session`, `acts` | those who send, and what they do |
//! | `load` | all of them at once |
//! | `resources`, `memory` | what a process holds |
//! | `evidence`, `report` | what came of it |

mod acts;
mod answer;
mod client;
mod draw;
mod event;
mod evidence;
mod host;
mod ledger;
mod load;
mod memory;
mod raw;
mod report;
mod resources;
mod session;
mod target;

use std::{process::ExitCode, sync::Arc, thread, time::Duration};

use anyhow::{Context as _, Result};
use clap::Parser;
use fastrand::Rng;
use tokio::task::JoinSet;

use crate::{
    host::Host,
    load::{Amount, Seen, Warm},
    report::Pair,
    target::Target,
};

/// Puts receivers under load
#[derive(Parser)]
struct Arguments {
    /// Hosts, each as JSON
    #[arg(required = true, value_name = "HOST")]
    hosts: Vec<Host>,
    /// How long, unless the least takes longer
    #[arg(long)]
    minutes: u64,
    /// How much each sender does at least
    #[arg(long)]
    least: u64,
    /// What all that is drawn follows from
    #[arg(long)]
    seed: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all was as it should be.
async fn run(arguments: Arguments) -> Result<bool> {
    let seed = arguments.seed.unwrap_or_else(|| fastrand::u64(..1 << 32));
    eprintln!("--seed {seed}");
    let amount = Amount {
        time: Duration::from_secs(60 * arguments.minutes),
        least: arguments.least,
    };
    let targets = started(&arguments.hosts)?;
    let mut rng = Rng::with_seed(seed);
    let warm = targets.map(|target| Warm::up(target, rng.fork()));
    let warm = all(warm).await?;
    eprintln!("all servers are warm");
    let seen = all(warm.into_iter().map(|warm| warm.load(amount))).await?;
    Ok(report(seen))
}

/// Starts all servers: of each host its receiver, and then the other. A debug build of Wasmtime takes a while.
fn started(hosts: &[Host]) -> Result<impl Iterator<Item = Arc<Target>> + use<>> {
    let targets: Vec<_> = thread::scope(|scope| {
        let starts = hosts.iter().flat_map(|host| {
            [
                scope.spawn(|| Target::receiver(host)),
                scope.spawn(|| Target::plain(host)),
            ]
        });
        let starts: Vec<_> = starts.collect();
        let started = starts.into_iter().map(thread::ScopedJoinHandle::join);
        started.collect()
    });
    let targets = targets.into_iter().map(|started| {
        let started = started.map_err(|_| anyhow::anyhow!("a start has panicked"));
        started.flatten().map(Arc::new)
    });
    Ok(targets.collect::<Result<Vec<_>>>()?.into_iter())
}

/// Runs all futures at once. The results are in their order.
async fn all<T: Send + 'static>(
    futures: impl Iterator<Item = impl Future<Output = Result<T>> + Send + 'static>,
) -> Result<Vec<T>> {
    let mut running = JoinSet::new();
    for (number, future) in futures.enumerate() {
        running.spawn(async move { (number, future.await) });
    }
    let mut results: Vec<_> = running.join_all().await;
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

fn report(seen: Vec<Seen>) -> bool {
    let mut seen = seen.into_iter();
    let mut is_good = true;
    while let (Some(receiver), Some(plain)) = (seen.next(), seen.next()) {
        match (Pair { receiver, plain }).line().context("load") {
            Ok(line) => println!("{line}"),
            Err(error) => {
                is_good = false;
                eprintln!("{error:#}");
            }
        }
    }
    is_good
}
