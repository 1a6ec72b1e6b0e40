//! The payloads of steps, each of which executes one step of a workflow (Docutray's page "Steps Events").
//!
//! Fields are checked in the order of their declaration. The error names the first one at fault.

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
        /// The data read from the document: a JSON object according to the document type's schema.
        data: RawJson,
        /// The document type that the step identified.
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
    /// The document type that a step identified.
    StepIdentification {
        /// The document type, in the form that Docutray sent.
        document_type: StepDocumentType,
        /// How well it fits, as scored by Docutray; finite.
        confidence: f64,
    }
}

/// The document type that a step identified. Docutray's documentation shows a string; its live API returns the same object
/// as in identifications.
#[derive(Clone, Debug, PartialEq)]
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
    /// The result of a document's validation.
    Validation {
        /// The errors that were found.
        errors: Messages,
        /// The warnings.
        warnings: Messages,
    }
}

record! {
    /// A number of messages.
    Messages {
        /// How many messages there are.
        count: u64,
        /// The texts of the messages.
        messages: Vec<String>,
    }
}
