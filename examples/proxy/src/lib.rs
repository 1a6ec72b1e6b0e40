//! A reverse proxy, as a component of wasi:http 0.2. It stands before any server, verifies each delivery, and refuses it or
//! passes it on. See `README.md` for how to build and run it.

mod delivery;
mod hop;
mod upstream;

use std::{env, time::SystemTime};

use docutray_webhook::answer::{self, Outcome};
use gate_settings::{Misconfigured, Settings};
use wstd::http::{Body, Error, Request, Response};

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
    answer::admit(request.method().as_str(), request.headers())?;
    let (head, body) = request.into_parts();
    let body = delivery::verify(&settings, &head.headers, body, now()).await?;
    upstream.send(head, body).await
}

/// Logs what is wrong with the configuration. Returns the outcome for the sender, which does not say it.
fn told(misconfigured: Misconfigured) -> Outcome<'static> {
    eprintln!("{misconfigured}");
    misconfigured.into()
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
