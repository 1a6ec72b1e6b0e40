//! An HTTP request, taken in: judged by its headers first, then the body as it arrives, never more of it than the limit,
//! and not for longer than the deadline.

mod body_budget;
mod no_event;
mod refusals;

pub(crate) use self::{
    body_budget::{BodyBudget, Share},
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
use http::{
    HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Version,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
    request::Parts,
};
use http_body::Body;
use http_body_util::{BodyExt as _, Full};
use std::{format, pin::pin};
use tokio::time::{Instant, timeout_at};

/// hyper ends the body of a stream that was reset without an error (RFC 9113, 8.1) as one that has come whole. All that
/// tells of it is that the stream has no end.
const RESET: &str = "the HTTP/2 stream was reset before its end";

/// Judges the head alone.
pub(crate) fn begin(verifier: &Verifier, head: &Parts) -> Result<BodyCheck, NoEvent> {
    let content_type = text(&head.headers, &CONTENT_TYPE);
    answer::admit(head.method.as_str(), content_type).map_err(NoEvent::NotAdmitted)?;
    Ok(verifier.begin(&head.headers, UnixTime::now())?)
}

/// Takes the body as it arrives, until the deadline, and what has come of it from the share. A body that is announced as
/// too large is not polled.
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
    let announced = text(&head.headers, &CONTENT_LENGTH).map_or(0, announced);
    check.expect_length(announced)?;
    let mut body = pin!(body);
    let mut came = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| NoEvent::IncompleteBody(error.into()))?;
        // Trailers are nobody's here.
        if let Ok(data) = frame.into_data() {
            came += take(&mut check, &mut share, data)?;
        }
    }
    if came < announced {
        // Cut on the way, where nobody says so: it would look like a forged one.
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

/// The bytes that a `Content-Length` (RFC 9110, 8.6) announces: what is no number of digits announces nothing.
fn announced(length: &str) -> u64 {
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    // Digits that are no u64 are more than it holds.
    if is_number {
        length.parse().unwrap_or(u64::MAX)
    } else {
        0
    }
}

/// Gives how many bytes that were.
fn take(check: &mut BodyCheck, share: &mut Share, mut data: impl Buf) -> Result<u64, NoEvent> {
    let bytes = data.remaining() as u64;
    // A body that is too large is that, however much the others have left.
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

/// A header's value, if it came once and is text.
fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)?.to_str().ok()
}

/// What the sender is told.
pub(crate) fn response(outcome: &Outcome<'_>) -> Response<Full<Bytes>> {
    let answer = outcome.answer();
    let mut response = Response::new(Full::from(answer.body));
    // The table holds nothing but statuses and text of HTTP's.
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
