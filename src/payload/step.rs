//! Steps: one step of a workflow is executed (Docutray's page "Steps Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    members::{Members, Path},
    raw::RawJson,
    shape::{Failure, Id, Object, Shape, record},
};
use crate::error::Error;
use alloc::{string::String, vec::Vec};

/// `STEP_STARTED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StepStarted {
    /// The step execution's id; not empty.
    pub step_execution_id: String,
    /// `PROCESSING`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The step's id.
    pub step_id: String,
    /// The step's name.
    pub step_name: String,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl StepStarted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            step_execution_id: members.required::<Id>("step_execution_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            step_id: members.required("step_id")?,
            step_name: members.required("step_name")?,
            unknown_fields: members.rest(),
        })
    }
}

/// `STEP_COMPLETED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StepCompleted {
    /// The step execution's id; not empty.
    pub step_execution_id: String,
    /// `SUCCESS` or `completed`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// When the work ended: ISO 8601, as received.
    pub response_timestamp: String,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The step's id.
    pub step_id: String,
    /// The step's name.
    pub step_name: String,
    /// The data read from the document: a JSON object, by the document type's schema.
    pub data: RawJson,
    /// What the document was identified as.
    pub identification: Option<StepIdentification>,
    /// The validation of the data against the document type's schema.
    pub validation: Option<Validation>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl StepCompleted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            step_execution_id: members.required::<Id>("step_execution_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            step_id: members.required("step_id")?,
            step_name: members.required("step_name")?,
            data: members.required::<Object>("data")?.0,
            identification: members.optional("identification")?,
            validation: members.optional("validation")?,
            unknown_fields: members.rest(),
        })
    }
}

/// `STEP_FAILED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StepFailed {
    /// The step execution's id; not empty.
    pub step_execution_id: String,
    /// `ERROR`, `FAILED`, `failed` or `error`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// When the work ended: ISO 8601, as received.
    pub response_timestamp: String,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The step's id.
    pub step_id: String,
    /// The step's name.
    pub step_name: String,
    /// What went wrong: a JSON string or object.
    pub error: Option<RawJson>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl StepFailed {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            step_execution_id: members.required::<Id>("step_execution_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            step_id: members.required("step_id")?,
            step_name: members.required("step_name")?,
            error: members
                .optional::<Failure>("error")?
                .map(|failure| failure.0),
            unknown_fields: members.rest(),
        })
    }
}

/// What a step has identified a document as.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StepIdentification {
    /// The document type.
    pub document_type: String,
    /// How well it fits, as Docutray scores it; finite.
    pub confidence: f64,
}

impl Shape<'_> for StepIdentification {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        let mut members = record(value, path)?;
        Ok(Self {
            document_type: members.required("document_type")?,
            confidence: members.required("confidence")?,
        })
    }
}

/// What the validation of a document found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Validation {
    /// What is wrong.
    pub errors: Messages,
    /// What may be wrong.
    pub warnings: Messages,
}

impl Shape<'_> for Validation {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        let mut members = record(value, path)?;
        Ok(Self {
            errors: members.required("errors")?,
            warnings: members.required("warnings")?,
        })
    }
}

/// What was found, and how much of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Messages {
    /// How many there are.
    pub count: u64,
    /// What they say.
    pub messages: Vec<String>,
}

impl Shape<'_> for Messages {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        let mut members = record(value, path)?;
        Ok(Self {
            count: members.required("count")?,
            messages: members.required("messages")?,
        })
    }
}
