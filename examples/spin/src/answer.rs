//! What the sender is told: JSON about a good delivery, a problem (RFC 9457) otherwise.

use serde_json::{Value, json};
use spin_sdk::{
    http::{HeaderValue, Response, StatusCode},
    wasip3::http::types,
};

use crate::dependencies::docutray::webhook::verifier::{Error, Event};

/// Why there is no event.
pub(crate) enum Refusal {
    /// The verifier's reason.
    Delivery(Error),
    /// A reason of this application's own.
    Own(StatusCode),
}

/// 200, and what to know the event by.
pub(crate) fn accepted(event: &Event) -> Response<String> {
    let body = json!({ "type": event.kind_name, "id": event.id, "key": event.key });
    answer(StatusCode::OK, "application/json", &body)
}

/// The status that the refusal names. Docutray sends again, whichever it is.
pub(crate) fn refused(refusal: &Refusal) -> Response<String> {
    let (status, body) = match refusal {
        Refusal::Delivery(error) => {
            let status = StatusCode::from_u16(error.status);
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = json!({ "title": status.canonical_reason(), "status": status.as_u16(),
                "code": error.code_name, "detail": error.finding });
            (status, body)
        }
        Refusal::Own(status) => {
            let body = json!({ "title": status.canonical_reason(), "status": status.as_u16() });
            (*status, body)
        }
    };
    answer(status, "application/problem+json", &body)
}

/// 405: only POST brings a delivery.
pub(crate) fn wrong_method() -> Response<String> {
    let mut response = refused(&Refusal::Own(StatusCode::METHOD_NOT_ALLOWED));
    response
        .headers_mut()
        .insert("allow", HeaderValue::from_static("POST"));
    response
}

fn answer(status: StatusCode, content_type: &'static str, body: &Value) -> Response<String> {
    let mut response = Response::new(body.to_string());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert("content-type", HeaderValue::from_static(content_type));
    response
}

impl Refusal {
    /// The environment holds what is no setting.
    pub(crate) const fn settings() -> Self {
        Self::Own(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Delivery(error)
    }
}

impl From<types::ErrorCode> for Refusal {
    fn from(error: types::ErrorCode) -> Self {
        eprintln!("a body did not come to its end: {error}");
        Self::Own(StatusCode::BAD_REQUEST)
    }
}
