//! Steps: one step of a workflow is executed (Docutray's page "Steps Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    raw::RawJson,
    record::{event_record, nested_record},
    shape::{Count, Failure, Finite, Id, List, Object, Text},
};
use alloc::{string::String, vec::Vec};

event_record! {
    /// `STEP_STARTED`
    StepStarted {
        /// The step execution's id; not empty.
        step_execution_id: String => required::<Id>,
        /// `PROCESSING`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The step's id.
        step_id: String => required::<Text>,
        /// The step's name.
        step_name: String => required::<Text>,
    }
}

event_record! {
    /// `STEP_COMPLETED`
    StepCompleted {
        /// The step execution's id; not empty.
        step_execution_id: String => required::<Id>,
        /// `SUCCESS` or `completed`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String => required::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The step's id.
        step_id: String => required::<Text>,
        /// The step's name.
        step_name: String => required::<Text>,
        /// The data read from the document: a JSON object, by the document type's schema.
        data: RawJson => required::<Object>,
        /// What the document was identified as.
        identification: Option<StepIdentification> => optional::<StepIdentification>,
        /// The validation of the data against the document type's schema.
        validation: Option<Validation> => optional::<Validation>,
    }
}

event_record! {
    /// `STEP_FAILED`
    StepFailed {
        /// The step execution's id; not empty.
        step_execution_id: String => required::<Id>,
        /// `ERROR`, `FAILED`, `failed` or `error`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String => required::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The step's id.
        step_id: String => required::<Text>,
        /// The step's name.
        step_name: String => required::<Text>,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> => optional::<Failure>,
    }
}

nested_record! {
    /// What a step has identified a document as.
    StepIdentification {
        /// The document type.
        document_type: String => required::<Text>,
        /// How well it fits, as Docutray scores it; finite.
        confidence: f64 => required::<Finite>,
    }
}

nested_record! {
    /// What the validation of a document found.
    Validation {
        /// What is wrong.
        errors: Messages => required::<Messages>,
        /// What may be wrong.
        warnings: Messages => required::<Messages>,
    }
}

nested_record! {
    /// What was found, and how much of it.
    Messages {
        /// How many there are.
        count: u64 => required::<Count>,
        /// What they say.
        messages: Vec<String> => required::<List<Text>>,
    }
}
