//! What each host got right and wrong.

use anyhow::{Error, Result, bail};
use docutray_webhook_suite::{Case, Difference, Json, differences, expectation_of};

use crate::Verdict;

/// What a host said of each case, or why it said nothing.
pub(super) type Run = (&'static str, Result<Vec<Json>>);

/// The results of every host.
pub(crate) struct Report(Vec<HostReport>);

struct HostReport {
    name: &'static str,
    passed: usize,
    failed: usize,
    /// Why the host gave no outcomes, if so.
    fault: Option<Error>,
    failures: Vec<Failure>,
}

struct Failure {
    case: String,
    /// The host it differs from, if not from the expectation.
    other: Option<&'static str>,
    differences: Vec<Difference>,
}

impl Report {
    /// Judges what each host said: by the case's expectation, and where that is met, by what the first host said.
    pub(super) fn new(cases: &[Case], runs: Vec<Run>) -> Result<Self> {
        let first = runs
            .iter()
            .find_map(|(name, run)| Some((*name, run.as_ref().ok()?.clone())));
        let judge = |(name, run): Run| match (run, &first) {
            (Ok(outcomes), Some((first, reference))) => {
                HostReport::new(name, cases, &outcomes, (first, reference))
            }
            (Ok(_), None) => bail!("{name} gave outcomes, but no host did"),
            (Err(fault), _) => Ok(HostReport::failed(name, cases, fault)),
        };
        runs.into_iter().map(judge).collect::<Result<_>>().map(Self)
    }

    pub(crate) fn verdict(&self) -> Verdict {
        let good = self
            .0
            .iter()
            .all(|host| host.failed == 0 && host.fault.is_none());
        if good { Verdict::Good } else { Verdict::Bad }
    }

    /// A line for each host, with what it got wrong below.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(HostReport::text).collect()
    }
}

impl HostReport {
    fn new(
        name: &'static str,
        cases: &[Case],
        outcomes: &[Json],
        (first, reference): (&'static str, &[Json]),
    ) -> Result<Self> {
        let mut failures = Vec::new();
        for ((case, outcome), reference) in cases.iter().zip(outcomes).zip(reference) {
            failures.extend(Failure::of(case, outcome, (first, reference))?);
        }
        Ok(Self {
            name,
            passed: cases.len() - failures.len(),
            failed: failures.len(),
            fault: None,
            failures,
        })
    }

    fn failed(name: &'static str, cases: &[Case], fault: Error) -> Self {
        Self {
            name,
            passed: 0,
            failed: cases.len(),
            fault: Some(fault),
            failures: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{}: {} passed, {} failed\n",
            self.name, self.passed, self.failed
        );
        if let Some(fault) = &self.fault {
            let fault = format!("{fault:#}").trim_end().replace('\n', "\n  ");
            text += &format!("  the host gave no outcomes: {fault}\n");
        }
        self.failures
            .iter()
            .for_each(|failure| text += &failure.text());
        text
    }
}

impl Failure {
    fn of(
        case: &Case,
        outcome: &Json,
        (first, reference): (&'static str, &Json),
    ) -> Result<Option<Self>> {
        let failure = |other, differences| {
            Some(Self {
                case: case.name.clone(),
                other,
                differences,
            })
        };
        let unexpected = expectation_of(case, outcome)?;
        if !unexpected.is_empty() {
            return Ok(failure(None, unexpected));
        }
        let disagreement = differences(reference, outcome);
        // Where the first host is at fault, its own line says so.
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

    fn run(outcomes: [(&str, &str); 2]) -> Result<Vec<Json>> {
        let json = |(code, message)| {
            Json::parse(&format!(
                r#"{{"error": {{"code": "{code}", "message": "{message}"}}}}"#
            ))
            .expect("JSON")
        };
        Ok(outcomes.map(json).into())
    }

    fn judged<const N: usize>(runs: [Run; N]) -> (String, Verdict) {
        let report = Report::new(&cases(), runs.into()).expect("a report");
        (report.text(), report.verdict())
    }

    #[test]
    fn hosts_that_agree_are_good() {
        let runs = [
            ("x", run([("a", "m"), ("b", "m")])),
            ("y", run([("a", "m"), ("b", "m")])),
        ];
        assert_eq!(
            judged(runs),
            (
                "x: 2 passed, 0 failed\ny: 2 passed, 0 failed\n".into(),
                Verdict::Good
            )
        );
    }

    #[test]
    fn a_difference_from_the_expectation_is_shown_on_its_host_alone() {
        let runs = [
            ("x", run([("a", "m"), ("no", "m")])),
            ("y", run([("a", "m"), ("b", "m")])),
        ];
        let expected = "x: 1 passed, 1 failed\n  two\n    error.code: expected \"b\", got \"no\"\ny: 2 passed, 0 failed\n";
        assert_eq!(judged(runs), (expected.into(), Verdict::Bad));
    }

    #[test]
    fn a_difference_between_hosts_is_a_failure() {
        let runs = [
            ("x", run([("a", "m"), ("b", "m")])),
            ("y", run([("a", "other"), ("b", "m")])),
        ];
        let expected = "x: 2 passed, 0 failed\ny: 1 passed, 1 failed\n  one: not as on x\n    error.message: expected \"m\", got \"other\"\n";
        assert_eq!(judged(runs), (expected.into(), Verdict::Bad));
    }

    #[test]
    fn a_host_that_does_not_start_fails_all() {
        let runs = [
            ("x", Err(anyhow::anyhow!("no node"))),
            ("y", run([("a", "m"), ("b", "m")])),
        ];
        let expected =
            "x: 0 passed, 2 failed\n  the host gave no outcomes: no node\ny: 2 passed, 0 failed\n";
        assert_eq!(judged(runs), (expected.into(), Verdict::Bad));
    }
}
