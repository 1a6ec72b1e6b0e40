//! [`Serialize`] for what a delivery tells. Names are those of the wire; what the wire does not name is named as the
//! method that gives it. What is absent is left out.

use crate::{
    error::Code, event::Event, event_kind::EventKind, metadata::Delivery, payload::Payload,
};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// A map of `type`, `name`, `delivery`, `id`, `key` and `payload`; `id` is left out of an unknown event.
///
/// [`raw`](Event::raw) is not among them: it would say the payload twice.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let id = self.id();
        let mut event = serializer.serialize_struct("Event", 5 + usize::from(id.is_some()))?;
        event.serialize_field("type", &self.kind())?;
        event.serialize_field("name", self.name())?;
        event.serialize_field("delivery", self.delivery())?;
        match id {
            Some(id) => event.serialize_field("id", id)?,
            None => event.skip_field("id")?,
        }
        event.serialize_field("key", self.key())?;
        event.serialize_field("payload", self.payload())?;
        event.end()
    }
}

/// A map of `request_id`, `timestamp`, `event` and `metadata_authenticated`.
impl Serialize for Delivery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut delivery = serializer.serialize_struct("Delivery", 4)?;
        delivery.serialize_field("request_id", self.request_id())?;
        delivery.serialize_field("timestamp", &self.timestamp())?;
        delivery.serialize_field("event", self.event())?;
        delivery.serialize_field("metadata_authenticated", &self.metadata_authenticated())?;
        delivery.end()
    }
}

/// What the variant holds, without a tag: the event's `type` says which it is.
impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::ConversionStarted(payload) => payload.serialize(serializer),
            Self::ConversionCompleted(payload) => payload.serialize(serializer),
            Self::ConversionFailed(payload) => payload.serialize(serializer),
            Self::IdentificationStarted(payload) => payload.serialize(serializer),
            Self::IdentificationCompleted(payload) => payload.serialize(serializer),
            Self::IdentificationFailed(payload) => payload.serialize(serializer),
            Self::StepStarted(payload) => payload.serialize(serializer),
            Self::StepCompleted(payload) => payload.serialize(serializer),
            Self::StepFailed(payload) => payload.serialize(serializer),
            Self::Unknown(body) => body.serialize(serializer),
        }
    }
}

/// `CONVERSION_STARTED`, as [`as_str`](EventKind::as_str) has it.
impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// `missing_header`, as [`as_str`](Code::as_str) has it.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
