//! Implements [`Serialize`] for the parts of an event and for the layer's records. Fields have the names of the wire format,
//! or else of the method that returns them. Absent values are left out.

#[cfg(feature = "tower")]
mod record;

use crate::{
    error::Code,
    event::Event,
    event_kind::EventKind,
    metadata::Delivery,
    payload::{Payload, StepDocumentType},
};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// Writes a map of `type`, `name`, `delivery`, `id`, `key` and `payload`. An unknown event has no `id`.
///
/// [`raw`](Event::raw) is left out, because it would repeat the payload.
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

/// Writes a map of `request_id`, `timestamp`, `event` and `metadata_authenticated`.
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

/// Writes the variant's record without a tag: the event's `type` names the variant.
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

/// Writes the string or the record, in the form that was received. A record's unknown fields are only in
/// [`Event::raw`](crate::Event::raw).
impl Serialize for StepDocumentType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Code(code) => code.serialize(serializer),
            Self::Described(document_type) => document_type.serialize(serializer),
        }
    }
}

/// Writes the name, such as `CONVERSION_STARTED`: see [`as_str`](EventKind::as_str).
impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Writes the code, such as `missing_header`: see [`as_str`](Code::as_str).
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
