//! Identifications: the type of a document is found (Docutray's page "Identification Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    members::{Members, Path},
    raw::RawJson,
    shape::{Failure, Id, Object, Shape, record},
};
use crate::error::Error;
use alloc::{string::String, vec::Vec};

/// `IDENTIFICATION_STARTED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct IdentificationStarted {
    /// The identification's id; not empty.
    pub identification_id: String,
    /// `PROCESSING`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// The file's name as it was uploaded.
    pub original_filename: Option<String>,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The document types to choose from.
    pub document_type_code_options: Option<Vec<String>>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl IdentificationStarted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            identification_id: members.required::<Id>("identification_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code_options: members.optional("document_type_code_options")?,
            unknown_fields: members.rest(),
        })
    }
}

/// `IDENTIFICATION_COMPLETED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct IdentificationCompleted {
    /// The identification's id; not empty.
    pub identification_id: String,
    /// `SUCCESS` or `completed`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// When the work ended: ISO 8601, as received.
    pub response_timestamp: String,
    /// The file's name as it was uploaded.
    pub original_filename: Option<String>,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The document types to choose from.
    pub document_type_code_options: Option<Vec<String>>,
    /// The type that fits best.
    pub document_type: DocumentType,
    /// Other types that may fit.
    pub alternatives: Vec<DocumentType>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl IdentificationCompleted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            identification_id: members.required::<Id>("identification_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code_options: members.optional("document_type_code_options")?,
            document_type: members.required("document_type")?,
            alternatives: members.required("alternatives")?,
            unknown_fields: members.rest(),
        })
    }
}

/// `IDENTIFICATION_FAILED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct IdentificationFailed {
    /// The identification's id; not empty.
    pub identification_id: String,
    /// `ERROR`, `FAILED`, `failed` or `error`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// When the work ended: ISO 8601, as received.
    pub response_timestamp: String,
    /// The file's name as it was uploaded.
    pub original_filename: Option<String>,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The document types to choose from.
    pub document_type_code_options: Option<Vec<String>>,
    /// What went wrong: a JSON string or object.
    pub error: Option<RawJson>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl IdentificationFailed {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            identification_id: members.required::<Id>("identification_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code_options: members.optional("document_type_code_options")?,
            error: members
                .optional::<Failure>("error")?
                .map(|failure| failure.0),
            unknown_fields: members.rest(),
        })
    }
}

/// A document type, and how well it fits.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DocumentType {
    /// The type's code.
    pub code: String,
    /// The type's name.
    pub name: String,
    /// How well it fits, as Docutray scores it; finite.
    pub confidence: f64,
}

impl Shape<'_> for DocumentType {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        let mut members = record(value, path)?;
        Ok(Self {
            code: members.required("code")?,
            name: members.required("name")?,
            confidence: members.required("confidence")?,
        })
    }
}
