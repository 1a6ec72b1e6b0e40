//! What cargo-mutants has found: its `outcomes.json`.

use std::path::Path;

use anyhow::{Context as _, Result};
use fs_err as fs;
use serde::Deserialize;

/// The mutants that were made, by what came of them. A name has neither line nor column, so several mutants may have the same.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// The compiler refused it, a test failed, or the tests did not end, which nobody could overlook.
    pub(super) noticed: Vec<String>,
    /// How many of those the compiler refused.
    pub(super) unviable: usize,
    /// For how many of those the tests did not end.
    pub(super) by_time: usize,
    /// Every test passed.
    pub(super) survived: Vec<Survivor>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Survivor {
    pub(super) name: String,
    /// With line and column, as cargo-mutants writes it.
    pub(super) place: String,
}

#[derive(Deserialize)]
struct File {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: Summary,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant(Mutant),
}

#[derive(Deserialize)]
struct Mutant {
    name: String,
    file: String,
}

#[derive(Clone, Copy, Deserialize)]
enum Summary {
    Success,
    CaughtMutant,
    MissedMutant,
    Unviable,
    Failure,
    Timeout,
}

impl Outcomes {
    pub(super) fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read_to_string(path)?)
            .with_context(|| format!("cannot read {}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)?;
        let mut outcomes = Self::default();
        for Outcome { scenario, summary } in file.outcomes {
            if let Scenario::Mutant(mutant) = scenario {
                outcomes.add(mutant, summary)?;
            }
        }
        Ok(outcomes)
    }

    fn add(&mut self, mutant: Mutant, summary: Summary) -> Result<()> {
        let name = mutant.without_place()?;
        match summary {
            Summary::CaughtMutant => self.noticed.push(name),
            Summary::Unviable => {
                self.unviable += 1;
                self.noticed.push(name);
            }
            Summary::Timeout => {
                self.by_time += 1;
                self.noticed.push(name);
            }
            Summary::MissedMutant => self.survived.push(Survivor {
                name,
                place: mutant.name,
            }),
            Summary::Success | Summary::Failure => {
                anyhow::bail!("cargo-mutants did not judge {name}")
            }
        }
        Ok(())
    }

    pub(super) const fn mutants(&self) -> usize {
        self.noticed.len() + self.survived.len()
    }

    pub(super) fn summary(&self) -> String {
        format!(
            "{} mutants: {} killed ({} by the time that the tests took), {} survived, {} refused by the compiler",
            self.mutants(),
            self.noticed.len() - self.unviable,
            self.by_time,
            self.survived.len(),
            self.unviable
        )
    }
}

impl FromIterator<Self> for Outcomes {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.noticed.extend(part.noticed);
            all.unviable += part.unviable;
            all.by_time += part.by_time;
            all.survived.extend(part.survived);
        }
        all
    }
}

impl Mutant {
    /// `src/a.rs: replace f with ()` from `src/a.rs:1:2: replace f with ()`.
    fn without_place(&self) -> Result<String> {
        let Self { name, file } = self;
        let what = name.strip_prefix(file.as_str());
        let what = what.and_then(|rest| rest.split_once(": "));
        let (_, what) = what.with_context(|| format!("a mutant without a place: {name}"))?;
        Ok(format!("{file}: {what}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_counted_and_places_removed() {
        let mutant = |what: &str, summary: &str| {
            format!(
                r#"{{"scenario":{{"Mutant":{{"name":"src/a.rs:{what}","file":"src/a.rs","genre":"FnValue"}}}},"summary":"{summary}"}}"#
            )
        };
        let text = format!(
            r#"{{"outcomes":[{{"scenario":"Baseline","summary":"Success"}},{},{},{},{}]}}"#,
            mutant("1:2: replace a -> A with A::new()", "CaughtMutant"),
            mutant("2:2: replace b: with ()", "MissedMutant"),
            mutant("3:2: replace c with ()", "Timeout"),
            mutant("4:2: replace d with ()", "Unviable"),
        );
        let found = Outcomes::parse(&text).expect("outcomes");
        let noticed = [
            "src/a.rs: replace a -> A with A::new()",
            "src/a.rs: replace c with ()",
            "src/a.rs: replace d with ()",
        ];
        assert_eq!(found.noticed, noticed);
        let names: Vec<_> = found.survived.iter().map(|found| &*found.name).collect();
        assert_eq!(names, ["src/a.rs: replace b: with ()"]);
        assert_eq!(
            found.summary(),
            "4 mutants: 2 killed (1 by the time that the tests took), 1 survived, 1 refused by the compiler"
        );
    }
}
