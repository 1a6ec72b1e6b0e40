//! What StrykerJS reports, in the form of `mutation-testing-report-schema`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Report {
    pub(super) files: BTreeMap<String, File>,
}

#[derive(Deserialize)]
pub(super) struct File {
    pub(super) source: String,
    pub(super) mutants: Vec<Mutant>,
}

#[derive(Deserialize)]
pub(super) struct Mutant {
    pub(super) replacement: String,
    pub(super) location: Location,
    pub(super) status: Status,
}

#[derive(Deserialize)]
pub(super) struct Location {
    start: Position,
    end: Position,
}

/// Both count from one. Columns are UTF-16 code units.
#[derive(Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum Status {
    Killed,
    Timeout,
    /// The tests ended in a way that is no result of theirs.
    RuntimeError,
    Survived,
    NoCoverage,
    /// By the configuration.
    Ignored,
}

impl File {
    /// The line in which a mutant begins, without its indentation.
    pub(super) fn line_of(&self, mutant: &Mutant) -> Result<&str> {
        let line = self.source.lines().nth(mutant.location.start.line - 1);
        Ok(line.context("a mutant beyond the end of its file")?.trim())
    }

    /// What a mutant replaces.
    pub(super) fn replaced(&self, mutant: &Mutant) -> Result<String> {
        let Location { start, end } = &mutant.location;
        let (from, to) = (self.offset(start)?, self.offset(end)?);
        let units: Vec<u16> = self.source.encode_utf16().collect();
        let replaced = units.get(from..to);
        let replaced = replaced.context("a mutant beyond the end of its file")?;
        Ok(String::from_utf16(replaced)?)
    }

    fn offset(&self, position: &Position) -> Result<usize> {
        let lines = self.source.split_inclusive('\n').take(position.line - 1);
        let before: usize = lines.map(|line| line.encode_utf16().count()).sum();
        before
            .checked_add(position.column)
            .and_then(|after| after.checked_sub(1))
            .context("columns count from one")
    }
}
