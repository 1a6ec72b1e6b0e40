//! Converts the payloads of `IDENTIFICATION_*`.

use docutray_webhook::payload::{
    DocumentType, IdentificationCompleted, IdentificationFailed, IdentificationStarted,
};

use crate::bindings::wit;

impl From<IdentificationStarted> for wit::IdentificationStarted {
    fn from(payload: IdentificationStarted) -> Self {
        Self {
            identification_id: payload.identification_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code_options: payload.document_type_code_options,
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<IdentificationCompleted> for wit::IdentificationCompleted {
    fn from(payload: IdentificationCompleted) -> Self {
        Self {
            identification_id: payload.identification_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code_options: payload.document_type_code_options,
            document_type: payload.document_type.into(),
            alternatives: payload.alternatives.into_iter().map(Into::into).collect(),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<IdentificationFailed> for wit::IdentificationFailed {
    fn from(payload: IdentificationFailed) -> Self {
        Self {
            identification_id: payload.identification_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            original_filename: payload.original_filename,
            document_metadata: payload.document_metadata.map(Into::into),
            document_type_code_options: payload.document_type_code_options,
            error: payload.error.map(Into::into),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<DocumentType> for wit::DocumentType {
    fn from(found: DocumentType) -> Self {
        Self {
            code: found.code,
            name: found.name,
            confidence: found.confidence,
        }
    }
}
