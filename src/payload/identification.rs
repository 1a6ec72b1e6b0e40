//! The payloads of identifications, which find the type of a document (Docutray's page "Identification Events").
//!
//! Fields are checked in the order of their declaration. The error names the first one at fault.

use super::{raw::RawJson, record::record};
use alloc::{string::String, vec::Vec};

record! {
    /// `IDENTIFICATION_STARTED`
    IdentificationStarted {
        /// The identification's id; not empty.
        identification_id: String as Id,
        /// `PROCESSING`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// The file's name as it was uploaded.
        original_filename: Option<String>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>>,
        ..unknown_fields
    }
}

record! {
    /// `IDENTIFICATION_COMPLETED`
    IdentificationCompleted {
        /// The identification's id; not empty.
        identification_id: String as Id,
        /// `SUCCESS` or `completed`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String,
        /// The file's name as it was uploaded.
        original_filename: Option<String>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>>,
        /// The best fitting document type.
        document_type: DocumentType,
        /// Other document types that may fit.
        alternatives: Vec<DocumentType>,
        ..unknown_fields
    }
}

record! {
    /// `IDENTIFICATION_FAILED`
    IdentificationFailed {
        /// The identification's id; not empty.
        identification_id: String as Id,
        /// `ERROR`, `FAILED`, `failed` or `error`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String,
        /// The file's name as it was uploaded.
        original_filename: Option<String>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>>,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> as Failure,
        ..unknown_fields
    }
}

record! {
    /// A document type with a score of how well it fits.
    DocumentType {
        /// The type's code.
        code: String,
        /// The type's name.
        name: String,
        /// How well it fits, as scored by Docutray; finite.
        confidence: f64,
    }
}
