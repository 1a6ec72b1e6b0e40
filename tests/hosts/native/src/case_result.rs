//! Converts the crate's types to results.

use docutray_webhook::{Delivery, Error, Event};
use docutray_webhook_suite::{
    self as suite, CaseResult, Failure, Json, RawValue, typed_payload_agrees,
};

/// The result for an event, if its typed payload agrees with its body.
pub(crate) fn of_event(event: &Event) -> CaseResult {
    let payload = match agreed(event) {
        Ok(payload) => payload,
        Err(fault) => return CaseResult::Crash(fault),
    };
    CaseResult::Event(Box::new(suite::Event {
        kind: event.kind().as_str().to_owned(),
        name: event.name().to_owned(),
        id: event.id().map(str::to_owned),
        key: event.key().to_owned(),
        metadata_authenticated: event.delivery().metadata_authenticated(),
        delivery: delivery(event.delivery()),
        payload,
    }))
}

/// A delivery whose metadata passed.
pub(crate) fn of_delivery(passed: &Delivery) -> CaseResult {
    CaseResult::Delivery(delivery(passed))
}

/// An error of the crate.
pub(crate) fn of_error(error: &Error) -> CaseResult {
    CaseResult::Error(Failure {
        code: error.code().as_str().to_owned(),
        field: error.field().map(str::to_owned),
        status: error.status(),
        message: error.to_string(),
    })
}

fn delivery(passed: &Delivery) -> suite::Delivery {
    suite::Delivery {
        request_id: passed.request_id().to_owned(),
        timestamp: passed.timestamp(),
        event: passed.event().to_owned(),
        metadata_authenticated: passed.metadata_authenticated(),
    }
}

fn agreed(event: &Event) -> Result<Box<RawValue>, String> {
    let body = Json::parse(event.raw()).map_err(|error| format!("`raw` is not JSON: {error}"))?;
    let typed = serde_json::to_string(event.payload()).and_then(|json| Json::parse(&json));
    typed_payload_agrees(&typed.map_err(|error| error.to_string())?, &body)?;
    suite::payload(event.raw())
}
