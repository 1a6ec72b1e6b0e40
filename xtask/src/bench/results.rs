//! The results of a run, `tests/bench/results.json`. The other documents are made from this file alone.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

/// The results of a whole run.
#[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Results {
    pub(super) machine: String,
    pub(super) sections: Vec<Section>,
}

/// Tables under a heading.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) tables: Vec<Table>,
}

/// A table, as a program of the benchmark writes it, one to a line.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Table {
    /// The id by which another document finds the table, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<Option<Cell>>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Cell {
    /// The median time, and the median and the quartiles of its ratio to the table's reference.
    Time {
        median_us: f64,
        ratio: f64,
        low: f64,
        high: f64,
    },
    Size {
        bytes: f64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ratio: Option<f64>,
    },
    Text {
        text: String,
    },
}

impl Results {
    pub(super) fn from_json(json: &str) -> Result<Self> {
        serde_json::from_str(json).context("these are no results of the benchmark")
    }

    /// JSON with one table's head and one row in each line, so that a diff can be read.
    pub(super) fn to_json(&self) -> Result<String> {
        let mut json = serde_json::to_string(self)?;
        // No string holds these, since a quote in one is escaped.
        for start in [r#"{"heading":"#, r#"{"id":"#, r#"{"title":"#, r#"{"name":"#] {
            json = json.replace(start, &format!("\n{start}"));
        }
        Ok(json + "\n")
    }

    /// The table of this id.
    pub(super) fn table(&self, id: &str) -> Result<&Table> {
        let mut tables = self.sections.iter().flat_map(|section| &section.tables);
        tables
            .find(|table| table.id.as_deref() == Some(id))
            .with_context(|| format!("the results have no table {id}"))
    }
}

impl Table {
    /// Reads a table as a program writes it.
    pub(super) fn from_line(line: &str) -> Result<Self> {
        serde_json::from_str(line).with_context(|| format!("this is no table: {line}"))
    }

    /// The cell at this row and column, if there is one.
    pub(super) fn cell(&self, row: &str, column: &str) -> Option<&Cell> {
        let row = self.rows.iter().find(|candidate| candidate.name == row)?;
        let at = self.columns.iter().position(|name| name == column)?;
        row.cells.get(at)?.as_ref()
    }
}

impl Cell {
    pub(super) const fn ratio(&self) -> Option<f64> {
        match self {
            Self::Time { ratio, .. } => Some(*ratio),
            Self::Size { ratio, .. } => *ratio,
            Self::Text { .. } => None,
        }
    }
}

/// A table of times with these ratios, for tests.
#[cfg(test)]
pub(super) fn times(id: &str, columns: &[&str], rows: &[(&str, &[f64])]) -> Table {
    let cell = |ratio: &f64| {
        Some(Cell::Time {
            median_us: ratio * 10.0,
            ratio: *ratio,
            low: ratio - 0.01,
            high: ratio + 0.01,
        })
    };
    Table {
        id: Some(id.into()),
        title: format!("title of {id}"),
        note: String::new(),
        columns: columns.iter().map(ToString::to_string).collect(),
        rows: rows
            .iter()
            .map(|(name, ratios)| Row {
                name: (*name).into(),
                cells: ratios.iter().map(cell).collect(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_as_they_were_written() {
        let mut table = times("a", &["1 KB", "4 KB"], &[("ours", &[1.0, 1.0])]);
        table.rows.push(Row {
            name: "\"other\"".into(),
            cells: vec![
                None,
                Some(Cell::Size {
                    bytes: 1.5,
                    ratio: None,
                }),
            ],
        });
        let results = Results {
            machine: "m".into(),
            sections: vec![Section {
                heading: "h".into(),
                tables: vec![table, times("b", &[], &[])],
            }],
        };
        let json = results.to_json().expect("JSON");
        assert_eq!(Results::from_json(&json).expect("results"), results);
        assert_eq!(
            json.lines().filter(|line| line.contains("other")).count(),
            1
        );
    }

    #[test]
    fn cells_are_told_apart_by_their_fields() {
        let line = r#"{"title":"t","note":"","columns":["a","b","c","d"],"rows":[{"name":"r","cells":[
            {"median_us":1,"ratio":1,"low":1,"high":1},{"bytes":2},{"text":"x"},null]}]}"#;
        let table = Table::from_line(line).expect("a table");
        assert!(matches!(table.cell("r", "a"), Some(Cell::Time { .. })));
        assert!(matches!(table.cell("r", "b"), Some(Cell::Size { .. })));
        assert!(matches!(table.cell("r", "c"), Some(Cell::Text { .. })));
        assert!(table.cell("r", "d").is_none());
    }
}
