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
    let code = Code::ALL.into_iter().find(|known| known.as_str() == code)?;
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
