//! What is verified, as plain objects. The payload is not among it: the package has it parsed by the host out of `raw`.

use crate::error::Failure;
use docutray_webhook::Event;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = "
export interface Delivery {
    requestId: string;
    timestamp: number;
    event: string;
    metadataAuthenticated: boolean;
}
export interface Verified {
    type: string;
    name: string;
    delivery: Delivery;
    id?: string;
    key: string;
    raw: Uint8Array;
}
export interface Unfit {
    error: Failure;
    body: Uint8Array;
}
";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery<'a> {
    request_id: &'a str,
    timestamp: u64,
    event: &'a str,
    metadata_authenticated: bool,
}

#[derive(Serialize)]
struct Verified<'a> {
    r#type: &'static str,
    name: &'a str,
    delivery: Delivery<'a>,
    id: Option<&'a str>,
    key: String,
    /// Bytes, not text: the package decodes them, where a text too long for the host throws outside of this instance.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    raw: Uint8Array,
}

#[derive(Serialize)]
struct Unfit {
    error: Failure,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    body: Uint8Array,
}

pub(crate) fn unfit(unfit: docutray_webhook::Unfit) -> Result<JsValue, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::to_value(&Unfit {
        body: Uint8Array::new_from_slice(&unfit.body),
        error: unfit.error.into(),
    })
}

pub(crate) fn delivery(
    delivery: &docutray_webhook::Delivery,
) -> Result<JsValue, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::to_value(&Delivery::from(delivery))
}

pub(crate) fn verified(event: &Event) -> Result<JsValue, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::to_value(&Verified {
        r#type: event.kind().as_str(),
        name: event.name(),
        delivery: event.delivery().into(),
        id: event.id(),
        key: event.key().into(),
        raw: Uint8Array::new_from_slice(event.raw().as_bytes()),
    })
}

impl<'a> From<&'a docutray_webhook::Delivery> for Delivery<'a> {
    fn from(delivery: &'a docutray_webhook::Delivery) -> Self {
        Self {
            request_id: delivery.request_id(),
            timestamp: delivery.timestamp(),
            event: delivery.event(),
            metadata_authenticated: delivery.metadata_authenticated(),
        }
    }
}
