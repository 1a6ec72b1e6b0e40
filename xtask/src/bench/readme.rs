//! The README's numbers: a block between two comments, made from the results. The README has no other numbers.

use anyhow::{Context as _, Result};

use super::{
    chart,
    hosts::LTS,
    markdown::{grid, size, time},
    results::{Cell, Results, Table},
};

const START: &str = "<!-- numbers: written by cargo xtask bench -->\n";
const END: &str = "<!-- end of numbers -->\n";
const OURS: &str = "docutray-webhook";
const SIZES: [&str; 4] = ["1 KB", "16 KB", "64 KB", "1 MB"];
/// The rows of the README's table of deliveries, by their names in the results.
const DELIVERIES: [&str; 6] = [
    OURS,
    "by hand, with care",
    "stripe",
    "svix",
    "standardwebhooks",
    "@octokit/webhooks-methods (async)",
];
/// Libraries, and what a program imports of them.
const LIBRARIES: [(&str, &str); 5] = [
    (OURS, "`{ Verifier }` of docutray-webhook"),
    ("stripe", "`{ default }` of stripe"),
    ("svix", "`{ Webhook }` of svix"),
    ("standardwebhooks", "`{ Webhook }` of standardwebhooks"),
    (
        "@octokit/webhooks-methods",
        "`{ verify }` of @octokit/webhooks-methods",
    ),
];

/// Replaces the block of a README by that of these results.
pub(super) fn with_numbers(readme: &str, results: &Results) -> Result<String> {
    let (before, rest) = readme
        .split_once(START)
        .with_context(|| format!("the README has no line {START}"))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("the README has no line {END}"))?;
    Ok(format!("{before}{START}{}{END}{after}", block(results)?))
}

fn block(results: &Results) -> Result<String> {
    let untouched = results.table(&format!("{LTS}/dense/untouched"))?;
    let read = results.table(&format!("{LTS}/dense/read whole"))?;
    let host = untouched
        .title
        .split_once(':')
        .map_or(LTS, |(host, _)| host);
    Ok(format!(
        "\n![How long a delivery takes with each library, as a multiple of ours, by the size of its body]({})\n\n\
         {host}, {}. A delivery's time as a multiple of ours, its payload untouched / read whole:\n\n\
         {}\n{}\n",
        chart::FILE,
        results.machine,
        deliveries(untouched, read),
        libraries(results)?,
    ))
}

fn deliveries(untouched: &Table, read: &Table) -> String {
    let sizes = SIZES
        .iter()
        .filter(|size| untouched.columns.iter().any(|column| column == *size));
    let sizes: Vec<_> = sizes.copied().collect();
    let mut lines = vec![header(&sizes)];
    for name in DELIVERIES {
        let mut line = vec![name.to_owned()];
        line.extend(sizes.iter().map(|size| {
            let cells = [untouched, read].map(|table| table.cell(name, size));
            cells.map(|cell| relative(name, cell)).join(" / ")
        }));
        lines.push(line);
    }
    grid(&lines)
}

/// Our row shows times, the others multiples of ours.
fn relative(name: &str, cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Time { median_us, .. }) if name == OURS => time(*median_us),
        Some(Cell::Time { ratio, .. }) => format!("{ratio:.2}"),
        _ => String::from("-"),
    }
}

fn libraries(results: &Results) -> Result<String> {
    let bundles = results.table("bundles")?;
    let starts = results.table("starts/processor")?;
    let slips = results.table("slips")?;
    let host = starts
        .columns
        .iter()
        .find(|host| **host == LTS)
        .context("the starts have no column of this Node")?;
    let accepted = format!("accepts, of {} forgeries", slips.rows.len());
    let mut lines = vec![header(&[
        "bundle, gzip",
        "processor time to a process's first payload",
        &accepted,
    ])];
    for (name, import) in LIBRARIES {
        lines.push(vec![
            name.to_owned(),
            bundles.cell(import, "gzip").map_or_else(missing, absolute),
            starts.cell(name, host).map_or_else(missing, absolute),
            accepted_by(slips, name).to_string(),
        ]);
    }
    Ok(grid(&lines))
}

fn absolute(cell: &Cell) -> String {
    match cell {
        Cell::Time { median_us, .. } => time(*median_us),
        Cell::Size { bytes, .. } => size(*bytes),
        Cell::Text { text } => text.clone(),
    }
}

fn missing() -> String {
    String::from("-")
}

/// How many forged deliveries a library accepts.
fn accepted_by(slips: &Table, name: &str) -> usize {
    let says = slips.rows.iter().map(|row| slips.cell(&row.name, name));
    says.filter(|said| matches!(said, Some(Cell::Text { text }) if text == "accepted"))
        .count()
}

fn header(columns: &[&str]) -> Vec<String> {
    let mut header = vec![String::new()];
    header.extend(columns.iter().map(ToString::to_string));
    header
}
