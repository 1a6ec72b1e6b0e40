//! The core for JavaScript: headers and bytes in, plain objects out. It holds no rule of its own.
//!
//! `js/src` puts the package's interface on top. What this crate sees to is that no input can trap the instance, which
//! would be lost for good: the body comes into its memory only as far as the core has allowed it, in pieces.

#![forbid(unsafe_code)]

mod answer;
mod body;
mod error;
mod headers;
mod number;
mod options;
mod result;

use crate::{error::Failure, number::whole};
use docutray_webhook::{EventKind, HEADER_NAMES};
use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

/// The names of the headers that matter, in lower case: the others need not be passed.
#[wasm_bindgen(js_name = headerNames)]
#[must_use]
pub fn header_names() -> Vec<String> {
    HEADER_NAMES.iter().copied().map(String::from).collect()
}

/// The documented events' names, and `UNKNOWN` for all that Docutray may add.
#[wasm_bindgen(js_name = eventNames)]
#[must_use]
pub fn event_names() -> Vec<String> {
    let kinds = EventKind::KNOWN.iter().chain(&[EventKind::Unknown]);
    kinds.map(|kind| kind.as_str().into()).collect()
}

/// The outcome of a request that cannot be a delivery, by its name, if it cannot.
#[wasm_bindgen(
    unchecked_return_type = "\"method_not_allowed\" | \"unsupported_media_type\" | undefined"
)]
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen has no `Option<&str>`"
)]
pub fn admit(method: &str, content_type: Option<String>) -> Option<String> {
    let admitted = docutray_webhook::answer::admit(method, content_type.as_deref());
    admitted.err()?.code().map(String::from)
}

/// What a sender is told of an outcome.
///
/// # Errors
/// For an outcome that there is not: a mistake of the package.
#[wasm_bindgen(unchecked_return_type = "Answer")]
pub fn answer(name: &str) -> Result<JsValue, JsValue> {
    answer::answer(answer::named(name))
}

/// What a sender is told who may come again, in so many seconds.
///
/// # Errors
/// For an outcome that there is not: a mistake of the package.
#[wasm_bindgen(js_name = answerWaiting, unchecked_return_type = "Answer")]
pub fn answer_waiting(name: &str, seconds: f64) -> Result<JsValue, JsValue> {
    answer::answer(answer::waiting(name, seconds))
}

/// What a sender is told of an error.
///
/// # Errors
/// For an outcome or an error's code that there is not: a mistake of the package.
#[wasm_bindgen(js_name = answerError, unchecked_return_type = "Answer")]
pub fn answer_error(
    name: &str,
    code: &str,
    field: Option<String>,
    detail: String,
) -> Result<JsValue, JsValue> {
    answer::answer(answer::told(name, code, field, detail))
}

/// Verifies deliveries.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Verifier(docutray_webhook::Verifier);

#[wasm_bindgen]
impl Verifier {
    /// From the options of the package's interface, each read once.
    ///
    /// # Errors
    /// A `Failure` with `invalid_config`, or what a getter of the options threw.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let builder = options::read(options)?;
        Ok(Self(builder.build().map_err(Failure::from)?))
    }

    /// Checks the whole delivery. `headers` holds names and values in turn; `now` is Unix time in seconds.
    ///
    /// # Errors
    /// A `Failure`.
    #[wasm_bindgen(unchecked_return_type = "Verified")]
    pub fn verify(
        &self,
        headers: &Array<JsString>,
        body: &body::Bytes,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let mut check = self.begin(headers, now)?;
        check.update(body)?;
        check.finish()
    }

    /// Checks the metadata alone.
    ///
    /// # Errors
    /// A `Failure`.
    #[wasm_bindgen(unchecked_return_type = "Delivery")]
    pub fn authorize(&self, headers: &Array<JsString>, now: f64) -> Result<JsValue, JsValue> {
        let delivery = self
            .0
            .authorize(headers::pairs(headers), whole(now))
            .map_err(Failure::from)?;
        Ok(result::delivery(&delivery)?)
    }

    /// Checks the metadata and takes the body piece by piece.
    ///
    /// # Errors
    /// A `Failure`.
    pub fn begin(&self, headers: &Array<JsString>, now: f64) -> Result<body::BodyCheck, JsValue> {
        let check = self
            .0
            .begin(headers::pairs(headers), whole(now))
            .map_err(Failure::from)?;
        Ok(body::BodyCheck::from(check))
    }
}
