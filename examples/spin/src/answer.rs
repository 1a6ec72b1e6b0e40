//! What the sender is told: JSON about a good delivery, otherwise what the component says.

use serde_json::json;
use spin_sdk::http::{HeaderValue, Response, StatusCode};

use crate::dependencies::docutray::webhook::{
    answers::{self, Outcome},
    verifier::{Error, Event},
};

/// Why there is no event.
pub(crate) enum NoEvent {
    /// The delivery or the configuration was refused.
    Error(Error),
    /// Something else came of the request.
    Outcome(Outcome),
    /// The component has said already what to answer.
    Answer(answers::Response),
}

/// 200, and what to know the event by.
pub(crate) fn accepted(event: &Event) -> Response<String> {
    let body = json!({ "type": event.kind_name, "id": event.id, "key": event.key });
    let mut response = Response::new(body.to_string());
    response
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("application/json"));
    response
}

/// What the component says. The operator is told more, on standard error.
pub(crate) fn refused(no_event: NoEvent) -> Response<String> {
    let answer = match no_event {
        NoEvent::Answer(answer) => answer,
        NoEvent::Outcome(outcome) => answers::answer(&outcome),
        NoEvent::Error(error) => {
            eprintln!("a delivery was refused: {}", error.message);
            answers::answer(&Outcome::Refused(error))
        }
    };
    let builder = Response::builder().status(answer.status);
    let builder = answer
        .headers
        .iter()
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        });
    // The component writes what HTTP takes.
    builder.body(answer.body).unwrap_or_else(|_| {
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

impl From<Error> for NoEvent {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Outcome> for NoEvent {
    fn from(outcome: Outcome) -> Self {
        Self::Outcome(outcome)
    }
}

impl From<answers::Response> for NoEvent {
    fn from(answer: answers::Response) -> Self {
        Self::Answer(answer)
    }
}
