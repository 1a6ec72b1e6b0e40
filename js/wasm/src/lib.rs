//! The core for JavaScript: headers and bytes in, a verdict out. It holds no rule of its own.
//!
//! `js/src` puts the package's interface on top. A delivery crosses in one call: the package writes it into buffers of this
//! instance, and reads numbers and one text back. Nothing of a delivery stays, so the package can replace the instance
//! between any two calls. What is rare (options, errors, answers) crosses as JavaScript's own values.

#![forbid(unsafe_code)]

mod answer;
mod error;
mod event_names;
mod fields;
mod instance;
mod number;
mod options;

use std::ptr;

use docutray_webhook::HEADER_NAMES;
use wasm_bindgen::prelude::*;

use crate::{error::Failure, number::whole, options::Options};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = "
export interface Options {
    urls: readonly string[] | undefined;
    tolerance: number | undefined;
    maxBody: number | undefined;
}
";

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
    event_names::kinds()
        .map(|kind| kind.as_str().into())
        .collect()
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

/// Where the numbers of the last verdict are: an address in the instance's memory that stays.
///
/// In their order: the address of the verdict's text, the lengths in bytes of its three parts (request id, event name,
/// key), the length of the id at the key's end or -1, the event's place among [`event_names`], the timestamp.
#[wasm_bindgen]
#[must_use]
pub fn verdict() -> *const f64 {
    instance::with(|instance| instance.numbers())
}

/// Where to write headers or secrets of this many bytes, as fields; 0 where there is no memory for them.
#[wasm_bindgen(js_name = headRoom)]
#[must_use]
pub fn head_room(length: usize) -> *const u8 {
    instance::with(|instance| instance.head_room(length)).unwrap_or(ptr::null())
}

/// Where to write a body of this many bytes; 0 where there is no memory for it.
#[wasm_bindgen(js_name = bodyRoom)]
#[must_use]
pub fn body_room(length: usize) -> *const u8 {
    instance::with(|instance| instance.body_room(length)).unwrap_or(ptr::null())
}

/// Makes a verifier of the secrets in the head, which are wiped there, and gives its number.
///
/// # Errors
/// A `Failure` with `invalid_config`.
#[wasm_bindgen]
pub fn prepare(
    secrets: usize,
    #[wasm_bindgen(unchecked_param_type = "Options")] options: JsValue,
) -> Result<usize, JsValue> {
    // Before the instance is taken: this calls JavaScript.
    let options: Result<Options, _> = serde_wasm_bindgen::from_value(options);
    let verifier = instance::with(|instance| {
        instance.with_secrets(secrets, |secrets| {
            let verifier = options.map(|options| options.builder(secrets).build());
            verifier.map(|verifier| verifier.map_err(Failure::from))
        })
    })??;
    Ok(instance::with(|instance| instance.keep(verifier)))
}

/// Drops a verifier and wipes its keys.
#[wasm_bindgen]
pub fn release(verifier: usize) {
    instance::with(|instance| instance.release(verifier));
}

/// The largest body that a verifier takes, in bytes.
#[wasm_bindgen(js_name = maxBody)]
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "the core's largest limit is far below 2^53"
)]
pub fn max_body(verifier: usize) -> f64 {
    let max_body = instance::with(|instance| Some(instance.verifier(verifier)?.max_body()));
    max_body.unwrap_or_default() as f64
}

/// Refuses a body of this many bytes that is larger than the verifier takes.
///
/// # Errors
/// A `Failure` with `body_too_large`.
#[wasm_bindgen(js_name = admitLength)]
pub fn admit_length(verifier: usize, length: f64) -> Result<(), JsValue> {
    let admitted =
        instance::with(|instance| Some(instance.verifier(verifier)?.admit(whole(length))));
    told(admitted)
}

/// Checks the metadata alone, of which the head has so many bytes. `now` is Unix time in seconds.
///
/// # Errors
/// A `Failure`.
#[wasm_bindgen]
pub fn authorize(verifier: usize, head: usize, now: f64) -> Result<(), JsValue> {
    told(instance::with(|instance| {
        instance.authorize(verifier, head, whole(now))
    }))
}

/// Checks the metadata of a delivery whose body is to come.
///
/// # Errors
/// A `Failure`.
#[wasm_bindgen]
pub fn begin(verifier: usize, head: usize, now: f64) -> Result<(), JsValue> {
    told(instance::with(|instance| {
        instance.begin(verifier, head, whole(now))
    }))
}

/// Checks the whole delivery: the head, and the body, which leaves the instance with this.
///
/// # Errors
/// A `Failure`; `unfit` says of it that the delivery is authentic and its payload does not fit.
#[wasm_bindgen]
pub fn check(verifier: usize, head: usize, now: f64) -> Result<(), JsValue> {
    told(instance::with(|instance| {
        instance.check(verifier, head, whole(now))
    }))
}

/// A verifier that there is not is a mistake of the package.
fn told<E: Into<Failure>>(verdict: Option<Result<(), E>>) -> Result<(), JsValue> {
    let verdict = verdict.ok_or_else(|| JsError::new("there is no such verifier"))?;
    Ok(verdict.map_err(Into::into)?)
}

/// A header's name by its tag, its place among [`header_names`].
fn header_name(tag: u8) -> &'static str {
    HEADER_NAMES.get(usize::from(tag)).copied().unwrap_or("")
}
