//! What the sender is told: JSON about a good delivery, a problem (RFC 9457) otherwise.

use axum::{
    body::Body,
    http::{
        StatusCode,
        header::{ALLOW, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

use crate::gate::{Error, ErrorCode, Event, EventKind};

/// Why there is no event.
pub(crate) enum Refusal {
    /// The component's reason.
    Delivery(Error),
    /// A reason of this server's own.
    Server(StatusCode),
}

/// 200, and what to know the event by.
pub(crate) fn accepted(event: &Event) -> Response {
    let kind = match event.kind {
        EventKind::Unknown => "UNKNOWN",
        _ => &event.name,
    };
    let body = json!({ "type": kind, "id": event.id, "key": event.key });
    answer(StatusCode::OK, "application/json", &body)
}

/// The status that the refusal names. Docutray sends again, whichever it is.
pub(crate) fn refused(refusal: &Refusal) -> Response {
    let (status, body) = match refusal {
        Refusal::Delivery(error) => {
            let status = StatusCode::from_u16(error.status);
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = json!({ "title": status.canonical_reason(), "status": status.as_u16(),
                "code": code(error.code), "detail": error.message });
            (status, body)
        }
        Refusal::Server(status) => {
            let body = json!({ "title": status.canonical_reason(), "status": status.as_u16() });
            (*status, body)
        }
    };
    answer(status, "application/problem+json", &body)
}

/// 405: only POST brings a delivery.
pub(crate) fn wrong_method() -> Response {
    let refusal = Refusal::Server(StatusCode::METHOD_NOT_ALLOWED);
    ([(ALLOW, "POST")], refused(&refusal)).into_response()
}

fn answer(status: StatusCode, content_type: &str, body: &Value) -> Response {
    let body = Body::from(body.to_string());
    (status, [(CONTENT_TYPE, content_type)], body).into_response()
}

fn code(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::MissingHeader => "missing_header",
        ErrorCode::DuplicateHeader => "duplicate_header",
        ErrorCode::MalformedHeader => "malformed_header",
        ErrorCode::AuthSignatureMismatch => "auth_signature_mismatch",
        ErrorCode::TimestampTooOld => "timestamp_too_old",
        ErrorCode::TimestampTooNew => "timestamp_too_new",
        ErrorCode::BodyTooLarge => "body_too_large",
        ErrorCode::SignatureMismatch => "signature_mismatch",
        ErrorCode::MalformedPayload => "malformed_payload",
        ErrorCode::EventMismatch => "event_mismatch",
        ErrorCode::InvalidConfig => "invalid_config",
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Delivery(error)
    }
}

impl From<axum::Error> for Refusal {
    fn from(error: axum::Error) -> Self {
        eprintln!("a body did not come to its end: {error}");
        Self::Server(StatusCode::BAD_REQUEST)
    }
}

impl From<wasmtime::Error> for Refusal {
    fn from(error: wasmtime::Error) -> Self {
        eprintln!("the component trapped, or the pool is exhausted: {error:?}");
        Self::Server(StatusCode::SERVICE_UNAVAILABLE)
    }
}
