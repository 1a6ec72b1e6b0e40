//! Reading case files. A fault names the file and the case.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{case::Case, compare};

/// The cases of several files, in order.
///
/// # Errors
/// As [`read_file`].
pub fn read_files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in paths {
        cases.extend(read_file(path.as_ref())?);
    }
    Ok(cases)
}

/// The cases of one file.
///
/// # Errors
/// If the file cannot be read, is not an array of cases, or holds none.
pub fn read_file(path: &Path) -> Result<Vec<Case>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read the cases in {}", path.display()))?;
    parse(&text).with_context(|| format!("in the case file {}", path.display()))
}

fn parse(text: &str) -> Result<Vec<Case>> {
    let entries: Vec<&RawValue> =
        serde_json::from_str(text).context("expected a JSON array of cases")?;
    ensure!(
        !entries.is_empty(),
        "expected at least one case, but the array is empty"
    );
    entries
        .into_iter()
        .enumerate()
        .map(|(index, entry)| parse_case(index, entry))
        .collect()
}

fn parse_case(index: usize, entry: &RawValue) -> Result<Case> {
    let case: Case = serde_json::from_str(entry.get())
        .with_context(|| format!("case {} {}", index + 1, name_of(entry)))?;
    compare::check_form(&case).with_context(|| format!("case {} `{}`", index + 1, case.name))?;
    Ok(case)
}

/// The name of a case that cannot be read, so that a person finds it.
fn name_of(entry: &RawValue) -> String {
    #[derive(Deserialize)]
    struct Name {
        name: String,
    }
    serde_json::from_str::<Name>(entry.get())
        .map_or_else(|_| "(no name)".into(), |case| format!("`{}`", case.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        format!("{:#}", parse(text).expect_err("a bad file"))
    }

    const GOOD: &str = r#"{"name": "good", "config": {"secrets": ["s"]}, "now": 1, "call": "verify", "headers": [["a", "b"]],
        "body_base64": "", "expect": {"event": {"payload": {"x": [1e400, "\ud83d"]}}}}"#;

    #[test]
    fn text_that_no_value_can_hold_is_kept() {
        let cases = parse(&format!("[{GOOD}]")).expect("cases");
        assert!(
            cases
                .iter()
                .all(|case| case.expect.get().contains(r#"[1e400, "\ud83d"]"#))
        );
    }

    #[test]
    fn a_fault_names_its_case() {
        let bad = GOOD
            .replace("\"good\"", "\"bad\"")
            .replace("\"now\": 1", "\"now\": -1");
        let message = error(&format!("[{GOOD}, {bad}]"));
        assert!(
            message.starts_with("case 2 `bad`: invalid value: integer `-1`, expected u64"),
            "{message}"
        );
        assert!(error("[{}]").starts_with("case 1 (no name): missing field `name`"));
    }

    #[test]
    fn an_option_that_no_verifier_has_is_refused() {
        let message = error(&format!("[{}]", GOOD.replace("\"secrets\"", "\"secret\"")));
        assert!(message.contains("unknown field `secret`"), "{message}");
    }

    #[test]
    fn an_expectation_is_one_of_three() {
        let message = error(&format!("[{}]", GOOD.replace("\"event\"", "\"evnt\"")));
        assert!(
            message.contains("case 1 `good`: expected one of `event`, `delivery`, `error`"),
            "{message}"
        );
    }

    #[test]
    fn a_file_without_cases_is_refused() {
        assert!(error("[]").contains("at least one case"));
        assert!(error("{}").contains("a JSON array of cases"));
    }
}
