//! A result against its expectation, and against another host's result.

use core::fmt;
use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};

use crate::{case::Case, json::Json};

/// What may come of a case without being a failure in itself.
const KINDS: [&str; 3] = ["event", "delivery", "error"];
/// Longer values are cut in reports: a payload may be megabytes.
const SHOWN: usize = 300;

/// One place in which a result is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: `event.payload.data`.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

/// Where `result` is not what the case expects. The expectation binds in what it names, `payload` as a whole.
///
/// # Errors
/// If the case's expectation is not one: cases read by [`read_file`](crate::read_file) have one.
pub fn expectation_of(case: &Case, result: &Json) -> Result<Vec<Difference>> {
    let (kind, expected) = expectation(case)?;
    let mut found = Vec::new();
    match result.get(kind) {
        Some(got) => named(kind, &expected, got, &mut found),
        None => found.push(Difference::new(kind, Some(&expected), Some(result))),
    }
    Ok(found)
}

/// Where two results of one case differ, in full.
#[must_use]
pub fn differences(expected: &Json, got: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    whole("", expected, got, &mut found);
    found
}

/// Refuses a case whose expectation could never be judged.
pub(crate) fn check_form(case: &Case) -> Result<()> {
    expectation(case).map(drop)
}

fn expectation(case: &Case) -> Result<(&'static str, Json)> {
    let expect = Json::parse(case.expect.get()).context("`expect`")?;
    let named = KINDS
        .into_iter()
        .filter_map(|kind| expect.get(kind).map(|value| (kind, value.clone())));
    match (named.collect::<Vec<_>>().as_mut_slice(), &expect) {
        ([(kind, value @ Json::Object(_))], Json::Object(members)) if members.len() == 1 => {
            Ok((kind, std::mem::replace(value, Json::Null)))
        }
        _ => bail!(
            "expected one of `event`, `delivery`, `error` in `expect`, an object, but found {}",
            shown(&expect)
        ),
    }
}

/// Compares what `expected` names, down to `delivery`; the payload is compared whole.
fn named(path: &str, expected: &Json, got: &Json, found: &mut Vec<Difference>) {
    let Json::Object(members) = expected else {
        return whole(path, expected, got, found);
    };
    for (key, expected) in members {
        let key = result_name(key.to_string().trim_matches('"')).to_owned();
        let path = format!("{path}.{key}");
        match got.get(&key) {
            None => found.push(Difference::new(&path, Some(expected), None)),
            Some(got) if key == "delivery" => named(&path, expected, got, found),
            Some(got) => whole(&path, expected, got, found),
        }
    }
}

/// The result's name for a member that an expectation may name as JavaScript does.
fn result_name(key: &str) -> &str {
    match key {
        "requestId" => "request_id",
        "metadataAuthenticated" => "metadata_authenticated",
        other => other,
    }
}

fn whole(path: &str, expected: &Json, got: &Json, found: &mut Vec<Difference>) {
    match (expected, got) {
        (Json::Object(expected), Json::Object(got)) => {
            let keys: BTreeSet<_> = expected.keys().chain(got.keys()).collect();
            for key in keys {
                let path = join(path, key.to_string().trim_matches('"'));
                match (expected.get(key), got.get(key)) {
                    (Some(expected), Some(got)) => whole(&path, expected, got, found),
                    (expected, got) => found.push(Difference::new(&path, expected, got)),
                }
            }
        }
        (Json::Array(expected), Json::Array(got)) if expected.len() == got.len() => {
            for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
                whole(&format!("{path}[{index}]"), expected, got, found);
            }
        }
        _ if expected == got => {}
        _ => found.push(Difference::new(path, Some(expected), Some(got))),
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn shown(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!(
            "{}... ({} bytes)",
            text.get(..end).unwrap_or_default(),
            text.len()
        ),
        None => text,
    }
}

impl Difference {
    fn new(path: &str, expected: Option<&Json>, got: Option<&Json>) -> Self {
        let [expected, got] =
            [expected, got].map(|value| value.map_or_else(|| "nothing".into(), shown));
        Self {
            path: path.to_owned(),
            expected,
            got,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: expected {}, got {}",
            self.path, self.expected, self.got
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).expect(text)
    }

    fn case(expect: &str) -> Case {
        let text = format!(
            r#"{{"name": "n", "config": {{}}, "now": 1, "call": "verify", "headers": [], "expect": {expect}}}"#
        );
        serde_json::from_str(&text).expect("a case")
    }

    fn judged(expect: &str, result: &str) -> Vec<String> {
        let found = expectation_of(&case(expect), &json(result)).expect("an expectation");
        found.iter().map(Difference::to_string).collect()
    }

    const EVENT: &str = r#"{"event": {"type": "STEP_STARTED", "id": null, "metadata_authenticated": true,
        "delivery": {"request_id": "r", "timestamp": 5}, "payload": {"a": 1, "a": [2, "\ud83d"]}}}"#;

    #[test]
    fn an_expectation_binds_only_in_what_it_names() {
        assert_eq!(judged(r#"{"event": {}}"#, EVENT), [""; 0]);
        assert_eq!(
            judged(r#"{"event": {"type": "STEP_STARTED", "id": null}}"#, EVENT),
            [""; 0]
        );
        assert_eq!(
            judged(r#"{"event": {"delivery": {"timestamp": 5.0}}}"#, EVENT),
            [""; 0]
        );
    }

    #[test]
    fn names_of_both_worlds_are_understood() {
        let expect =
            r#"{"event": {"metadataAuthenticated": true, "delivery": {"requestId": "r"}}}"#;
        assert_eq!(judged(expect, EVENT), [""; 0]);
        assert_eq!(
            judged(r#"{"event": {"delivery": {"requestId": "other"}}}"#, EVENT),
            [r#"event.delivery.request_id: expected "other", got "r""#]
        );
    }

    #[test]
    fn a_payload_is_compared_whole() {
        assert_eq!(
            judged(r#"{"event": {"payload": {"a": [2, "\ud83d"]}}}"#, EVENT),
            [""; 0]
        );
        assert_eq!(
            judged(r#"{"event": {"payload": {}}}"#, EVENT),
            [r#"event.payload.a: expected nothing, got [2.0, "\ud83d"]"#]
        );
        assert_eq!(
            judged(r#"{"event": {"payload": {"a": [2, "\ud83e"]}}}"#, EVENT),
            [r#"event.payload.a[1]: expected "\ud83e", got "\ud83d""#]
        );
        assert_eq!(
            judged(
                r#"{"event": {"payload": {"a": [2, "\ud83d"], "b": 0}}}"#,
                EVENT
            ),
            ["event.payload.b: expected 0.0, got nothing"]
        );
    }

    #[test]
    fn another_result_is_shown() {
        assert_eq!(
            judged(
                r#"{"error": {"code": "missing_header"}}"#,
                r#"{"crash": "unreachable"}"#
            ),
            [r#"error: expected {"code": "missing_header"}, got {"crash": "unreachable"}"#]
        );
    }

    #[test]
    fn a_code_and_a_field_are_compared_exactly() {
        let result = r#"{"error": {"code": "missing_header", "field": null, "status": 400, "message": "m"}}"#;
        assert_eq!(
            judged(
                r#"{"error": {"code": "missing_header", "field": null}}"#,
                result
            ),
            [""; 0]
        );
        assert_eq!(
            judged(
                r#"{"error": {"code": "malformed_header", "field": "data"}}"#,
                result
            ),
            [
                r#"error.code: expected "malformed_header", got "missing_header""#,
                r#"error.field: expected "data", got null"#
            ]
        );
    }

    #[test]
    fn a_member_that_no_result_has_is_a_difference() {
        assert_eq!(
            judged(r#"{"event": {"typ": "x"}}"#, EVENT),
            [r#"event.typ: expected "x", got nothing"#]
        );
    }

    #[test]
    fn hosts_must_agree_in_full() {
        let first = json(r#"{"error": {"code": "c", "message": "one"}}"#);
        assert_eq!(differences(&first, &first), []);
        let found = differences(
            &first,
            &json(r#"{"error": {"code": "c", "message": "two", "extra": 1}}"#),
        );
        assert_eq!(
            found.iter().map(Difference::to_string).collect::<Vec<_>>(),
            [
                "error.extra: expected nothing, got 1.0",
                r#"error.message: expected "one", got "two""#,
            ]
        );
    }

    #[test]
    fn what_is_not_an_expectation_is_refused() {
        for expect in [
            "{}",
            "1",
            r#"{"event": 1}"#,
            r#"{"event": {}, "error": {}}"#,
            r#"{"crash": {}}"#,
        ] {
            assert!(
                expectation_of(&case(expect), &json("{}")).is_err(),
                "{expect}"
            );
        }
    }
}
