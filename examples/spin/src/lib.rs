//! Receives Docutray's webhooks in Spin: a body is checked as it arrives, and never held beyond the limit.
//! The verifier is a component of its own, which Spin composes with this one: see `spin.toml`.

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

/// A refusal does not wait for the rest of the body.
#[http_service]
async fn receive(request: Request) -> Response<String> {
    match verify(request).await {
        // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
        Ok(event) => accepted(&event),
        Err(no_event) => refused(no_event),
    }
}

async fn verify(request: Request) -> Result<Event, NoEvent> {
    let verifier = Verifier::new(&settings::config()?)?;
    let deadline = settings::body_deadline()?;
    let (head, body) = request.into_parts();
    answers::admit(head.method.as_str(), content_type(&head.headers))?;
    // Nothing of the body is read before this has passed.
    let check = verifier.begin(&pairs(&head.headers), now())?;
    if let Some(length) = content_length(&head.headers) {
        check.expect_length(length)?;
    }
    within(deadline, read(body, &check)).await?;
    Ok(BodyCheck::finish(check)?)
}

async fn read(mut body: IncomingRequestBody, check: &BodyCheck) -> Result<(), NoEvent> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            eprintln!("a body did not come to its end: {error}");
            Outcome::IncompleteBody
        })?;
        if let Ok(chunk) = frame.into_data() {
            check.update(&chunk)?;
        }
    }
    Ok(())
}

/// Gives up a body that has not come whole at the deadline.
async fn within(
    deadline: Duration,
    reading: impl Future<Output = Result<(), NoEvent>>,
) -> Result<(), NoEvent> {
    match select(pin!(reading), pin!(sleep(deadline))).await {
        Either::Left((read, _)) => read,
        Either::Right(_) => Err(Outcome::BodyTimeout.into()),
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    only(headers, "content-type")
}

/// Only to refuse early what is too long: what counts is what comes.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    only(headers, "content-length")?.parse().ok()
}

/// A header's value, if it came once and is text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)?.to_str().ok()
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
