//! Answers to senders: looks up the core's table by the outcome's name.

use alloc::{
    string::{String, ToString as _},
    vec,
};

use docutray_webhook::{
    Code,
    answer::{Outcome, Refusal},
};

use crate::{fields::Fields, number::rounded_up, told::Told};

/// The tags of the fields that describe an outcome.
const NAME: u8 = 0;
const CODE: u8 = 1;
const FIELD: u8 = 2;
const FINDING: u8 = 3;

/// The tags of an answer's fields. `js/src/receiver/outcome.ts` has the same.
const VERDICT: u8 = 0;
/// Left out if the outcome has no code.
const OUTCOME_CODE: u8 = 1;
const STATUS: u8 = 2;
const BODY: u8 = 3;
/// One pair for each header.
const HEADER_NAME: u8 = 4;
const HEADER_VALUE: u8 = 5;

/// Returns the outcome that the fields describe, if there is one. `retry_after` is in seconds.
pub(crate) fn asked(fields: Fields<'_>, retry_after: Option<f64>) -> Option<Outcome<'static>> {
    let text = |tag| fields.texts(tag).next().map(String::from);
    let name = text(NAME)?;
    match (retry_after, text(CODE)) {
        (Some(seconds), _) => waiting(&name, seconds),
        (None, Some(code)) => told(&name, &code, text(FIELD), text(FINDING)?),
        (None, None) => named(&name),
    }
}

/// Tells the package the answer to an outcome as fields. Tells no fields if there is no outcome.
pub(crate) fn tell(told: &mut Told, outcome: Option<Outcome<'_>>) {
    let Some(outcome) = outcome else {
        return told.fields(&[]);
    };
    let answer = outcome.answer();
    let status = answer.status.to_string();
    let mut fields = vec![(VERDICT, outcome.verdict())];
    fields.extend(outcome.code().map(|code| (OUTCOME_CODE, code)));
    fields.extend([(STATUS, &*status), (BODY, &answer.body)]);
    for (name, value) in &answer.headers {
        fields.extend([(HEADER_NAME, *name), (HEADER_VALUE, value)]);
    }
    told.fields(&fields);
}

/// Returns an outcome by its name, which is its code or, if it has none, its verdict.
fn named(name: &str) -> Option<Outcome<'static>> {
    Some(match name {
        "processed" => Outcome::Processed,
        "duplicate" => Outcome::Duplicate,
        "acknowledged" => Outcome::Acknowledged,
        "method_not_allowed" => Outcome::MethodNotAllowed,
        "unsupported_media_type" => Outcome::UnsupportedMediaType,
        "unsupported_content_encoding" => Outcome::UnsupportedContentEncoding,
        "incomplete_body" => Outcome::IncompleteBody,
        "body_timeout" => Outcome::BodyTimeout,
        "overloaded" => Outcome::Overloaded,
        "verifier_unavailable" => Outcome::VerifierUnavailable,
        "raw_body_gone" => Outcome::RawBodyGone,
        "store_unavailable" => Outcome::StoreUnavailable,
        "handler_failed" => Outcome::HandlerFailed,
        _ => return None,
    })
}

/// Returns an outcome that says when to retry, in seconds.
fn waiting(name: &str, seconds: f64) -> Option<Outcome<'static>> {
    let retry_after = rounded_up(seconds);
    Some(match name {
        "busy" => Outcome::Busy { retry_after },
        "lease_lost" => Outcome::LeaseLost { retry_after },
        "late" => Outcome::Late { retry_after },
        _ => return None,
    })
}

/// Returns an outcome that comes from an error of the core.
fn told(
    name: &str,
    code: &str,
    field: Option<String>,
    finding: String,
) -> Option<Outcome<'static>> {
    let code = Code::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == code)?;
    Some(match name {
        // The package has errors of its own about options. The sender is not told which option it is.
        "refused" if code == Code::InvalidConfig => Outcome::misconfigured(),
        "kept" => Outcome::Kept(code),
        "refused" => Outcome::Refused(Refusal::new(code, field.map(Into::into), finding)),
        _ => return None,
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::{collections::BTreeSet, format, string::String, vec::Vec};

    use super::*;
    use crate::fields::write;

    const OUTCOME: &str = include_str!("../../src/receiver/outcome.ts");

    /// Returns the names in those members of the union that also have this text, or no other field if it is empty.
    fn names(beside: &str) -> Vec<&'static str> {
        let (_, union) = OUTCOME
            .split_once("export type Outcome =")
            .expect("the type is declared");
        let (union, _) = union.split_once("\n\n").expect("it ends");
        let members = union.lines().filter(|line| line.contains("name: "));
        let members = members.filter(|line| match beside {
            "" => !line.contains("; readonly "),
            _ => line.contains(beside),
        });
        members
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .collect()
    }

    #[test]
    fn a_sender_is_not_told_which_option_is_wrong() {
        let field = Some(String::from("secret"));
        let outcome = told("refused", "invalid_config", field, "finding".into());
        assert_eq!(outcome, Some(Outcome::misconfigured()));
    }

    #[test]
    fn every_name_of_the_union_has_its_outcome() {
        for name in names("") {
            let outcome = named(name).expect(name);
            // Two outcomes share this code: the sender disconnected, or its body was too slow.
            let code = if name == "body_timeout" {
                "incomplete_body"
            } else {
                name
            };
            assert_eq!(outcome.code().unwrap_or(outcome.verdict()), code);
        }
        for name in names("retryAfter") {
            let outcome = waiting(name, 0.5).expect(name);
            // Its code names the reason: the deadline.
            let code = if name == "late" {
                "deadline_exceeded"
            } else {
                name
            };
            assert_eq!(outcome.code(), Some(code));
        }
        for name in names("error: WebhookError") {
            let outcome = told(name, "event_mismatch", None, String::new()).expect(name);
            assert_eq!(outcome.verdict(), name);
        }
        let all = names("").len() + names("retryAfter").len() + names("error: WebhookError").len();
        assert_eq!(all, 18);
    }

    /// Returns an outcome for each name.
    fn outcomes() -> impl Iterator<Item = Outcome<'static>> {
        let fixed = names("").into_iter().filter_map(named);
        let late = names("retryAfter").into_iter();
        let late = late.filter_map(|name| waiting(name, 1.0));
        let told_of = names("error: WebhookError").into_iter();
        let told_of = told_of.filter_map(|name| told(name, "event_mismatch", None, String::new()));
        fixed.chain(late).chain(told_of)
    }

    /// Returns the strings of a union.
    fn union(name: &str) -> Vec<&'static str> {
        let start = format!("export type {name} =");
        let (_, union) = OUTCOME.split_once(&start).expect("it is declared");
        let (union, _) = union.split_once(';').expect("it ends");
        union.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_verdict_is_in_the_union() {
        let union = union("Verdict");
        for outcome in outcomes() {
            let verdict = outcome.verdict();
            assert!(union.contains(&verdict), "{verdict}");
        }
    }

    #[test]
    fn the_codes_of_the_outcomes_are_the_union() {
        // Those of the verifier's errors are another union.
        let codes = outcomes().filter_map(|outcome| outcome.code());
        let is_error = |code: &str| Code::ALL.iter().any(|known| known.as_str() == code);
        let codes: BTreeSet<_> = codes.filter(|code| !is_error(code)).collect();
        assert_eq!(BTreeSet::from_iter(union("OutcomeCode")), codes);
    }

    #[test]
    fn an_outcome_is_described_by_fields() {
        let answered = |fields: &[(u8, &str)], retry_after| {
            let mut bytes = Vec::new();
            write(&mut bytes, fields);
            asked(Fields::new(&bytes), retry_after)
        };
        assert_eq!(
            answered(&[(NAME, "processed")], None),
            Some(Outcome::Processed)
        );
        let busy = Outcome::Busy { retry_after: 2 };
        assert_eq!(answered(&[(NAME, "busy")], Some(1.5)), Some(busy));
        let error = [
            (CODE, "missing_header"),
            (FIELD, "x"),
            (FINDING, "not there"),
        ];
        let refused = Refusal::new(Code::MissingHeader, Some("x".into()), "not there");
        let refused = Outcome::Refused(refused);
        let named = [(NAME, "refused")].iter().chain(&error);
        assert_eq!(
            answered(&named.copied().collect::<Vec<_>>(), None),
            Some(refused)
        );
        assert_eq!(answered(&error, None), None);
    }

    #[test]
    fn a_name_without_its_fields_is_no_outcome() {
        assert_eq!(named("busy"), None);
        assert_eq!(waiting("processed", 1.0), None);
        assert_eq!(told("refused", "no_such_code", None, String::new()), None);
    }
}
