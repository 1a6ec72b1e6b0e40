//! Times a delivery in Rust: with the crate, with the component in Wasmtime, and by hand with other MACs.
//!
//! It prints one table a line, as JSON: see [`table`]. It asserts nothing about time.

mod by_hand;
mod component;
mod delivery;
mod rounds;
mod table;
mod tasks;

use anyhow::Result;
use lexopt::Arg;

use crate::{
    delivery::Delivery,
    rounds::Effort,
    table::{Column, TABLES},
};

const KIB: usize = 1 << 10;

/// The sizes of bodies, in bytes.
const SIZES: [(&str, usize); 6] = [
    ("0.3 KB", 307),
    ("1 KB", KIB),
    ("4 KB", 4 * KIB),
    ("16 KB", 16 * KIB),
    ("64 KB", 64 * KIB),
    ("1 MB", KIB * KIB),
];

fn main() -> Result<()> {
    let effort = effort()?;
    let engines = component::Engines::new()?;
    let mut columns = Vec::new();
    for (name, bytes) in SIZES {
        eprintln!("bodies of {name}");
        let delivery = Delivery::of(bytes)?;
        let tasks = tasks::all(&delivery, &engines)?;
        columns.push(Column {
            name,
            times: rounds::measured(tasks, effort)?,
        });
    }
    for form in &TABLES {
        println!("{}", serde_json::to_string(&form.filled(&columns)?)?);
    }
    Ok(())
}

/// Reads `--quick`: fewer rounds, to check that everything runs.
fn effort() -> Result<Effort> {
    let mut effort = Effort::FULL;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("quick") => effort = Effort::QUICK,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(effort)
}
