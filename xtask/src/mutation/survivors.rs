//! The list of mutants that no test notices.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;
use serde::Deserialize;

use super::outcomes::Outcomes;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Survivors {
    #[serde(default)]
    survivor: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// The name that cargo-mutants gives it, without line and column. Several mutants of one name are listed one by one.
    mutant: String,
    reason: String,
}

impl Survivors {
    pub(super) fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read_to_string(path)?)
            .with_context(|| format!("cannot read {}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let survivors: Self = toml::from_str(text)?;
        for Listed { mutant, reason } in &survivors.survivor {
            ensure!(!reason.trim().is_empty(), "no reason is given for {mutant}");
        }
        Ok(survivors)
    }

    /// Survivors that are not listed, and what is listed although it does not survive. `all` has the names of all mutants there are:
    /// those that were not made may survive.
    pub(super) fn problems(&self, found: &Outcomes, all: &[String]) -> Vec<String> {
        let listed = |name: &str| self.names().filter(|&listed| listed == name).count();
        let mut problems = Vec::new();
        let mut seen = Vec::new();
        for survivor in &found.survived {
            seen.push(&*survivor.name);
            let alike = seen.iter().filter(|&&name| name == survivor.name).count();
            if alike > listed(&survivor.name) {
                problems.push(format!("{}: no test fails", survivor.place));
            }
        }
        let mut names: Vec<_> = self.names().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let may_survive = count(all, name).saturating_sub(count(&found.noticed, name));
            if listed(name) > may_survive {
                problems.push(format!("{name}: listed, but it does not survive"));
            }
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.survivor.iter().map(|listed| &*listed.mutant)
    }
}

fn count(names: &[String], name: &str) -> usize {
    names.iter().filter(|&other| other == name).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation::outcomes::Survivor;

    fn listed(names: &[&str]) -> Survivors {
        let entry = |name: &&str| format!("[[survivor]]\nmutant = '{name}'\nreason = 'the same'\n");
        Survivors::parse(&names.iter().map(entry).collect::<String>()).expect("a list")
    }

    fn found(noticed: &[&str], survived: &[&str]) -> Outcomes {
        let survivor = |name: &&str| Survivor {
            name: (*name).to_owned(),
            place: format!("line of {name}"),
        };
        Outcomes {
            noticed: owned(noticed),
            survived: survived.iter().map(survivor).collect(),
            ..Outcomes::default()
        }
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_survivor_is_listed_as_often_as_it_survives() {
        let all = owned(&["a", "a", "b"]);
        let found = found(&["b"], &["a", "a"]);
        assert!(listed(&["a", "a"]).problems(&found, &all).is_empty());
        let problems = listed(&["a"]).problems(&found, &all);
        assert_eq!(problems, ["line of a: no test fails"]);
        assert_eq!(listed(&[]).problems(&found, &all).len(), 2);
    }

    #[test]
    fn what_a_test_notices_is_not_listed() {
        let all = owned(&["a", "a", "b"]);
        let stale = ["a: listed, but it does not survive"];
        let problems = |list: &[&str], noticed: &[&str], survived: &[&str]| {
            listed(list).problems(&found(noticed, survived), &all)
        };
        assert_eq!(problems(&["a"], &["a", "a"], &[]), stale);
        assert_eq!(problems(&["a", "a"], &["a"], &["a"]), stale);
        // The other may survive, but was not made.
        assert!(problems(&["a"], &["a"], &[]).is_empty());
        assert!(problems(&["a"], &["b"], &[]).is_empty());
        // There is no such mutant.
        assert_eq!(problems(&["c"], &[], &[]).len(), 1);
    }

    #[test]
    fn every_entry_has_a_reason() {
        let without = "[[survivor]]\nmutant = 'a'\nreason = ' '";
        assert!(Survivors::parse(without).is_err());
    }

    #[test]
    fn the_committed_list_can_be_read() -> Result<()> {
        let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/mutation/survivors.toml");
        Survivors::read(&list).map(drop)
    }
}
