//! Converts the crate's payload to `variant payload`, with one file for each family of records.

mod conversion;
mod identification;
mod step;

use docutray_webhook::Payload;

use crate::bindings::wit;

/// Returns the case of the same name. `raw` is the body, for an event that the WIT does not know.
pub(crate) fn to_wit(payload: Payload, raw: &str) -> wit::Payload {
    match payload {
        Payload::ConversionStarted(payload) => wit::Payload::ConversionStarted(payload.into()),
        Payload::ConversionCompleted(payload) => wit::Payload::ConversionCompleted(payload.into()),
        Payload::ConversionFailed(payload) => wit::Payload::ConversionFailed(payload.into()),
        Payload::IdentificationStarted(payload) => {
            wit::Payload::IdentificationStarted(payload.into())
        }
        Payload::IdentificationCompleted(payload) => {
            wit::Payload::IdentificationCompleted(payload.into())
        }
        Payload::IdentificationFailed(payload) => {
            wit::Payload::IdentificationFailed(payload.into())
        }
        Payload::StepStarted(payload) => wit::Payload::StepStarted(payload.into()),
        Payload::StepCompleted(payload) => wit::Payload::StepCompleted(payload.into()),
        Payload::StepFailed(payload) => wit::Payload::StepFailed(payload.into()),
        Payload::Unknown(json) => wit::Payload::Unknown(json.into()),
        // An event that the crate knows and the WIT does not.
        _ => wit::Payload::Unknown(raw.to_owned()),
    }
}
