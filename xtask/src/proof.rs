//! `cargo xtask proof`: repeats the evidence for what SECURITY.md claims, and writes its table.

mod claims;
mod constant_time;
mod coverage;
mod deployments;
mod differential;
mod fuzzing;
mod length;
mod load;
mod mutation;
mod mutation_js;
mod reproducible;
mod rows;
mod sbom;
mod table;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use self::{
    length::Length,
    rows::{Evidence, ROWS, Row},
};
use crate::xtask::Xtask;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The rows to repeat; all if none is named
    #[arg(value_name = "ROW", value_parser = named)]
    rows: Vec<&'static Row>,
    /// All of it, and write what was found into SECURITY.md. Otherwise only the quick part
    #[arg(long)]
    long: bool,
}

/// Repeats the evidence. `run_step` runs a step of `cargo xtask test`.
pub(crate) fn command(
    xtask: &Xtask,
    arguments: &Arguments,
    run_step: fn(&Xtask, &str) -> Result<String>,
) -> Result<bool> {
    let mut rows = arguments.rows.clone();
    if rows.is_empty() {
        rows.extend(&ROWS);
    }
    let length = if arguments.long {
        Length::Long
    } else {
        Length::Quick
    };
    // Several rows may name the same step.
    let mut steps = BTreeMap::new();
    let mut failed = Vec::new();
    for row in rows {
        let result = match row.evidence {
            Evidence::Step(step) => steps
                .entry(step)
                .or_insert_with(|| shown(xtask, step, |xtask| run_step(xtask, step)))
                .clone(),
            Evidence::Run(run) => shown(xtask, row.name, |xtask| run(xtask, length)),
        };
        match result {
            Some(result) if arguments.long => xtask.write_result(row, &result)?,
            Some(_) => {}
            None => failed.push(row.name),
        }
    }
    if !failed.is_empty() {
        println!("\nfailed: {}", failed.join(", "));
    }
    Ok(failed.is_empty())
}

/// The step `proof` of the tests: the quick part of the rows that are no steps themselves.
pub(crate) fn check(xtask: &Xtask) -> Result<String> {
    xtask.check_proofs()?;
    let mut results = Vec::new();
    for row in &ROWS {
        if let Evidence::Run(run) = row.evidence {
            let result = run(xtask, Length::Quick);
            results.push(result.with_context(|| format!("cargo xtask proof {}", row.name))?);
        }
    }
    Ok(results.join("; "))
}

pub(crate) fn names() -> String {
    ROWS.each_ref().map(|row| row.name).join(", ")
}

/// Runs evidence as a step with a line of its own. None if it failed, which was then said.
fn shown(xtask: &Xtask, name: &str, run: impl FnOnce(&Xtask) -> Result<String>) -> Option<String> {
    let step = xtask.console.step(name);
    match run(&xtask.within(&step)) {
        Ok(result) => {
            step.done(&result);
            Some(result)
        }
        Err(error) => {
            step.done("FAILED");
            eprintln!("{error:#}\n");
            None
        }
    }
}

fn named(name: &str) -> Result<&'static Row> {
    let row = ROWS.iter().find(|row| row.name == name);
    row.with_context(|| format!("no such row; there are {}", names()))
}
