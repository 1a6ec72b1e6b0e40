//! Converts the component's answers to HTTP responses.

use axum::{
    body::Body,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use serde_json::json;

use crate::gate::{Answer, Event};

/// Answers 200 with the event's type, id and key.
pub(crate) fn accepted(event: &Event) -> Response {
    let body = json!({ "type": event.kind_name, "id": event.id, "key": event.key });
    let body = Body::from(body.to_string());
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

/// Returns the component's answer as a response.
pub(crate) fn refused(answer: Answer) -> Response {
    let builder = Response::builder().status(answer.status);
    let builder = answer
        .headers
        .into_iter()
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        });
    let response = builder.body(Body::from(answer.body));
    // The component's headers are valid, so this does not happen.
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
