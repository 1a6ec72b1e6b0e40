//! Identifications: the type of a document is found (Docutray's page "Identification Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    raw::RawJson,
    record::{event_record, nested_record},
    shape::{Failure, Finite, Id, List, Object, Text},
};
use alloc::{string::String, vec::Vec};

event_record! {
    /// `IDENTIFICATION_STARTED`
    IdentificationStarted {
        /// The identification's id; not empty.
        identification_id: String => required::<Id>,
        /// `PROCESSING`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// The file's name as it was uploaded.
        original_filename: Option<String> => optional::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>> => optional::<List<Text>>,
    }
}

event_record! {
    /// `IDENTIFICATION_COMPLETED`
    IdentificationCompleted {
        /// The identification's id; not empty.
        identification_id: String => required::<Id>,
        /// `SUCCESS` or `completed`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String => required::<Text>,
        /// The file's name as it was uploaded.
        original_filename: Option<String> => optional::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>> => optional::<List<Text>>,
        /// The type that fits best.
        document_type: DocumentType => required::<DocumentType>,
        /// Other types that may fit.
        alternatives: Vec<DocumentType> => required::<List<DocumentType>>,
    }
}

event_record! {
    /// `IDENTIFICATION_FAILED`
    IdentificationFailed {
        /// The identification's id; not empty.
        identification_id: String => required::<Id>,
        /// `ERROR`, `FAILED`, `failed` or `error`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// When the work ended: ISO 8601, as received.
        response_timestamp: String => required::<Text>,
        /// The file's name as it was uploaded.
        original_filename: Option<String> => optional::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The document types to choose from.
        document_type_code_options: Option<Vec<String>> => optional::<List<Text>>,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> => optional::<Failure>,
    }
}

nested_record! {
    /// A document type, and how well it fits.
    DocumentType {
        /// The type's code.
        code: String => required::<Text>,
        /// The type's name.
        name: String => required::<Text>,
        /// How well it fits, as Docutray scores it; finite.
        confidence: f64 => required::<Finite>,
    }
}
