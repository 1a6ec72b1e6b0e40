//! The typed payloads as readings of their body.

use docutray_webhook::payload::{
    ConversionCompleted, ConversionFailed, ConversionStarted, DocumentType,
    IdentificationCompleted, IdentificationFailed, IdentificationStarted, Messages, Payload,
    RawJson, StepCompleted, StepDocumentType, StepFailed, StepIdentification, StepStarted,
};
use docutray_webhook_suite::Reading;

/// All that the typed payload holds.
pub(crate) fn of(payload: &Payload) -> Reading {
    match payload {
        Payload::ConversionStarted(payload) => conversion_started(payload),
        Payload::ConversionCompleted(payload) => conversion_completed(payload),
        Payload::ConversionFailed(payload) => conversion_failed(payload),
        Payload::IdentificationStarted(payload) => identification_started(payload),
        Payload::IdentificationCompleted(payload) => identification_completed(payload),
        Payload::IdentificationFailed(payload) => identification_failed(payload),
        Payload::StepStarted(payload) => step_started(payload),
        Payload::StepCompleted(payload) => step_completed(payload),
        Payload::StepFailed(payload) => step_failed(payload),
        Payload::Unknown(body) => Reading::new().unknown(body.as_str()),
        other => Reading::new().text(
            "a payload that this host does not know",
            &format!("{other:?}"),
        ),
    }
}

/// The fields that all records share, then those of a family: each record is a type of its own.
macro_rules! common {
    ($payload:expr, $id:ident) => {
        Reading::new()
            .unknown($payload.unknown_fields.as_str())
            .text(stringify!($id), &$payload.$id)
            .text("status", &$payload.status)
            .text("request_timestamp", &$payload.request_timestamp)
            .json(
                "document_metadata",
                $payload.document_metadata.as_ref().map(RawJson::as_str),
            )
    };
}
macro_rules! conversion {
    ($payload:expr) => {
        common!($payload, conversion_id)
            .optional_text("original_filename", $payload.original_filename.as_deref())
            .text("document_type_code", &$payload.document_type_code)
    };
}

macro_rules! identification {
    ($payload:expr) => {
        common!($payload, identification_id)
            .optional_text("original_filename", $payload.original_filename.as_deref())
            .texts(
                "document_type_code_options",
                $payload.document_type_code_options.as_deref(),
            )
    };
}

macro_rules! step {
    ($payload:expr) => {
        common!($payload, step_execution_id)
            .text("step_id", &$payload.step_id)
            .text("step_name", &$payload.step_name)
    };
}

fn conversion_started(payload: &ConversionStarted) -> Reading {
    conversion!(payload)
}

fn conversion_completed(payload: &ConversionCompleted) -> Reading {
    conversion!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .json("data", Some(payload.data.as_str()))
}

fn conversion_failed(payload: &ConversionFailed) -> Reading {
    conversion!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .json("error", payload.error.as_ref().map(RawJson::as_str))
}

fn identification_started(payload: &IdentificationStarted) -> Reading {
    identification!(payload)
}

fn identification_completed(payload: &IdentificationCompleted) -> Reading {
    identification!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .record("document_type", Some(document_type(&payload.document_type)))
        .records(
            "alternatives",
            payload.alternatives.iter().map(document_type).collect(),
        )
}

fn identification_failed(payload: &IdentificationFailed) -> Reading {
    identification!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .json("error", payload.error.as_ref().map(RawJson::as_str))
}

fn step_started(payload: &StepStarted) -> Reading {
    step!(payload)
}

fn step_completed(payload: &StepCompleted) -> Reading {
    let identification = payload.identification.as_ref().map(step_identification);
    let validation = payload.validation.as_ref().map(|found| {
        Reading::new()
            .record("errors", Some(messages(&found.errors)))
            .record("warnings", Some(messages(&found.warnings)))
    });
    step!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .json("data", Some(payload.data.as_str()))
        .record("identification", identification)
        .record("validation", validation)
}

fn step_failed(payload: &StepFailed) -> Reading {
    step!(payload)
        .text("response_timestamp", &payload.response_timestamp)
        .json("error", payload.error.as_ref().map(RawJson::as_str))
}

fn step_identification(found: &StepIdentification) -> Reading {
    let reading = Reading::new().number("confidence", found.confidence);
    match &found.document_type {
        StepDocumentType::Code(code) => reading.text("document_type", code),
        StepDocumentType::Described(found) => {
            reading.record("document_type", Some(document_type(found)))
        }
    }
}

fn document_type(found: &DocumentType) -> Reading {
    Reading::new()
        .text("code", &found.code)
        .text("name", &found.name)
        .number("confidence", found.confidence)
}

fn messages(found: &Messages) -> Reading {
    Reading::new()
        .json("count", Some(&found.count.to_string()))
        .texts("messages", Some(&found.messages))
}
