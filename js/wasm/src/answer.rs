//! What a sender is told: the core's table, asked by the outcome's name.

use docutray_webhook::{
    Code,
    answer::{self, Outcome, Refusal},
};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

use crate::number::whole;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
export type Verdict =
    "processed" | "duplicate" | "acknowledged" | "kept" | "refused" | "busy" | "late" | "unavailable" | "failed";
export type OutcomeName =
    | "processed" | "duplicate" | "acknowledged"
    | "method_not_allowed" | "unsupported_media_type" | "incomplete_body" | "raw_body_gone"
    | "store_unavailable" | "handler_failed";
export type Outcome =
    | { name: OutcomeName }
    | { name: "busy" | "lease_lost" | "deadline_exceeded"; retryAfter: number }
    | { name: "kept" | "refused"; code: string; field?: string | undefined; detail: string };
export interface Answer {
    verdict: Verdict;
    code?: string;
    status: number;
    headers: Record<string, string>;
    body: string;
}
"#;

/// An outcome as JavaScript names it: by its code, where it has one of its own.
#[derive(Debug, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
enum Named {
    Processed,
    Duplicate,
    Acknowledged,
    Kept(Told),
    Refused(Told),
    MethodNotAllowed,
    UnsupportedMediaType,
    IncompleteBody,
    RawBodyGone,
    Busy(Wait),
    LeaseLost(Wait),
    DeadlineExceeded(Wait),
    StoreUnavailable,
    HandlerFailed,
}

#[derive(Debug, Deserialize)]
struct Told {
    code: String,
    field: Option<String>,
    detail: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wait {
    retry_after: f64,
}

#[derive(Serialize)]
struct Answer {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    status: u16,
    headers: BTreeMap<&'static str, String>,
    body: String,
}

/// The answer to an outcome.
pub(crate) fn answer(outcome: JsValue) -> Result<JsValue, JsValue> {
    let outcome = serde_wasm_bindgen::from_value::<Named>(outcome)?.outcome()?;
    let answer::Answer {
        status,
        headers,
        body,
        ..
    } = outcome.answer();
    let answer = Answer {
        verdict: outcome.verdict(),
        code: outcome.code(),
        status,
        headers: headers.into_iter().collect(),
        body,
    };
    Ok(answer.serialize(&Serializer::json_compatible())?)
}

impl Named {
    fn outcome(self) -> Result<Outcome<'static>, JsValue> {
        Ok(match self {
            Self::Processed => Outcome::Processed,
            Self::Duplicate => Outcome::Duplicate,
            Self::Acknowledged => Outcome::Acknowledged,
            Self::Kept(told) => Outcome::Kept(told.refusal()?.code),
            Self::Refused(told) => Outcome::Refused(told.refusal()?),
            Self::MethodNotAllowed => Outcome::MethodNotAllowed,
            Self::UnsupportedMediaType => Outcome::UnsupportedMediaType,
            Self::IncompleteBody => Outcome::IncompleteBody,
            Self::RawBodyGone => Outcome::RawBodyGone,
            Self::Busy(wait) => Outcome::Busy {
                retry_after: wait.seconds(),
            },
            Self::LeaseLost(wait) => Outcome::LeaseLost {
                retry_after: wait.seconds(),
            },
            Self::DeadlineExceeded(wait) => Outcome::Late {
                retry_after: wait.seconds(),
            },
            Self::StoreUnavailable => Outcome::StoreUnavailable,
            Self::HandlerFailed => Outcome::HandlerFailed,
        })
    }
}

impl Told {
    fn refusal(self) -> Result<Refusal<'static>, JsValue> {
        let code = Code::ALL
            .into_iter()
            .find(|code| code.as_str() == self.code);
        let code = code.ok_or_else(|| JsError::new("no such code of an error"))?;
        Ok(Refusal {
            code,
            field: self.field.map(Into::into),
            detail: self.detail.into(),
        })
    }
}

impl Wait {
    fn seconds(self) -> u64 {
        whole(self.retry_after.ceil())
    }
}
