//! The README's table of hosts, as the last run of all cases on all hosts found it.

use anyhow::{Context as _, Result, ensure};

use super::{
    hosts::{self, Host},
    report::Report,
};
use crate::{directory, document_table::lines_below, xtask::Xtask};

const README: &str = "README.md";
const HEADER: &str = "| host | what it runs | version | cases passed |\n|---|---|---|---|\n";

/// A host's line.
struct Row {
    host: &'static Host,
    version: String,
    passed: String,
}

impl Xtask {
    /// Writes the table after a run of all cases on all hosts.
    pub(super) fn write_results(&self, report: &Report) -> Result<()> {
        let path = self.workspace.path(README);
        let readme = fs_err::read_to_string(&path)?;
        let shown = shown_in(&readme)?;
        let table = table(&self.rows(report)?);
        let written = readme.replacen(&format!("{HEADER}{shown}"), &format!("{HEADER}{table}"), 1);
        directory::write(&path, written)
    }

    /// Fails if the table differs from what a run has found. Versions that depend on the machine may differ.
    pub(crate) fn check_results(&self, report: &Report) -> Result<()> {
        let readme = fs_err::read_to_string(self.workspace.path(README))?;
        check(shown_in(&readme)?, &self.rows(report)?).with_context(|| {
            format!("{README} is not what this run found; `cargo xtask conformance` writes it")
        })
    }

    fn rows(&self, report: &Report) -> Result<Vec<Row>> {
        let row = |(name, passed, left_out)| {
            let host = hosts::named(name)?;
            let left_out = match left_out {
                0 => String::new(),
                count => format!(", {count} left out"),
            };
            Ok(Row {
                host,
                version: (host.version)(self)?,
                passed: format!("{passed}{left_out}"),
            })
        };
        report.counts().map(row).collect()
    }
}

impl Row {
    fn line(&self, version: &str) -> String {
        let Host { name, runs, .. } = self.host;
        format!("| `{name}` | {runs} | {version} | {} |\n", self.passed)
    }

    /// Whether `line` is this row. A version that depends on the machine may differ.
    fn is(&self, line: &str) -> bool {
        let version = match self.host.is_locked {
            true => &self.version,
            false => line.split(" | ").nth(2).unwrap_or_default(),
        };
        self.line(version).trim_end() == line
    }
}

fn table(rows: &[Row]) -> String {
    rows.iter().map(|row| row.line(&row.version)).collect()
}

/// The table's lines in a file.
fn shown_in(text: &str) -> Result<&str> {
    lines_below(text, HEADER)
        .with_context(|| format!("{README} has no table of hosts, which begins\n{HEADER}"))
}

fn check(shown: &str, rows: &[Row]) -> Result<()> {
    let same = shown.lines().count() == rows.len()
        && rows
            .iter()
            .zip(shown.lines())
            .all(|(row, line)| row.is(line));
    ensure!(same, "found\n{}instead of\n{shown}", table(rows));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name, passed: &str| Row {
            host: hosts::named(name).expect("a host"),
            version: "v 2".into(),
            passed: passed.into(),
        };
        vec![row("node", "7"), row("deno", "6, 1 left out")]
    }

    const SHOWN: &str =
        "| `node` | npm package | v 2 | 7 |\n| `deno` | npm package | v 2 | 6, 1 left out |\n";

    #[test]
    fn the_table_is_found_in_a_text() {
        let text = format!("# A\n\n{HEADER}{SHOWN}\nb | c\n");
        assert_eq!(shown_in(&text).expect("a table"), SHOWN);
        assert_eq!(table(&rows()), SHOWN);
        assert!(shown_in("# A\n").is_err());
    }

    #[test]
    fn only_the_version_that_a_machine_brings_may_differ() {
        let other_node = SHOWN.replacen("v 2", "v 3", 1);
        assert!(check(SHOWN, &rows()).is_ok());
        assert!(check(&other_node, &rows()).is_ok());
        for wrong in [
            SHOWN.replace("v 2", "v 3"),
            SHOWN.replacen('7', "8", 1),
            SHOWN.replace(", 1 left out", ""),
            format!("{SHOWN}{SHOWN}"),
            String::new(),
        ] {
            assert!(check(&wrong, &rows()).is_err(), "{wrong}");
        }
    }
}
