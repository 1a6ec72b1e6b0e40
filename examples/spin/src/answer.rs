//! Answers the sender: JSON about a valid delivery, otherwise the component's answer.

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
    /// The request has another outcome.
    Outcome(Outcome),
    /// The component has already returned the answer.
    Answer(answers::Response),
}

/// Answers 200 with the event's type, id and key.
pub(crate) fn accepted(event: &Event) -> Response<String> {
    let body = json!({ "type": event.kind_name, "id": event.id, "key": event.key });
    let mut response = Response::new(body.to_string());
    response
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("application/json"));
    response
}

/// Returns the component's answer. Logs more for the operator, on standard error.
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
    // The component's headers are valid, so this does not happen.
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
