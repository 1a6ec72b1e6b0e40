//! What a sender is told: the core's table, asked by the outcome's name.

use docutray_webhook::{
    Code,
    answer::{self, Outcome, Refusal},
};
use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::number::whole;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
export type Verdict =
    "processed" | "duplicate" | "acknowledged" | "kept" | "refused" | "busy" | "late" | "unavailable" | "failed";
export interface Answer {
    verdict: Verdict;
    code?: string;
    status: number;
    headers: Record<string, string>;
    body: string;
}
"#;

#[derive(Serialize)]
struct Answer {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    status: u16,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    headers: Object,
    body: String,
}

/// An outcome by its name: its code, where it has one of its own, else its verdict.
pub(crate) fn named(name: &str) -> Option<Outcome<'static>> {
    Some(match name {
        "processed" => Outcome::Processed,
        "duplicate" => Outcome::Duplicate,
        "acknowledged" => Outcome::Acknowledged,
        "method_not_allowed" => Outcome::MethodNotAllowed,
        "unsupported_media_type" => Outcome::UnsupportedMediaType,
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

/// The same for those that say when to come again, in seconds.
pub(crate) fn waiting(name: &str, seconds: f64) -> Option<Outcome<'static>> {
    let retry_after = whole(seconds.ceil());
    Some(match name {
        "busy" => Outcome::Busy { retry_after },
        "lease_lost" => Outcome::LeaseLost { retry_after },
        "deadline_exceeded" => Outcome::Late { retry_after },
        _ => return None,
    })
}

/// The same for those that come of an error of the core.
pub(crate) fn told(
    name: &str,
    code: &str,
    field: Option<String>,
    detail: String,
) -> Option<Outcome<'static>> {
    let code = Code::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == code)?;
    Some(match name {
        "kept" => Outcome::Kept(code),
        "refused" => Outcome::Refused(Refusal {
            code,
            field: field.map(Into::into),
            detail: detail.into(),
        }),
        _ => return None,
    })
}

/// The answer; without an outcome, a mistake of the package.
pub(crate) fn answer(outcome: Option<Outcome<'_>>) -> Result<JsValue, JsValue> {
    let outcome = outcome.ok_or_else(|| JsError::new("there is no such outcome"))?;
    let answer::Answer {
        status,
        headers,
        body,
        ..
    } = outcome.answer();
    let object = Object::new();
    for (name, value) in headers {
        Reflect::set(&object, &name.into(), &value.into())?;
    }
    Ok(serde_wasm_bindgen::to_value(&Answer {
        verdict: outcome.verdict(),
        code: outcome.code(),
        status,
        headers: object,
        body,
    })?)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const OUTCOME: &str = include_str!("../../src/reception/outcome.ts");
    /// The type of the verdicts is above.
    const SOURCE: &str = include_str!("answer.rs");

    /// The names in those members of the union that have this beside their name, or nothing.
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
    fn every_name_of_the_union_has_its_outcome() {
        for name in names("") {
            let outcome = named(name).expect(name);
            // Two outcomes have one code: its sender went away, or did not come to an end.
            let code = if name == "body_timeout" {
                "incomplete_body"
            } else {
                name
            };
            assert_eq!(outcome.code().unwrap_or(outcome.verdict()), code);
        }
        for name in names("retryAfter") {
            let outcome = waiting(name, 0.5).expect(name);
            assert_eq!(outcome.code(), Some(name));
        }
        for name in names("error: WebhookError") {
            let outcome = told(name, "event_mismatch", None, String::new()).expect(name);
            assert_eq!(outcome.verdict(), name);
        }
        let all = names("").len() + names("retryAfter").len() + names("error: WebhookError").len();
        assert_eq!(all, 17);
    }

    #[test]
    fn every_verdict_is_in_the_union() {
        let outcomes = names("")
            .into_iter()
            .filter_map(named)
            .chain(
                names("retryAfter")
                    .into_iter()
                    .filter_map(|name| waiting(name, 1.0)),
            )
            .chain(
                names("error: WebhookError")
                    .into_iter()
                    .filter_map(|name| told(name, "event_mismatch", None, String::new())),
            );
        let (_, union) = SOURCE.split_once("type Verdict =").expect("it is declared");
        let (union, _) = union.split_once(';').expect("it ends");
        for outcome in outcomes {
            let verdict = format!("\"{}\"", outcome.verdict());
            assert!(union.contains(&verdict), "{verdict}");
        }
    }

    #[test]
    fn what_there_is_not_has_no_outcome() {
        assert_eq!(named("busy"), None);
        assert_eq!(waiting("processed", 1.0), None);
        assert_eq!(told("refused", "no_such_code", None, String::new()), None);
    }
}
