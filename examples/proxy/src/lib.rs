//! A reverse proxy, as a component of wasi:http 0.2: it stands before any server, verifies each delivery of Docutray,
//! and refuses it or passes it on. How it is built and run: see `README.md`.

mod delivery;
mod hop;
mod upstream;

use std::{env, time::SystemTime};

use gate_rules::Refusal;
use wstd::http::{Body, Error, Method, Request, Response};

use crate::upstream::Upstream;

#[wstd::http_server]
async fn main(request: Request<Body>) -> Result<Response<Body>, Error> {
    match receive(request).await {
        Ok(response) => Ok(response),
        Err(refusal) => refused(&refusal),
    }
}

async fn receive(request: Request<Body>) -> Result<Response<Body>, Refusal> {
    let variable = |name: &str| env::var(name).ok();
    let verifier = gate_rules::verifier(variable)?;
    let upstream = Upstream::new(variable("UPSTREAM"))?;
    if request.method() != Method::POST {
        return Err(Refusal::wrong_method());
    }
    let (head, body) = request.into_parts();
    let body = delivery::verify(&verifier, &head.headers, body, now()).await?;
    upstream.send(head, body).await
}

fn refused(refusal: &Refusal) -> Result<Response<Body>, Error> {
    let body = refusal.body();
    let response = Response::builder().status(refusal.status());
    let response = refusal
        .headers(&body)
        .into_iter()
        .fold(response, |response, (name, value)| {
            response.header(name, value)
        });
    Ok(response.body(body.into())?)
}

fn now() -> u64 {
    // With a clock before 1970 every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
