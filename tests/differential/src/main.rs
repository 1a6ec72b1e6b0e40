//! Runs the comparisons.
#![expect(
    clippy::print_stdout,
    reason = "it is a program whose result is what it prints"
)]

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use anyhow::{Result, ensure};
use clap::Parser;
use docutray_webhook::Code;
use docutray_webhook_differential::{bodies, deliveries, macs};

/// Draws the same in each run.
const SEED: u64 = 14;

/// Compare the verifier with others
#[derive(Parser)]
enum Command {
    /// The MAC with that of HACL*
    Macs {
        /// How many
        count: u32,
    },
    /// Verdicts on changed genuine deliveries with those of the naive verifier
    Deliveries {
        /// How many
        count: u32,
    },
    /// Write bodies with what the verifier reads in them, one a line
    Bodies {
        /// How many
        count: u32,
        /// The file
        file: PathBuf,
    },
}

fn main() -> Result<()> {
    match Command::parse() {
        Command::Macs { count } => {
            macs::compare(count, SEED);
            println!("{count} MACs as of HACL*");
        }
        Command::Deliveries { count } => deliveries(count)?,
        Command::Bodies { count, file } => {
            let mut file = BufWriter::new(File::create(file)?);
            let accepted = bodies::write(count, SEED, &mut file)?;
            file.flush()?;
            ensure!(
                accepted > count / 4,
                "only {accepted} of {count} bodies were accepted"
            );
        }
    }
    Ok(())
}

fn deliveries(count: u32) -> Result<()> {
    let verdicts = deliveries::compare(count, SEED);
    let codes = Code::ALL
        .iter()
        .filter(|code| **code != Code::InvalidConfig);
    for verdict in codes.map(|code| code.as_str()).chain(["accepted"]) {
        ensure!(
            verdicts.contains_key(verdict),
            "no delivery was {verdict}: {verdicts:?}"
        );
    }
    let accepted = verdicts.get("accepted").copied().unwrap_or(0);
    println!("{count} deliveries with the naive verifier's verdict, {accepted} of them accepted");
    Ok(())
}
