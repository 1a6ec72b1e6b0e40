//! An HTTP request, taken in: judged by its headers first, then the body as it arrives, never more of it than the limit.

use crate::{
    answer::{self, Outcome},
    error::Error,
    event::{Event, Unfit},
    verifier::{BodyCheck, Rejection, Verifier},
};
use bytes::{Buf, Bytes};
use http::{
    HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
    request::Parts,
};
use http_body::Body;
use http_body_util::{BodyExt as _, Full};
use std::{boxed::Box, error, fmt, pin::pin, time::SystemTime};

/// Why there is no event.
#[derive(Debug)]
pub(crate) enum NoEvent {
    Refused(Outcome<'static>),
    /// The body did not come whole, for this reason.
    Incomplete(Box<dyn error::Error + Send + Sync>),
    Unfit(Box<Unfit>),
}

impl From<NoEvent> for Outcome<'static> {
    /// What the sender is told, if nobody keeps what is unfit.
    fn from(no_event: NoEvent) -> Self {
        match no_event {
            NoEvent::Refused(outcome) => outcome,
            NoEvent::Incomplete(_) => Self::IncompleteBody,
            NoEvent::Unfit(unfit) => unfit.error.into(),
        }
    }
}

impl From<Outcome<'static>> for NoEvent {
    fn from(outcome: Outcome<'static>) -> Self {
        Self::Refused(outcome)
    }
}

impl From<Error> for NoEvent {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Rejection> for NoEvent {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Refused(error) => error.into(),
            Rejection::Unfit(unfit) => Self::Unfit(unfit),
        }
    }
}

/// Judges the head alone.
pub(crate) fn begin(verifier: &Verifier, head: &Parts) -> Result<BodyCheck, Outcome<'static>> {
    let content_type = text(&head.headers, &CONTENT_TYPE);
    answer::admit(head.method.as_str(), content_type)?;
    Ok(verifier.begin(&head.headers, now())?)
}

/// Takes the body as it arrives. A body that is announced as too large is not polled.
pub(crate) async fn read<B>(
    mut check: BodyCheck,
    headers: &HeaderMap,
    body: B,
) -> Result<Event, NoEvent>
where
    B: Body<Error: Into<Box<dyn error::Error + Send + Sync>>>,
{
    let length = text(headers, &CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let announced = length.unwrap_or(0);
    check.expect_length(announced)?;
    let mut body = pin!(body);
    let mut came = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| NoEvent::Incomplete(error.into()))?;
        // Trailers are nobody's here.
        if let Ok(data) = frame.into_data() {
            came += update(&mut check, data)?;
        }
    }
    if came < announced {
        // Cut on the way, where nobody says so: it would look like a forged one.
        return Err(NoEvent::Incomplete(Box::new(Cut { came, announced })));
    }
    Ok(check.settle()?)
}

/// Gives how many bytes that were.
fn update(check: &mut BodyCheck, mut data: impl Buf) -> Result<u64, Error> {
    let length = data.remaining();
    while data.has_remaining() {
        let chunk = data.chunk();
        check.update(chunk)?;
        let length = chunk.len();
        data.advance(length);
    }
    Ok(length as u64)
}

#[derive(Debug)]
struct Cut {
    came: u64,
    announced: u64,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { came, announced } = self;
        write!(f, "{came} bytes came, but Content-Length says {announced}")
    }
}

impl error::Error for Cut {}

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

/// Unix time in seconds. With a clock before 1970 every delivery is too new, which is safe.
fn now() -> u64 {
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
