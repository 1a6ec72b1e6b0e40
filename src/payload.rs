//! Step 6: checks that the body is UTF-8 and a JSON object, that it agrees with the event, and that its fields fit.
//!
//! A body does not name its event, so an attacker can combine the headers of one delivery with the body of another.
//! That is why the agreement is checked before the rest of the fields.

mod agreement;
mod body;
mod container;
mod conversion;
#[cfg(test)]
mod declarations;
mod identification;
mod members;
mod number;
mod path;
mod raw;
mod record;
mod scan;
mod schema;
mod shape;
mod step;
mod text;
mod value;

pub use self::{
    conversion::{ConversionCompleted, ConversionFailed, ConversionStarted},
    identification::{
        DocumentType, IdentificationCompleted, IdentificationFailed, IdentificationStarted,
    },
    raw::RawJson,
    step::{
        Messages, StepCompleted, StepDocumentType, StepFailed, StepIdentification, StepStarted,
        Validation,
    },
};
use self::{members::Members, path::Path, record::Record, shape::Field, text::Text};
use crate::{
    error::{Error, PayloadFault},
    event_kind::EventKind,
};
use core::str::Utf8Error;

/// An event's payload, by its kind.
///
/// Fields have the names of Docutray's documentation. Times are ISO 8601 strings as received. Free-form JSON is kept as
/// [`RawJson`]. The fields that a payload does not declare are in its `unknown_fields`. Those of a nested record are only
/// in [`Event::raw`](crate::Event::raw).
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
    /// An event that this version does not know: the whole object.
    Unknown(RawJson),
}

impl Payload {
    /// Returns the kind of the event.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
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

    /// Returns the id of the conversion, identification or step execution, which is never empty. Returns `None` for an
    /// unknown event.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
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

/// Returns the error of a body that is not UTF-8.
pub(crate) fn not_utf8(error: Utf8Error) -> Error {
    let offset = error.valid_up_to();
    Path::Body.fault(PayloadFault::NotUtf8 { offset })
}

/// Reads the verified body of this kind of event.
pub(crate) fn read(kind: EventKind, text: &str) -> Result<Payload, Error> {
    let members = checked(kind, text)?;
    Ok(match kind {
        EventKind::ConversionStarted => Payload::ConversionStarted(Record::build(&members)),
        EventKind::ConversionCompleted => Payload::ConversionCompleted(Record::build(&members)),
        EventKind::ConversionFailed => Payload::ConversionFailed(Record::build(&members)),
        EventKind::IdentificationStarted => Payload::IdentificationStarted(Record::build(&members)),
        EventKind::IdentificationCompleted => {
            Payload::IdentificationCompleted(Record::build(&members))
        }
        EventKind::IdentificationFailed => Payload::IdentificationFailed(Record::build(&members)),
        EventKind::StepStarted => Payload::StepStarted(Record::build(&members)),
        EventKind::StepCompleted => Payload::StepCompleted(Record::build(&members)),
        EventKind::StepFailed => Payload::StepFailed(Record::build(&members)),
        EventKind::Unknown => Payload::Unknown(RawJson::of(text.trim_ascii())),
    })
}

/// Checks a verified body exactly as `read` does, without building the payload. Returns the id of a known event.
pub(crate) fn check(kind: EventKind, text: &str) -> Result<Option<Text<'_>>, Error> {
    let members = checked(kind, text)?;
    Ok(agreement::id(kind, &members))
}

fn checked(kind: EventKind, text: &str) -> Result<Members<'_>, Error> {
    let members = body::object(text, fields(kind))?;
    agreement::check(kind, &members)?;
    schema::check(&members, Path::Body)?;
    Ok(members)
}

const fn fields(kind: EventKind) -> &'static [Field] {
    match kind {
        EventKind::ConversionStarted => ConversionStarted::FIELDS,
        EventKind::ConversionCompleted => ConversionCompleted::FIELDS,
        EventKind::ConversionFailed => ConversionFailed::FIELDS,
        EventKind::IdentificationStarted => IdentificationStarted::FIELDS,
        EventKind::IdentificationCompleted => IdentificationCompleted::FIELDS,
        EventKind::IdentificationFailed => IdentificationFailed::FIELDS,
        EventKind::StepStarted => StepStarted::FIELDS,
        EventKind::StepCompleted => StepCompleted::FIELDS,
        EventKind::StepFailed => StepFailed::FIELDS,
        EventKind::Unknown => &[],
    }
}
