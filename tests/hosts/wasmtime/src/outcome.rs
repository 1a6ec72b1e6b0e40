//! The interface's types in the suite's words.

use docutray_webhook_suite::{self as suite, Failure, Json, Outcome, RawValue};

use crate::{
    reading,
    wit::{Delivery, Error, ErrorCode, Event, EventKind},
};

/// An event, if its typed payload says what its text says.
pub(crate) fn of_event(event: Event) -> Outcome {
    match agreed(&event) {
        Ok(payload) => Outcome::Event(Box::new(suite::Event {
            kind: kind(event.kind).to_owned(),
            name: event.name,
            id: event.id,
            key: event.key,
            metadata_authenticated: event.metadata_authenticated,
            delivery: delivery(event.delivery),
            payload,
        })),
        Err(fault) => Outcome::Crash(fault),
    }
}

/// A delivery whose metadata passed.
pub(crate) fn of_delivery(passed: Delivery) -> Outcome {
    Outcome::Delivery(delivery(passed))
}

/// An error of the component.
pub(crate) fn of_error(error: Error) -> Outcome {
    let field = match error.code {
        // The cases name the options as Rust does.
        ErrorCode::InvalidConfig => error.field.map(|entry| entry.replace('-', "_")),
        _ => error.field,
    };
    Outcome::Error(Failure {
        code: code(error.code).to_owned(),
        field,
        status: error.status,
        message: error.message,
    })
}

fn delivery(passed: Delivery) -> suite::Delivery {
    suite::Delivery {
        request_id: passed.request_id,
        timestamp: passed.timestamp,
        event: passed.event,
        metadata_authenticated: passed.metadata_authenticated,
    }
}

fn agreed(event: &Event) -> Result<Box<RawValue>, String> {
    let body = Json::parse(&event.raw).map_err(|error| format!("`raw` is not JSON: {error}"))?;
    reading::of(event)?.agrees_with(&body)?;
    suite::payload(&event.raw)
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ConversionStarted => "CONVERSION_STARTED",
        EventKind::ConversionCompleted => "CONVERSION_COMPLETED",
        EventKind::ConversionFailed => "CONVERSION_FAILED",
        EventKind::IdentificationStarted => "IDENTIFICATION_STARTED",
        EventKind::IdentificationCompleted => "IDENTIFICATION_COMPLETED",
        EventKind::IdentificationFailed => "IDENTIFICATION_FAILED",
        EventKind::StepStarted => "STEP_STARTED",
        EventKind::StepCompleted => "STEP_COMPLETED",
        EventKind::StepFailed => "STEP_FAILED",
        EventKind::Unknown => "UNKNOWN",
    }
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
