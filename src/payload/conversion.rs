//! Conversions: a file is turned into data (Docutray's page "Conversion Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    members::Members,
    raw::RawJson,
    shape::{Failure, Id, Object},
};
use crate::error::Error;
use alloc::string::String;

/// `CONVERSION_STARTED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConversionStarted {
    /// The conversion's id; not empty.
    pub conversion_id: String,
    /// `PROCESSING`.
    pub status: String,
    /// When the work was requested: ISO 8601, as received.
    pub request_timestamp: String,
    /// The file's name as it was uploaded.
    pub original_filename: Option<String>,
    /// The caller's own metadata: a JSON object.
    pub document_metadata: Option<RawJson>,
    /// The document type that the file is converted as.
    pub document_type_code: String,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl ConversionStarted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            conversion_id: members.required::<Id>("conversion_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code: members.required("document_type_code")?,
            unknown_fields: members.rest(),
        })
    }
}

/// `CONVERSION_COMPLETED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConversionCompleted {
    /// The conversion's id; not empty.
    pub conversion_id: String,
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
    /// The document type that the file is converted as.
    pub document_type_code: String,
    /// The data read from the document: a JSON object, by the document type's schema.
    pub data: RawJson,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl ConversionCompleted {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            conversion_id: members.required::<Id>("conversion_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code: members.required("document_type_code")?,
            data: members.required::<Object>("data")?.0,
            unknown_fields: members.rest(),
        })
    }
}

/// `CONVERSION_FAILED`
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConversionFailed {
    /// The conversion's id; not empty.
    pub conversion_id: String,
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
    /// The document type that the file is converted as.
    pub document_type_code: String,
    /// What went wrong: a JSON string or object.
    pub error: Option<RawJson>,
    /// A JSON object of the fields that this record does not know; `{}` if there are none.
    pub unknown_fields: RawJson,
}

impl ConversionFailed {
    pub(super) fn read(mut members: Members<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            conversion_id: members.required::<Id>("conversion_id")?.0,
            status: members.required("status")?,
            request_timestamp: members.required("request_timestamp")?,
            response_timestamp: members.required("response_timestamp")?,
            original_filename: members.optional("original_filename")?,
            document_metadata: members
                .optional::<Object>("document_metadata")?
                .map(|object| object.0),
            document_type_code: members.required("document_type_code")?,
            error: members
                .optional::<Failure>("error")?
                .map(|failure| failure.0),
            unknown_fields: members.rest(),
        })
    }
}
