//! Converts the interface's types to results.

use docutray_webhook_suite::{
    self as suite, CaseResult, Failure, Json, RawValue, typed_payload_agrees,
};

use crate::{
    typed,
    wit::{Delivery, Error, ErrorCode, Event},
};

/// The result for an event, if its typed payload agrees with its text.
pub(crate) fn of_event(event: Event) -> CaseResult {
    match agreed(&event) {
        Ok(payload) => CaseResult::Event(Box::new(suite::Event {
            kind: event.kind_name,
            name: event.name,
            id: event.id,
            key: event.key,
            metadata_authenticated: event.metadata_authenticated,
            delivery: delivery(event.delivery),
            payload,
        })),
        Err(fault) => CaseResult::Crash(fault),
    }
}

/// A delivery whose metadata passed.
pub(crate) fn of_delivery(passed: Delivery) -> CaseResult {
    CaseResult::Delivery(delivery(passed))
}

/// An error of the component.
pub(crate) fn of_error(error: Error) -> CaseResult {
    // The cases name the options as Rust does.
    let field = match (error.code, error.field.as_deref()) {
        (ErrorCode::InvalidConfig, Some("metadata")) => Some("urls".to_owned()),
        (ErrorCode::InvalidConfig, Some("max-body")) => Some("max_body".to_owned()),
        _ => error.field,
    };
    CaseResult::Error(Failure {
        code: error.code_name,
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
    typed_payload_agrees(&typed::payload(event)?, &body)?;
    suite::payload(&event.raw)
}
