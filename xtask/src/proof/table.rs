//! The table of SECURITY.md.

use anyhow::{Context as _, Result, ensure};

use super::rows::{Evidence, ROWS, Row};
use crate::{directory, document_table::lines_below, xtask::Xtask};

const DOCUMENT: &str = "SECURITY.md";
const HEADER: &str =
    "| row | claim | command | last result | found while making it |\n|---|---|---|---|---|\n";
/// The result of a row that no long run has passed.
const NOT_RUN: &str = "not run yet";
/// Where a line has its result, if it is divided at each column's end.
const RESULT: usize = 3;

impl Row {
    fn line(&self, result: &str) -> String {
        let Self {
            name, claim, found, ..
        } = self;
        let command = match self.evidence {
            Evidence::Step(step) => format!("cargo xtask test {step}"),
            Evidence::Run(_) => format!("cargo xtask proof {name} --long"),
        };
        format!("| {name} | {claim} | `{command}` | {result} | {found} |\n")
    }
}

impl Xtask {
    /// Writes what a long run of a row has found. All other lines keep their results.
    pub(super) fn write_result(&self, row: &Row, result: &str) -> Result<()> {
        let path = self.workspace.path(DOCUMENT);
        let document = fs_err::read_to_string(&path)?;
        let shown = shown_in(&document)?;
        let table = written(&ROWS, shown, row.name, result);
        let document =
            document.replacen(&format!("{HEADER}{shown}"), &format!("{HEADER}{table}"), 1);
        directory::write(&path, document)
    }

    /// Fails if the table is not that of the rows, whatever their results.
    pub(super) fn check_proofs(&self) -> Result<()> {
        let document = fs_err::read_to_string(self.workspace.path(DOCUMENT))?;
        let shown = shown_in(&document)?;
        let table = written(&ROWS, shown, "", "");
        ensure!(
            shown == table,
            "the table of {DOCUMENT} is not that of xtask/src/proof/rows.rs; `cargo xtask proof ROW --long` writes it:\n{table}instead of\n{shown}"
        );
        Ok(())
    }
}

fn shown_in(document: &str) -> Result<&str> {
    lines_below(document, HEADER)
        .with_context(|| format!("{DOCUMENT} has no table of proofs, which begins\n{HEADER}"))
}

/// The table with a new result for the row of this name.
fn written(rows: &[Row], shown: &str, name: &str, result: &str) -> String {
    let line = |row: &Row| {
        let kept = shown.lines().find_map(|line| result_of(line, row.name));
        row.line(match row.name == name {
            true => result,
            false => kept.unwrap_or(NOT_RUN),
        })
    };
    rows.iter().map(line).collect()
}

fn result_of<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let cells = line.strip_prefix("| ")?;
    let mut cells = cells.split(" | ");
    (cells.next()? == name).then(|| cells.nth(RESULT - 1))?
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(name: &'static str, claim: &'static str) -> Row {
        Row {
            name,
            claim,
            evidence: Evidence::Step("core"),
            found: "nothing",
        }
    }

    #[test]
    fn a_row_gets_its_result_and_the_others_keep_theirs() {
        let rows = [row("a", "A"), row("b", "B")];
        let first = written(&rows, "", "a", "7 tests");
        let line = "| a | A | `cargo xtask test core` | 7 tests | nothing |\n";
        assert!(first.starts_with(line), "{first}");
        assert!(first.contains(NOT_RUN));
        let second = written(&rows, &first, "b", "8 tests");
        assert!(second.starts_with(line), "{second}");
        assert!(second.contains("| 8 tests |"), "{second}");
        assert_eq!(written(&rows, &second, "", ""), second);
    }

    #[test]
    fn a_changed_claim_and_a_missing_row_are_seen() {
        let shown = written(&[row("a", "A")], "", "a", "7 tests");
        assert_ne!(written(&[row("a", "more")], &shown, "", ""), shown);
        assert_ne!(
            written(&[row("a", "A"), row("b", "B")], &shown, "", ""),
            shown
        );
        assert_ne!(written(&[], &shown, "", ""), shown);
    }

    #[test]
    fn no_cell_divides_a_line() {
        for row in &ROWS {
            assert_eq!(row.line("x").matches('|').count(), 6, "{}", row.name);
        }
    }
}
