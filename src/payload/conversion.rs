//! Conversions: a file is turned into data (Docutray's page "Conversion Events").
//!
//! Each record is read in the order of its fields; the first fault is the error.

use super::{
    raw::RawJson,
    record::event_record,
    shape::{Failure, Id, Object, Text},
};
use alloc::string::String;

event_record! {
    /// `CONVERSION_STARTED`
    ConversionStarted {
        /// The conversion's id; not empty.
        conversion_id: String => required::<Id>,
        /// `PROCESSING`.
        status: String => required::<Text>,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String => required::<Text>,
        /// The file's name as it was uploaded.
        original_filename: Option<String> => optional::<Text>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson> => optional::<Object>,
        /// The document type that the file is converted as.
        document_type_code: String => required::<Text>,
    }
}

event_record! {
    /// `CONVERSION_COMPLETED`
    ConversionCompleted {
        /// The conversion's id; not empty.
        conversion_id: String => required::<Id>,
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
        /// The document type that the file is converted as.
        document_type_code: String => required::<Text>,
        /// The data read from the document: a JSON object, by the document type's schema.
        data: RawJson => required::<Object>,
    }
}

event_record! {
    /// `CONVERSION_FAILED`
    ConversionFailed {
        /// The conversion's id; not empty.
        conversion_id: String => required::<Id>,
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
        /// The document type that the file is converted as.
        document_type_code: String => required::<Text>,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> => optional::<Failure>,
    }
}
