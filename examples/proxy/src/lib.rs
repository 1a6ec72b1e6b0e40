//! A reverse proxy, as a component of wasi:http 0.2. It stands before any server, verifies each delivery, and refuses it or
//! passes it on. See `README.md` for how to build and run it.

mod delivery;
mod hop;
mod upstream;

use std::{env, time::SystemTime};

use docutray_webhook::answer::{self, Outcome};
use gate_settings::{Misconfigured, Settings};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use wstd::http::{Body, Error, HeaderMap, Request, Response};

use crate::upstream::Upstream;

#[wstd::http_server]
async fn main(request: Request<Body>) -> Result<Response<Body>, Error> {
    match receive(request).await {
        Ok(response) => Ok(response),
        Err(outcome) => refused(&outcome),
    }
}

async fn receive(request: Request<Body>) -> Result<Response<Body>, Outcome<'static>> {
    let variable = |name: &str| env::var(name).ok();
    let settings = Settings::new(variable).map_err(told)?;
    let upstream = Upstream::new(variable("UPSTREAM")).map_err(told)?;
    let content_type = content_type(request.headers());
    let content_encoding = content_encoding(request.headers());
    answer::admit(
        request.method().as_str(),
        content_type,
        content_encoding.as_deref(),
    )?;
    let (head, body) = request.into_parts();
    let body = delivery::verify(&settings, &head.headers, body, now()).await?;
    upstream.send(head, body).await
}

/// Logs what is wrong with the configuration. Returns the outcome for the sender, which does not say it.
fn told(misconfigured: Misconfigured) -> Outcome<'static> {
    eprintln!("{misconfigured}");
    misconfigured.into()
}

/// Returns the value if the header occurs once and its value is text.
fn content_type(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)?.to_str().ok()
}

/// Returns all values, joined by commas, or `None` without the header.
fn content_encoding(headers: &HeaderMap) -> Option<String> {
    let values: Vec<_> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn refused(outcome: &Outcome<'_>) -> Result<Response<Body>, Error> {
    let answer = outcome.answer();
    let length = ("content-length", answer.body.len().to_string());
    let response = Response::builder().status(answer.status);
    let response = answer
        .headers
        .into_iter()
        .chain([length])
        .fold(response, |response, (name, value)| {
            response.header(name, value)
        });
    Ok(response.body(answer.body.into())?)
}

fn now() -> u64 {
    // If the clock is before 1970, every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
