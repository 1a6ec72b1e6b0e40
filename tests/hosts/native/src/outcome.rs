//! The crate's types in the suite's words.

use docutray_webhook::{Delivery, Error, Event};
use docutray_webhook_suite::{self as suite, Failure, Json, Outcome, RawValue};

use crate::reading;

/// An event, if its typed payload says what its body says.
pub(crate) fn of_event(event: &Event) -> Outcome {
    let payload = match agreed(event) {
        Ok(payload) => payload,
        Err(fault) => return Outcome::Crash(fault),
    };
    Outcome::Event(Box::new(suite::Event {
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
pub(crate) fn of_delivery(passed: &Delivery) -> Outcome {
    Outcome::Delivery(delivery(passed))
}

/// An error of the crate.
pub(crate) fn of_error(error: &Error) -> Outcome {
    Outcome::Error(Failure {
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
    reading::of(event.payload()).agrees_with(&body)?;
    suite::payload(event.raw())
}
