//! Receives an HTTP request: checks its headers first, then reads the body as it arrives, up to the limit and until the
//! deadline.

mod body_budget;
mod explanation;
mod head;
mod no_event;
mod refusals;

pub(crate) use self::{
    body_budget::{BodyBudget, Share},
    explanation::Explanations,
    no_event::NoEvent,
    refusals::Refusals,
};
use crate::{
    answer::{self, Outcome},
    error::{BoxError, Error},
    event::Event,
    unix_time::UnixTime,
    verifier::{BodyCheck, Rejection, Verifier},
};
use bytes::{Buf, Bytes};
use http::{HeaderValue, Response, StatusCode, Version, request::Parts};
use http_body::Body;
use http_body_util::{BodyExt as _, Full};
use std::{format, pin::pin};
use tokio::time::{Instant, timeout_at};

/// When a stream is reset without an error (RFC 9113, 8.1), hyper ends its body like a complete one. The only sign of the
/// reset is that `is_end_stream` returns `false`.
const RESET: &str = "the HTTP/2 stream was reset before its end";

/// Logs what looks like a mistake in a verifier's secrets.
pub(crate) fn log_hints(verifier: &Verifier) {
    for hint in verifier.secret_hints() {
        tracing::warn!("{hint}");
    }
}

/// Checks the head of the request.
pub(crate) fn begin(verifier: &Verifier, head: &Parts) -> Result<BodyCheck, NoEvent> {
    answer::admit(head.method.as_str(), &head.headers).map_err(NoEvent::NotAdmitted)?;
    Ok(verifier.begin(&head.headers, UnixTime::now())?)
}

/// Reads the body as it arrives, until the deadline, and takes its bytes from the budget. A body that is announced as too
/// large is not polled.
pub(crate) async fn read<B>(
    check: BodyCheck,
    share: Share,
    head: &Parts,
    body: B,
    deadline: Instant,
) -> Result<Event, NoEvent>
where
    B: Body<Error: Into<BoxError>>,
{
    let arriving = arrive(check, share, head, body);
    let arrived = timeout_at(deadline, arriving).await;
    arrived.unwrap_or(Err(NoEvent::BodyTimeout))
}

async fn arrive<B>(
    mut check: BodyCheck,
    mut share: Share,
    head: &Parts,
    body: B,
) -> Result<Event, NoEvent>
where
    B: Body<Error: Into<BoxError>>,
{
    let announced = head::announced_length(head);
    check.expect_length(announced)?;
    let mut body = pin!(body);
    let mut came = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| NoEvent::IncompleteBody(error.into()))?;
        // Trailers are ignored.
        if let Ok(data) = frame.into_data() {
            came += take(&mut check, &mut share, data)?;
        }
    }
    if came < announced {
        // The body was cut on the way without an error. Without this check it would be reported as a signature mismatch.
        let cut = format!("{came} bytes came, but Content-Length says {announced}");
        return Err(NoEvent::IncompleteBody(cut.into()));
    }
    let was_reset = head.version >= Version::HTTP_2 && !body.is_end_stream();
    check.settle().map_err(|rejection| match rejection {
        Rejection::Refused(Error::SignatureMismatch { .. }) if was_reset => {
            NoEvent::IncompleteBody(RESET.into())
        }
        rejection => rejection.into(),
    })
}

/// Takes a frame's data and returns its length in bytes.
fn take(check: &mut BodyCheck, share: &mut Share, mut data: impl Buf) -> Result<u64, NoEvent> {
    let bytes = data.remaining() as u64;
    // Checked before the budget: a body over the limit is too large, whatever the budget has left.
    check.expect_length(bytes)?;
    share.take(bytes)?;
    while data.has_remaining() {
        let chunk = data.chunk();
        check.update(chunk)?;
        let length = chunk.len();
        data.advance(length);
    }
    Ok(bytes)
}

/// Converts an outcome into the HTTP response for the sender.
pub(crate) fn response(outcome: &Outcome<'_>) -> Response<Full<Bytes>> {
    let answer = outcome.answer();
    let mut response = Response::new(Full::from(answer.body));
    // The table contains only valid statuses and header values.
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
