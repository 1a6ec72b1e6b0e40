//! The crate's payload to `variant payload`, a file for each family of records.

mod conversion;
mod identification;
mod step;

use docutray_webhook::Payload;

use crate::bindings::wit;

/// The case of the same name. `raw` is the body, for a payload that has none.
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
        // What the crate may come to know before the WIT does.
        _ => wit::Payload::Unknown(raw.to_owned()),
    }
}
