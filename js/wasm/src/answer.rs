//! The core's table of answers, by the outcome's name.

use crate::error::Failure;
use docutray_webhook::{
    Code,
    answer::{self, Outcome, Refusal},
};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
export type Outcome =
    | { name: "processed" | "duplicate" | "acknowledged" }
    | { name: "method_not_allowed" | "unsupported_media_type" | "incomplete_body" | "raw_body_gone" }
    | { name: "store_unavailable" | "handler_failed" }
    | { name: "busy" | "lease_lost" | "deadline_exceeded"; retryAfter: number }
    | { name: "kept" | "refused"; error: { code: string; field?: string | undefined; message: string } };
export interface Answer {
    verdict: "processed" | "duplicate" | "acknowledged" | "kept" | "refused" | "busy" | "late" | "unavailable" | "failed";
    code?: string;
    status: number;
    headers: Record<string, string>;
    body: string;
}
"#;

/// An outcome that has no error.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    name: String,
    retry_after: Option<f64>,
    error: Option<Told>,
}

#[derive(Deserialize)]
struct Told {
    code: String,
    field: Option<String>,
    message: String,
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

/// The outcome of a request that cannot be a delivery, if it cannot.
#[wasm_bindgen(unchecked_return_type = "Outcome | undefined")]
pub fn admit(method: &str, content_type: Option<String>) -> Result<JsValue, JsValue> {
    let admitted = answer::admit(method, content_type.as_deref());
    let Some(name) = admitted.as_ref().err().and_then(Outcome::code) else {
        return Ok(JsValue::UNDEFINED);
    };
    Ok(serde_wasm_bindgen::to_value(&BTreeMap::from([("name", name)]))?)
}
