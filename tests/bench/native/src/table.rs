//! Writes the measurements as tables.

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{
    rounds::{Times, quantile},
    tasks,
};

/// A table and its rows, all of which are compared with the first.
pub(crate) struct Form {
    title: &'static str,
    note: &'static str,
    rows: &'static [&'static str],
}

pub(crate) const TABLES: [Form; 3] = [
    Form {
        title: "Rust: a delivery",
        note: "Ratios to the crate's `verify`. By hand: both signatures, a strict timestamp, any JSON; the crate also checks the payload's types.",
        rows: &[
            tasks::VERIFY,
            tasks::CHECK,
            tasks::BY_HAND_SHA2,
            tasks::BY_HAND_RING,
            tasks::BY_HAND_AWS_LC,
        ],
    },
    Form {
        title: "Rust: the body's MAC alone",
        note: "Ratios to what the crate uses.",
        rows: &[tasks::MAC_SHA2, tasks::MAC_RING, tasks::MAC_AWS_LC],
    },
    Form {
        title: "Wasmtime: a delivery by the component",
        note: "Ratios to `verify` on an instance that is kept. A fresh instance is made, given a verifier and one delivery, and dropped.",
        rows: &[
            tasks::KEPT_INSTANCE,
            tasks::RESIDENT,
            tasks::POOLED,
            tasks::UNPOOLED,
            tasks::VERIFY,
        ],
    },
];

/// The measurements of one size.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) times: Vec<Times>,
}

#[derive(Serialize)]
pub(crate) struct Table {
    title: &'static str,
    note: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    cells: Vec<Cell>,
}

/// The median time, and the median and the quartiles of the ratio to the first row in the same round.
#[derive(Serialize)]
struct Cell {
    median_us: f64,
    ratio: f64,
    low: f64,
    high: f64,
}

impl Form {
    pub(crate) fn filled(&self, columns: &[Column]) -> Result<Table> {
        let rows = self.rows.iter().map(|name| self.row(name, columns));
        Ok(Table {
            title: self.title,
            note: self.note,
            columns: columns.iter().map(|column| column.name).collect(),
            rows: rows.collect::<Result<_>>()?,
        })
    }

    fn row(&self, name: &'static str, columns: &[Column]) -> Result<Row> {
        let first = self.rows.first().context("a table without rows")?;
        let cells = columns
            .iter()
            .map(|column| Ok(Cell::new(column.rounds(name)?, column.rounds(first)?)));
        Ok(Row {
            name,
            cells: cells.collect::<Result<_>>()?,
        })
    }
}

impl Column {
    fn rounds(&self, name: &str) -> Result<&[f64]> {
        let times = self.times.iter().find(|times| times.name == name);
        let times = times.with_context(|| format!("{name} was not measured"))?;
        Ok(&times.rounds)
    }
}

impl Cell {
    fn new(times: &[f64], first: &[f64]) -> Self {
        let ratios: Vec<f64> = times
            .iter()
            .zip(first)
            .map(|(time, of)| time / of)
            .collect();
        let ratio = |share| rounded(quantile(ratios.clone(), share));
        Self {
            median_us: rounded(quantile(times.to_vec(), 0.5)),
            ratio: ratio(0.5),
            low: ratio(0.25),
            high: ratio(0.75),
        }
    }
}

/// Rounds to the digits that are more than noise.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_of_one_round() {
        // The second round was disturbed.
        let cell = Cell::new(&[2.0, 200.0, 2.0], &[1.0, 100.0, 1.0]);
        assert_eq!([cell.ratio, cell.low, cell.high], [2.0; 3]);
        assert_eq!(cell.median_us, 2.0);
    }
}
