//! Explores the model, or writes its traces.
#![expect(
    clippy::print_stdout,
    reason = "it is a program whose result is what it prints"
)]

use anyhow::{Result, ensure};
use clap::Parser;
use docutray_webhook_model::{explored::Explored, traces, worlds};
use std::{fs, path::PathBuf};

/// The rules of idempotency as a model
#[derive(Parser)]
enum Command {
    /// Explore the worlds of `worlds`, and print how many situations each has
    Explore {
        /// The large worlds, too, which takes minutes
        #[arg(long)]
        long: bool,
    },
    /// Write the walks through the model of a store as cases for all stores
    Traces {
        /// The file
        file: PathBuf,
    },
}

fn main() -> Result<()> {
    match Command::parse() {
        Command::Explore { long } => explore(long),
        Command::Traces { file } => Ok(fs::write(file, traces::text()?)?),
    }
}

fn explore(long: bool) -> Result<()> {
    for (name, world) in worlds::all(long) {
        let explored = Explored::new(world);
        println!("{name}: {explored}");
        ensure!(
            explored.is_as_promised(),
            "{name}: {}",
            explored.differences()
        );
    }
    Ok(())
}
