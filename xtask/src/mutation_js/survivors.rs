//! Compares the mutants that no test has noticed with those of the list.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::report::{File, Mutant, Report, Status};

/// A text is compared up to this length.
const LONGEST: usize = 100;

/// A change that no test notices.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Survivor {
    file: String,
    /// The line in which the change begins.
    line: String,
    from: String,
    to: String,
}

/// An entry of the list: changes of one file that no test has to notice, for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    #[serde(rename = "why")]
    reason: String,
    mutants: Vec<Survivor>,
}

/// Fails for a survivor that is not listed, and for an entry that does not survive. Entries of files that are there and were not changed
/// are not judged.
pub(super) fn judged(
    report: &Report,
    listed: &[Listed],
    is_there: impl Fn(&str) -> bool,
) -> Result<String> {
    let mut survivors = BTreeSet::new();
    let mut counts = Counts::default();
    for (name, file) in &report.files {
        for mutant in &file.mutants {
            counts.count(mutant.status);
            if matches!(mutant.status, Status::Survived | Status::NoCoverage) {
                let survivor = Survivor::new(name, file, mutant)?;
                ensure!(
                    survivors.insert(survivor),
                    "two changes that no test notices cannot be told apart: {name}, in `{}`",
                    file.line_of(mutant)?
                );
            }
        }
    }
    ensure!(
        counts.noticed > 0,
        "no mutant was noticed: the tests have not run"
    );
    for Listed { reason, .. } in listed {
        ensure!(!reason.is_empty(), "a survivor needs a reason");
    }
    let known = listed.iter().flat_map(|entry| &entry.mutants);
    let is_judged =
        |known: &&Survivor| report.files.contains_key(&known.file) || !is_there(&known.file);
    let known: BTreeSet<_> = known.filter(is_judged).cloned().collect();
    let (new, stale) = (lines(&survivors - &known)?, lines(&known - &survivors)?);
    ensure!(
        new.is_empty() && stale.is_empty(),
        "no test notices these changes, and no reason is listed:\n{new}these are listed, and noticed or not made:\n{stale}"
    );
    Ok(format!(
        "{} noticed ({} by the time that the tests took), {} left, each with its reason",
        counts.noticed,
        counts.by_time,
        survivors.len()
    ))
}

#[derive(Default)]
struct Counts {
    noticed: usize,
    by_time: usize,
}

impl Counts {
    const fn count(&mut self, status: Status) {
        match status {
            Status::Killed | Status::RuntimeError => self.noticed += 1,
            Status::Timeout => {
                self.noticed += 1;
                self.by_time += 1;
            }
            Status::Survived | Status::NoCoverage | Status::Ignored => {}
        }
    }
}

impl Survivor {
    fn new(name: &str, file: &File, mutant: &Mutant) -> Result<Self> {
        Ok(Self {
            file: name.to_owned(),
            line: shortened(file.line_of(mutant)?),
            from: shortened(&file.replaced(mutant)?),
            to: shortened(&mutant.replacement),
        })
    }
}

/// On one line.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(LONGEST).collect()
}

/// One to a line, to be copied to the list.
fn lines(survivors: BTreeSet<Survivor>) -> Result<String> {
    let line = |survivor: Survivor| Ok(format!("{},\n", serde_json::to_string(&survivor)?));
    survivors.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(statuses: &[&str]) -> Report {
        let mutant = |(at, status): (usize, &&str)| {
            json!({
                "replacement": "false",
                "location": { "start": { "line": at + 1, "column": 14 }, "end": { "line": at + 1, "column": 18 } },
                "status": status,
            })
        };
        let mutants: Vec<_> = statuses.iter().enumerate().map(mutant).collect();
        let source = "  é = \"😀\" ? true : 1;\n  return     true;\n";
        let files = json!({ "files": { "src/a.ts": { "source": source, "mutants": mutants } } });
        serde_json::from_value(files).expect("a report")
    }

    fn listed(file: &str) -> Vec<Listed> {
        let mutant = json!({ "file": file, "line": "return true;", "from": "true", "to": "false" });
        let list = json!([{ "why": "a reason", "mutants": [mutant] }]);
        serde_json::from_value(list).expect("a list")
    }

    #[test]
    fn survivors_have_to_be_listed() {
        let report = report(&["Killed", "Survived"]);
        let failure = judged(&report, &[], |_| true)
            .expect_err("not listed")
            .to_string();
        assert!(failure.contains(r#""line":"return true;","from":"true","to":"false"#));
        let result = judged(&report, &listed("src/a.ts"), |_| true).expect("listed");
        assert!(result.starts_with("1 noticed"), "{result}");
    }

    #[test]
    fn a_list_has_only_what_survives() {
        let report = report(&["Killed", "Timeout"]);
        judged(&report, &[], |_| true).expect("nothing survives");
        judged(&report, &listed("src/a.ts"), |_| true).expect_err("it was noticed");
        let other = listed("src/b.ts");
        judged(&report, &other, |_| true).expect("the file was not changed");
        judged(&report, &other, |_| false).expect_err("there is no such file");
    }

    #[test]
    fn survivors_that_look_alike_are_an_error() {
        let mut twice = report(&["Killed", "Survived"]);
        let file = twice.files.get_mut("src/a.ts").expect("a file");
        let again = report(&["Killed", "Survived"]).files;
        let again = again.into_values().flat_map(|file| file.mutants).nth(1);
        file.mutants.extend(again);
        judged(&twice, &listed("src/a.ts"), |_| true).expect_err("told apart");
    }

    #[test]
    fn tests_that_notice_nothing_have_not_run() {
        judged(&report(&["Survived"]), &listed("src/a.ts"), |_| true).expect_err("none noticed");
    }
}
