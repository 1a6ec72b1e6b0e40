//! The payloads of conversions, which turn a file into data (Docutray's page "Conversion Events").
//!
//! Fields are checked in the order of their declaration. The error names the first one at fault.

use super::{raw::RawJson, record::record};
use alloc::string::String;

record! {
    /// `CONVERSION_STARTED`
    ConversionStarted {
        /// The conversion's id; not empty.
        conversion_id: String as Id,
        /// `PROCESSING`.
        status: String,
        /// When the work was requested: ISO 8601, as received.
        request_timestamp: String,
        /// The file's name as it was uploaded.
        original_filename: Option<String>,
        /// The caller's own metadata: a JSON object.
        document_metadata: Option<RawJson>,
        /// The document type that the file is converted as.
        document_type_code: String,
        ..unknown_fields
    }
}

record! {
    /// `CONVERSION_COMPLETED`
    ConversionCompleted {
        /// The conversion's id; not empty.
        conversion_id: String as Id,
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
        /// The document type that the file is converted as.
        document_type_code: String,
        /// The data read from the document: a JSON object according to the document type's schema.
        data: RawJson,
        ..unknown_fields
    }
}

record! {
    /// `CONVERSION_FAILED`
    ConversionFailed {
        /// The conversion's id; not empty.
        conversion_id: String as Id,
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
        /// The document type that the file is converted as.
        document_type_code: String,
        /// What went wrong: a JSON string or object.
        error: Option<RawJson> as Failure,
        ..unknown_fields
    }
}
