//! The options of `new Verifier({ secret, url, tolerance, maxBody })`, each property read once.
//!
//! Only types are judged here. Everything else is the core's to judge, in its own words.

use crate::error::Failure;
use core::time::Duration;
use docutray_webhook::{Builder, Verifier};
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

const SECRET: &str = "secret";
const URL: &str = "url";
const TOLERANCE: &str = "tolerance";
const MAX_BODY: &str = "maxBody";

/// The name here of an option of the core.
pub(crate) fn js_name(option: &str) -> &str {
    match option {
        "secrets" => SECRET,
        "urls" => URL,
        "max_body" => MAX_BODY,
        same => same,
    }
}

/// The core's builder with every option that is there.
///
/// # Errors
/// A `Failure` for a value of another type, or what a getter threw.
pub(crate) fn read(options: &JsValue) -> Result<Builder, JsValue> {
    let mut builder = Verifier::builder();
    if let Some(value) = property(options, SECRET)? {
        builder = secret(builder, value)?;
    }
    builder = match property(options, URL)? {
        Some(value) => url(builder, value)?,
        None => return Err(no_url().into()),
    };
    if let Some(value) = property(options, TOLERANCE)? {
        builder = tolerance(builder, value)?;
    }
    if let Some(value) = property(options, MAX_BODY)? {
        builder = max_body(builder, value)?;
    }
    Ok(builder)
}

fn property(options: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    let value = Reflect::get(options, &name.into())?;
    Ok(Some(value).filter(|value| !value.is_undefined()))
}

fn secret(builder: Builder, value: JsValue) -> Result<Builder, Failure> {
    let problem = "the secret has to be a string or an array of strings";
    let secrets = texts(value).ok_or_else(|| Failure::option(SECRET, problem))?;
    Ok(builder.secrets(secrets.iter()))
}

fn url(builder: Builder, value: JsValue) -> Result<Builder, Failure> {
    if value.as_bool() == Some(false) {
        return Ok(builder.body_only());
    }
    let problem = "the URL has to be a string, an array of strings or `false`";
    let mut urls = texts(value).ok_or_else(|| Failure::option(URL, problem))?;
    Ok(builder.urls(urls.drain(..)))
}

/// The core would say the same, but not how the opt-out is spelled here.
fn no_url() -> Failure {
    let problem = "no URL: pass the endpoint's URL exactly as registered at Docutray, or `false` to check the body \
         alone and leave the metadata open to a replay";
    Failure::option(URL, problem)
}

fn tolerance(builder: Builder, value: JsValue) -> Result<Builder, Failure> {
    let problem = "the tolerance has to be a number of seconds";
    let seconds = typed(value).ok_or_else(|| Failure::option(TOLERANCE, problem))?;
    // A number that is no duration becomes one which the core refuses as well.
    Ok(builder.tolerance(Duration::try_from_secs_f64(seconds).unwrap_or_default()))
}

fn max_body(builder: Builder, value: JsValue) -> Result<Builder, Failure> {
    let problem = "the limit on the body has to be a whole number of bytes from 0 to 2^53 - 1";
    let bytes = typed(value).ok_or_else(|| Failure::option(MAX_BODY, problem))?;
    Ok(builder.max_body(bytes))
}

/// One string or several, wiped when dropped: a secret must not stay behind in the instance's memory.
fn texts(value: JsValue) -> Option<Zeroizing<Vec<String>>> {
    let texts = value.as_string().map(|text| vec![text]);
    texts.or_else(|| typed(value)).map(Zeroizing::new)
}

/// The deserializer's own message is dropped: it may quote the value.
fn typed<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}
