//! Receives Docutray's webhooks in Spin: a body is checked as it arrives, and never held beyond the limit.
//! The verifier is a component of its own, which Spin composes with this one: see `spin.toml`.

mod answer;
mod settings;

/// What `spin build` wrote from the component's interface.
mod dependencies {
    spin_sdk::dependencies!();
}

use std::time::SystemTime;

use http_body_util::BodyExt as _;
use spin_sdk::{
    http::{HeaderMap, Method, Request, Response},
    http_service,
    wasip3::http_compat::IncomingRequestBody,
};

use crate::{
    answer::{Refusal, accepted, refused, wrong_method},
    dependencies::docutray::webhook::verifier::{BodyCheck, Event, Header, Verifier},
};

#[http_service]
async fn receive(request: Request) -> Response<String> {
    if request.method() != Method::POST {
        return wrong_method();
    }
    let (head, mut body) = request.into_parts();
    let verdict = verify(&head.headers, &mut body).await;
    // A connection that closes on an unread body may not deliver the answer.
    while let Some(Ok(_)) = body.frame().await {}
    match verdict {
        // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
        Ok(event) => accepted(&event),
        Err(refusal) => refused(&refusal),
    }
}

async fn verify(headers: &HeaderMap, body: &mut IncomingRequestBody) -> Result<Event, Refusal> {
    let verifier = Verifier::new(&settings::config()?)?;
    // Nothing of the body is read before this has passed.
    let check = verifier.begin(&pairs(headers), now())?;
    while let Some(frame) = body.frame().await {
        if let Ok(chunk) = frame?.into_data() {
            check.update(&chunk)?;
        }
    }
    Ok(BodyCheck::finish(check)?)
}

fn pairs(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

fn now() -> u64 {
    // With a clock before 1970 every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
