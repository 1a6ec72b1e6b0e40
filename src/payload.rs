//! Step 6: UTF-8, a JSON object, in agreement with the event, in the event's shape.
//!
//! A body does not name its event, and two deliveries of one moment can be spliced (headers of one, body of the other):
//! that is why the two have to agree before anything else of the shape counts.

mod agreement;
mod conversion;
mod identification;
mod members;
mod path;
mod raw;
mod record;
mod shape;
mod step;

pub use self::{
    conversion::{ConversionCompleted, ConversionFailed, ConversionStarted},
    identification::{
        DocumentType, IdentificationCompleted, IdentificationFailed, IdentificationStarted,
    },
    raw::RawJson,
    step::{Messages, StepCompleted, StepFailed, StepIdentification, StepStarted, Validation},
};
use self::{path::Path, record::Record};
use crate::{
    error::{Error, PayloadFault},
    event_kind::EventKind,
};
use alloc::string::String;
use core::str::Utf8Error;

/// What an event says, by its kind.
///
/// Fields have the documentation's names. Times are ISO 8601 strings as received. Free-form JSON is kept as
/// [`RawJson`]. A field that a record does not know is in its `unknown_fields`, or, inside a nested record, in
/// [`Event::raw`](crate::Event::raw).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// `CONVERSION_STARTED`
    ConversionStarted(ConversionStarted),
    /// `CONVERSION_COMPLETED`
    ConversionCompleted(ConversionCompleted),
    /// `CONVERSION_FAILED`
    ConversionFailed(ConversionFailed),
    /// `IDENTIFICATION_STARTED`
    IdentificationStarted(IdentificationStarted),
    /// `IDENTIFICATION_COMPLETED`
    IdentificationCompleted(IdentificationCompleted),
    /// `IDENTIFICATION_FAILED`
    IdentificationFailed(IdentificationFailed),
    /// `STEP_STARTED`
    StepStarted(StepStarted),
    /// `STEP_COMPLETED`
    StepCompleted(StepCompleted),
    /// `STEP_FAILED`
    StepFailed(StepFailed),
    /// An event this version does not know: the whole object.
    Unknown(RawJson),
}

impl Payload {
    /// Which event it is of.
    pub(crate) const fn kind(&self) -> EventKind {
        match self {
            Self::ConversionStarted(_) => EventKind::ConversionStarted,
            Self::ConversionCompleted(_) => EventKind::ConversionCompleted,
            Self::ConversionFailed(_) => EventKind::ConversionFailed,
            Self::IdentificationStarted(_) => EventKind::IdentificationStarted,
            Self::IdentificationCompleted(_) => EventKind::IdentificationCompleted,
            Self::IdentificationFailed(_) => EventKind::IdentificationFailed,
            Self::StepStarted(_) => EventKind::StepStarted,
            Self::StepCompleted(_) => EventKind::StepCompleted,
            Self::StepFailed(_) => EventKind::StepFailed,
            Self::Unknown(_) => EventKind::Unknown,
        }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        Some(match self {
            Self::ConversionStarted(payload) => &payload.conversion_id,
            Self::ConversionCompleted(payload) => &payload.conversion_id,
            Self::ConversionFailed(payload) => &payload.conversion_id,
            Self::IdentificationStarted(payload) => &payload.identification_id,
            Self::IdentificationCompleted(payload) => &payload.identification_id,
            Self::IdentificationFailed(payload) => &payload.identification_id,
            Self::StepStarted(payload) => &payload.step_execution_id,
            Self::StepCompleted(payload) => &payload.step_execution_id,
            Self::StepFailed(payload) => &payload.step_execution_id,
            Self::Unknown(_) => return None,
        })
    }
}

/// A body that is no text.
pub(crate) fn not_utf8(error: Utf8Error) -> Error {
    let offset = error.valid_up_to();
    Path::Body.fault(PayloadFault::NotUtf8 { offset })
}

/// Reads a verified body as the payload of this event.
pub(crate) fn read(kind: EventKind, text: &str) -> Result<Payload, Error> {
    fn record<R: Record>(kind: EventKind, text: &str) -> Result<R, Error> {
        let members = raw::object(text, R::FIELDS, agreement::IDS)?;
        agreement::check(kind, &members)?;
        R::read(&members)
    }

    Ok(match kind {
        EventKind::ConversionStarted => Payload::ConversionStarted(record(kind, text)?),
        EventKind::ConversionCompleted => Payload::ConversionCompleted(record(kind, text)?),
        EventKind::ConversionFailed => Payload::ConversionFailed(record(kind, text)?),
        EventKind::IdentificationStarted => Payload::IdentificationStarted(record(kind, text)?),
        EventKind::IdentificationCompleted => Payload::IdentificationCompleted(record(kind, text)?),
        EventKind::IdentificationFailed => Payload::IdentificationFailed(record(kind, text)?),
        EventKind::StepStarted => Payload::StepStarted(record(kind, text)?),
        EventKind::StepCompleted => Payload::StepCompleted(record(kind, text)?),
        EventKind::StepFailed => Payload::StepFailed(record(kind, text)?),
        EventKind::Unknown => {
            raw::object(text, &[], &[])?;
            Payload::Unknown(RawJson::of(text.trim_ascii()))
        }
    })
}

/// The same verdict on a verified body, without building the payload; gives the id of a known event.
pub(crate) fn check(kind: EventKind, text: &str) -> Result<Option<String>, Error> {
    fn record<R: Record>(kind: EventKind, text: &str) -> Result<Option<String>, Error> {
        let members = raw::object(text, R::FIELDS, agreement::IDS)?;
        agreement::check(kind, &members)?;
        R::check(&members)?;
        Ok(agreement::id(kind, &members))
    }

    match kind {
        EventKind::ConversionStarted => record::<ConversionStarted>(kind, text),
        EventKind::ConversionCompleted => record::<ConversionCompleted>(kind, text),
        EventKind::ConversionFailed => record::<ConversionFailed>(kind, text),
        EventKind::IdentificationStarted => record::<IdentificationStarted>(kind, text),
        EventKind::IdentificationCompleted => record::<IdentificationCompleted>(kind, text),
        EventKind::IdentificationFailed => record::<IdentificationFailed>(kind, text),
        EventKind::StepStarted => record::<StepStarted>(kind, text),
        EventKind::StepCompleted => record::<StepCompleted>(kind, text),
        EventKind::StepFailed => record::<StepFailed>(kind, text),
        EventKind::Unknown => raw::object(text, &[], &[]).map(|_| None),
    }
}
