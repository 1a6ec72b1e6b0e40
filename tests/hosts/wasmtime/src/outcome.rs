//! The interface's types in the suite's words.

use docutray_webhook_suite::{self as suite, Failure, Json, Outcome, RawValue};

use crate::{
    reading,
    wit::{Delivery, Error, ErrorCode, Event},
};

/// An event, if its typed payload says what its text says.
pub(crate) fn of_event(event: Event) -> Outcome {
    match agreed(&event) {
        Ok(payload) => Outcome::Event(Box::new(suite::Event {
            kind: event.kind_name,
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
    // The cases name the options as Rust does.
    let field = match (error.code, error.field.as_deref()) {
        (ErrorCode::InvalidConfig, Some("metadata")) => Some("urls".to_owned()),
        (ErrorCode::InvalidConfig, Some("max-body")) => Some("max_body".to_owned()),
        _ => error.field,
    };
    Outcome::Error(Failure {
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
    reading::of(event)?.agrees_with(&body)?;
    suite::payload(&event.raw)
}
