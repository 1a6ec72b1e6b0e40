//! Converts the crate's event and delivery to the records of the same names. The body and its values are moved, not copied,
//! since they may take most of the memory.

use docutray_webhook::{Delivery, Event, EventKind, EventParts};

use crate::{bindings::wit, payload};

impl From<Event> for wit::Event {
    fn from(event: Event) -> Self {
        let kind = event.kind();
        let name = event.name().to_owned();
        let id = event.id().map(str::to_owned);
        let EventParts {
            delivery,
            payload,
            key,
            raw,
            ..
        } = event.into_parts();
        Self {
            kind: wit_kind(kind),
            kind_name: kind.as_str().to_owned(),
            name,
            id,
            key,
            metadata_authenticated: delivery.metadata_authenticated(),
            delivery: (&delivery).into(),
            payload: payload::to_wit(payload, &raw),
            raw,
        }
    }
}

impl From<&Delivery> for wit::Delivery {
    fn from(delivery: &Delivery) -> Self {
        Self {
            request_id: delivery.request_id().to_owned(),
            timestamp: delivery.timestamp(),
            event: delivery.event().to_owned(),
            metadata_authenticated: delivery.metadata_authenticated(),
        }
    }
}

fn wit_kind(kind: EventKind) -> wit::EventKind {
    match kind {
        EventKind::ConversionStarted => wit::EventKind::ConversionStarted,
        EventKind::ConversionCompleted => wit::EventKind::ConversionCompleted,
        EventKind::ConversionFailed => wit::EventKind::ConversionFailed,
        EventKind::IdentificationStarted => wit::EventKind::IdentificationStarted,
        EventKind::IdentificationCompleted => wit::EventKind::IdentificationCompleted,
        EventKind::IdentificationFailed => wit::EventKind::IdentificationFailed,
        EventKind::StepStarted => wit::EventKind::StepStarted,
        EventKind::StepCompleted => wit::EventKind::StepCompleted,
        EventKind::StepFailed => wit::EventKind::StepFailed,
        // Also an event that the crate knows and the WIT does not.
        _ => wit::EventKind::Unknown,
    }
}
