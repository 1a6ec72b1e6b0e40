//! What each host got right and wrong.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Error, Result, bail};
use docutray_webhook_suite::{
    Case, Difference, Json, differences, expectation_of, hidden, in_what_is_shown, left_out,
};

/// Hosts that are reached through an application. They may leave out cases that HTTP cannot carry, and hide what the
/// application does not tell.
const PARTIAL: [&str; 1] = ["spin"];

/// A host's name, and its results or why there are none.
pub(super) type Run = (&'static str, Result<Vec<Json>>);

/// The results of every host.
pub(crate) struct Report(Vec<HostReport>);

struct HostReport {
    name: &'static str,
    passed: usize,
    failed: usize,
    /// How many cases were left out, by the reason.
    left_out: BTreeMap<String, usize>,
    /// The paths of what it hides.
    hidden: BTreeSet<String>,
    /// Why the host gave no results, if so.
    fault: Option<Error>,
    failures: Vec<Failure>,
}

struct Failure {
    case: String,
    /// The host that it differs from. None where it differs from the case's expectation.
    other: Option<&'static str>,
    differences: Vec<Difference>,
}

impl Report {
    /// Compares the results of each host with the expectations and, where those are met, with the results of the first host.
    pub(super) fn new(cases: &[Case], runs: Vec<Run>) -> Result<Self> {
        let given = |(name, run): &Run| Some((*name, run.as_ref().ok()?.clone()));
        let whole = runs.iter().filter(|(name, _)| !PARTIAL.contains(name));
        let first = whole.chain(&runs).find_map(given);
        let judge = |(name, run): Run| match (run, &first) {
            (Ok(results), Some((first, reference))) => {
                HostReport::new(name, cases, &results, (first, reference))
            }
            (Ok(_), None) => bail!("{name} gave results, but no host did"),
            (Err(fault), _) => Ok(HostReport::failed(name, cases, fault)),
        };
        runs.into_iter().map(judge).collect::<Result<_>>().map(Self)
    }

    /// Whether all hosts passed all cases.
    pub(crate) fn is_good(&self) -> bool {
        let mut hosts = self.0.iter();
        hosts.all(|host| host.failed == 0 && host.fault.is_none())
    }

    /// For each host its name, how many cases passed, and how many were left out.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&'static str, usize, usize)> {
        self.0
            .iter()
            .map(|host| (host.name, host.passed, host.left_out.values().sum()))
    }

    /// A line for each host, followed by its failures.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(HostReport::text).collect()
    }
}

impl HostReport {
    fn new(
        name: &'static str,
        cases: &[Case],
        results: &[Json],
        (first, reference): (&'static str, &[Json]),
    ) -> Result<Self> {
        let mut report = Self::empty(name);
        for ((case, result), reference) in cases.iter().zip(results).zip(reference) {
            let is_partial = PARTIAL.contains(&name);
            if is_partial && let Some(reason) = left_out(result) {
                *report.left_out.entry(reason).or_default() += 1;
                continue;
            }
            if is_partial {
                report.hidden.extend(hidden(result));
            }
            match Failure::of(case, result, (first, reference), is_partial)? {
                Some(failure) => report.failures.push(failure),
                None => report.passed += 1,
            }
        }
        report.failed = report.failures.len();
        Ok(report)
    }

    fn failed(name: &'static str, cases: &[Case], fault: Error) -> Self {
        Self {
            failed: cases.len(),
            fault: Some(fault),
            ..Self::empty(name)
        }
    }

    const fn empty(name: &'static str) -> Self {
        Self {
            name,
            passed: 0,
            failed: 0,
            left_out: BTreeMap::new(),
            hidden: BTreeSet::new(),
            fault: None,
            failures: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{}: {} passed, {} failed{}\n",
            self.name,
            self.passed,
            self.failed,
            self.left_out_text()
        );
        if !self.hidden.is_empty() {
            let hidden: Vec<_> = self.hidden.iter().map(String::as_str).collect();
            text += &format!("  not shown by this host: {}\n", hidden.join(", "));
        }
        if let Some(fault) = &self.fault {
            let fault = format!("{fault:#}").trim_end().replace('\n', "\n  ");
            text += &format!("  the host gave no results: {fault}\n");
        }
        self.failures
            .iter()
            .for_each(|failure| text += &failure.text());
        text
    }

    fn left_out_text(&self) -> String {
        let count: usize = self.left_out.values().sum();
        if count == 0 {
            return String::new();
        }
        let reason = |(reason, count): (&String, &usize)| format!("{reason}: {count}");
        let reasons: Vec<_> = self.left_out.iter().map(reason).collect();
        format!(", {count} left out ({})", reasons.join(", "))
    }
}

impl Failure {
    fn of(
        case: &Case,
        result: &Json,
        (first, reference): (&'static str, &Json),
        is_partial: bool,
    ) -> Result<Option<Self>> {
        let judged = |differences| match is_partial {
            true => in_what_is_shown(result, differences),
            false => differences,
        };
        let failure = |other, differences| {
            Some(Self {
                case: case.name.clone(),
                other,
                differences,
            })
        };
        let unexpected = judged(expectation_of(case, result)?);
        if !unexpected.is_empty() {
            return Ok(failure(None, unexpected));
        }
        let disagreement = judged(differences(reference, result));
        // If the first host fails its expectation, its own report says so.
        let is_own = !disagreement.is_empty() && expectation_of(case, reference)?.is_empty();
        Ok(if is_own {
            failure(Some(first), disagreement)
        } else {
            None
        })
    }

    fn text(&self) -> String {
        let mut text = match self.other {
            Some(other) => format!("  {}: not as on {other}\n", self.case),
            None => format!("  {}\n", self.case),
        };
        self.differences
            .iter()
            .for_each(|difference| text += &format!("    {difference}\n"));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Vec<Case> {
        let case = |name: &str, code: &str| {
            format!(
                r#"{{"name": "{name}", "config": {{}}, "now": 1, "call": "verify", "headers": [],
                    "expect": {{"error": {{"code": "{code}"}}}}}}"#
            )
        };
        serde_json::from_str(&format!("[{}, {}]", case("one", "a"), case("two", "b")))
            .expect("cases")
    }

    fn run(results: [(&str, &str); 2]) -> Result<Vec<Json>> {
        let json = |(code, message)| {
            Json::parse(&format!(
                r#"{{"error": {{"code": "{code}", "message": "{message}"}}}}"#
            ))
            .expect("JSON")
        };
        Ok(results.map(json).into())
    }

    fn judged<const N: usize>(runs: [Run; N]) -> (String, bool) {
        let report = Report::new(&cases(), runs.into()).expect("a report");
        (report.text(), report.is_good())
    }

    #[test]
    fn a_difference_is_shown_on_its_host_alone() {
        let right = [("a", "m"), ("b", "m")];
        for (x, y, text) in [
            (
                right,
                right,
                "x: 2 passed, 0 failed\ny: 2 passed, 0 failed\n",
            ),
            // From the expectation.
            (
                [("a", "m"), ("no", "m")],
                right,
                "x: 1 passed, 1 failed\n  two\n    error.code: expected \"b\", got \"no\"\ny: 2 passed, 0 failed\n",
            ),
            // Between hosts.
            (
                right,
                [("a", "other"), ("b", "m")],
                "x: 2 passed, 0 failed\ny: 1 passed, 1 failed\n  one: not as on x\n    error.message: expected \"m\", got \"other\"\n",
            ),
        ] {
            let is_good = x == y;
            assert_eq!(
                judged([("x", run(x)), ("y", run(y))]),
                (text.into(), is_good)
            );
        }
    }

    #[test]
    fn a_host_that_does_not_start_fails_all() {
        let runs = [
            ("x", Err(anyhow::anyhow!("no node"))),
            ("y", run([("a", "m"), ("b", "m")])),
        ];
        let expected =
            "x: 0 passed, 2 failed\n  the host gave no results: no node\ny: 2 passed, 0 failed\n";
        assert_eq!(judged(runs), (expected.into(), false));
    }

    #[test]
    fn a_host_behind_an_application_may_leave_out_and_hide() {
        let results = || {
            let texts = [
                r#"{"error": {"code": "a"}, "hidden": ["error.message"]}"#,
                r#"{"left_out": "no route"}"#,
            ];
            Ok(texts.map(|text| Json::parse(text).expect("JSON")).into())
        };
        let whole = || ("x", run([("a", "m"), ("b", "m")]));
        // It is compared with a host that shows all, in whichever order they ran.
        let expected = "spin: 1 passed, 0 failed, 1 left out (no route: 1)\n  not shown by this host: error.message\n\
                        x: 2 passed, 0 failed\n";
        assert_eq!(
            judged([("spin", results()), whole()]),
            (expected.into(), true)
        );
        let (text, is_good) = judged([whole(), ("y", results())]);
        assert!(text.contains("y: 0 passed, 2 failed"), "{text}");
        assert!(!is_good);
    }
}
