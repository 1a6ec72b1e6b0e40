//! Results as Markdown. A cell shows the ratio first.

use comfy_table::presets::ASCII_MARKDOWN;

use super::results::{Cell, Results, Row, Section, Table};

const PREFACE: &str = "# The last results

Written by `cargo xtask bench`, with [results.json](results.json). [README.md](README.md) says what is measured and how to read it. A cell
of a time is its ratio, the quartiles of the ratio, and the median: below 1.00 is quicker than the row that the others are compared with.
";
const KB: f64 = 1024.0;
const MS: f64 = 1000.0;

/// RESULTS.md.
pub(super) fn document(results: &Results) -> String {
    let sections: String = results.sections.iter().map(section).collect();
    format!("{PREFACE}\n{}\n{sections}", results.machine)
}

pub(super) fn section(section: &Section) -> String {
    let tables: Vec<_> = section.tables.iter().map(table).collect();
    format!("\n## {}\n\n{}", section.heading, tables.join("\n"))
}

fn table(table: &Table) -> String {
    let mut header = vec![String::new()];
    header.extend(table.columns.iter().cloned());
    let mut lines = vec![header];
    lines.extend(table.rows.iter().map(line));
    let note = match table.note.as_str() {
        "" => String::new(),
        note => format!("{note}\n\n"),
    };
    format!("### {}\n\n{note}{}", table.title, grid(&lines))
}

fn line(row: &Row) -> Vec<String> {
    let mut line = vec![row.name.clone()];
    line.extend(
        row.cells
            .iter()
            .map(|cell| cell.as_ref().map_or_else(|| String::from("-"), self::cell)),
    );
    line
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Time {
            median_us,
            ratio,
            low,
            high,
        } if low < high => format!("{ratio:.2} ({low:.2}-{high:.2}), {}", time(*median_us)),
        Cell::Time {
            median_us, ratio, ..
        } => format!("{ratio:.2}, {}", time(*median_us)),
        Cell::Size {
            bytes,
            ratio: Some(ratio),
        } => format!("{ratio:.2}, {}", size(*bytes)),
        Cell::Size { bytes, ratio: None } => size(*bytes),
        Cell::Text { text } => text.clone(),
    }
}

/// A time, given in microseconds.
pub(super) fn time(us: f64) -> String {
    if us.abs() < MS {
        format!("{} µs", three_digits(us))
    } else {
        format!("{} ms", three_digits(us / MS))
    }
}

pub(super) fn size(bytes: f64) -> String {
    format!("{} KB", three_digits(bytes / KB))
}

fn three_digits(number: f64) -> String {
    let decimals = match number.abs() {
        small if small < 10.0 => 2,
        middle if middle < 100.0 => 1,
        _ => 0,
    };
    format!("{number:.decimals$}")
}

/// A Markdown table with aligned columns. The first line is the header.
pub(super) fn grid(lines: &[Vec<String>]) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(ASCII_MARKDOWN);
    if let Some((header, rows)) = lines.split_first() {
        table.set_header(header).add_rows(rows);
    }
    format!("{table}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::results::times;

    #[test]
    fn a_ratio_comes_before_its_time() {
        let table = times("a", &["1 KB"], &[("svix", &[2.0])]);
        assert_eq!(
            super::table(&table),
            "### title of a\n\n|      | 1 KB                      |\n|------|---------------------------|\n\
             | svix | 2.00 (1.99-2.01), 20.0 µs |\n"
        );
    }

    #[test]
    fn times_and_sizes_have_three_digits() {
        assert_eq!(time(1.234), "1.23 µs");
        assert_eq!(time(56.78), "56.8 µs");
        assert_eq!(time(987.6), "988 µs");
        assert_eq!(time(1234.0), "1.23 ms");
        assert_eq!(time(-5000.0), "-5.00 ms");
        assert_eq!(size(41_000.0), "40.0 KB");
    }
}
