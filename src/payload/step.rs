//! Steps: one step of a workflow is executed (Docutray's page "Steps Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    identification::DocumentType,
    raw::RawJson,
    record::{Record as _, record},
    shape::Shape,
    value::Value,
};
use alloc::{string::String, vec::Vec};

record! {
    /// `STEP_STARTED`
    StepStarted {
        /// The step execution's id; not empty.
        step_execution_id: String as Id,
        /// `PROCESSING`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The step's id.
        step_id: String,
        /// The step's name.
        step_name: String,
        ..unknown_fields
    }
}

record! {
    /// `STEP_COMPLETED`
    StepCompleted {
        /// The step execution's id; not empty.
        step_execution_id: String as Id,
        /// `SUCCESS` or `completed`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The step's id.
        step_id: String,
        /// The step's name.
        step_name: String,
        /// The data read from the document: a JSON object, by the document type's schema.
        data: RawJson,
        /// What the document was identified as.
        identification: Option<StepIdentification>,
        /// The validation of the data against the document type's schema.
        validation: Option<Validation>,
        ..unknown_fields
    }
}

record! {
    /// `STEP_FAILED`
    StepFailed {
        /// The step execution's id; not empty.
        step_execution_id: String as Id,
        /// `ERROR`, `FAILED`, `failed` or `error`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The step's id.
        step_id: String,
        /// The step's name.
        step_name: String,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> as Failure,
        ..unknown_fields
    }
}

record! {
    /// What a step has identified a document as.
    StepIdentification {
        /// The document type: its code alone, or with its name.
        document_type: StepDocumentType,
        /// How well it fits, as Docutray scores it; finite.
        confidence: f64,
    }
}

/// The document type that a step has found. Docutray's documentation shows a string; its live API gives the object that
/// identifications have, too.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum StepDocumentType {
    /// A string: the type's code.
    Code(String),
    /// An object: the type's code, its name, and how well it fits.
    Described(DocumentType),
}

impl Value for StepDocumentType {
    const SHAPE: &'static Shape = &Shape::TextOrRecord(DocumentType::FIELDS);

    fn build(value: &str) -> Self {
        if value.starts_with('{') {
            Self::Described(Value::build(value))
        } else {
            Self::Code(Value::build(value))
        }
    }
}

record! {
    /// What the validation of a document found.
    Validation {
        /// What is wrong.
        errors: Messages,
        /// What may be wrong.
        warnings: Messages,
    }
}

record! {
    /// What was found, and how much of it.
    Messages {
        /// How many there are.
        count: u64,
        /// What they say.
        messages: Vec<String>,
    }
}
