//! Receives Docutray's webhooks in Spin. The body is checked as it arrives and never exceeds the limit. The verifier is a
//! separate component, which Spin composes with this one: see `spin.toml`.

mod answer;
mod dependencies;
mod settings;

use std::{
    pin::pin,
    time::{Duration, SystemTime},
};

use futures_util::future::{Either, select};
use http_body_util::BodyExt as _;
use spin_sdk::{
    http::{HeaderMap, Request, Response},
    http_service,
    time::sleep,
    wasip3::http_compat::IncomingRequestBody,
};

use crate::{
    answer::{NoEvent, accepted, refused},
    dependencies::docutray::webhook::{
        answers::{self, Outcome},
        verifier::{BodyCheck, Event, Header, Verifier},
    },
};

/// A refusal is answered without waiting for the rest of the body.
#[http_service]
async fn receive(request: Request) -> Response<String> {
    match verify(request).await {
        // Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
        Ok(event) => accepted(&event),
        Err(no_event) => refused(no_event),
    }
}

async fn verify(request: Request) -> Result<Event, NoEvent> {
    let verifier = Verifier::new(&settings::config()?)?;
    let deadline = settings::body_deadline()?;
    let (head, body) = request.into_parts();
    let headers = pairs(&head.headers);
    answers::admit(head.method.as_str(), &headers)?;
    // The headers must pass before any of the body is read.
    let check = verifier.begin(&headers, now())?;
    if let Some(length) = content_length(&head.headers) {
        check.expect_length(length)?;
    }
    within(deadline, read(body, &check)).await?;
    Ok(BodyCheck::finish(check)?)
}

async fn read(mut body: IncomingRequestBody, check: &BodyCheck) -> Result<(), NoEvent> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            eprintln!("a body ended early: {error}");
            Outcome::IncompleteBody
        })?;
        if let Ok(chunk) = frame.into_data() {
            check.update(&chunk)?;
        }
    }
    Ok(())
}

/// Gives up a body that is incomplete at the deadline.
async fn within(
    deadline: Duration,
    reading: impl Future<Output = Result<(), NoEvent>>,
) -> Result<(), NoEvent> {
    match select(pin!(reading), pin!(sleep(deadline))).await {
        Either::Left((read, _)) => read,
        Either::Right(_) => Err(Outcome::BodyTimeout.into()),
    }
}

/// Used only to refuse a long body early. The received bytes are checked in any case.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    let mut values = headers.get_all("content-length").iter();
    let value = values.next()?;
    let only = values.next().is_none().then_some(value)?;
    only.to_str().ok()?.parse().ok()
}

fn pairs(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

fn now() -> u64 {
    // If the clock is before 1970, every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
