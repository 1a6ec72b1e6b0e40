//! Converts the payloads of `CONVERSION_*`.

use docutray_webhook::payload::{ConversionCompleted, ConversionFailed, ConversionStarted};

use crate::bindings::wit;

impl From<ConversionStarted> for wit::ConversionStarted {
    fn from(payload: ConversionStarted) -> Self {
        Self {
            conversion_id: payload.conversion_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code: payload.document_type_code,
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<ConversionCompleted> for wit::ConversionCompleted {
    fn from(payload: ConversionCompleted) -> Self {
        Self {
            conversion_id: payload.conversion_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code: payload.document_type_code,
            data: payload.data.into(),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<ConversionFailed> for wit::ConversionFailed {
    fn from(payload: ConversionFailed) -> Self {
        Self {
            conversion_id: payload.conversion_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code: payload.document_type_code,
            error: payload.error.map(Into::into),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}
