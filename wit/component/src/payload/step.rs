//! Converts the payloads of `STEP_*`.

use docutray_webhook::payload::{
    Messages, StepCompleted, StepDocumentType, StepFailed, StepIdentification, StepStarted,
    Validation,
};

use crate::bindings::wit;

impl From<StepStarted> for wit::StepStarted {
    fn from(payload: StepStarted) -> Self {
        Self {
            step_execution_id: payload.step_execution_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            document_metadata: payload.document_metadata.map(Into::into),
            step_id: payload.step_id,
            step_name: payload.step_name,
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<StepCompleted> for wit::StepCompleted {
    fn from(payload: StepCompleted) -> Self {
        Self {
            step_execution_id: payload.step_execution_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            document_metadata: payload.document_metadata.map(Into::into),
            step_id: payload.step_id,
            step_name: payload.step_name,
            data: payload.data.into(),
            identification: payload.identification.map(Into::into),
            validation: payload.validation.map(Into::into),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<StepFailed> for wit::StepFailed {
    fn from(payload: StepFailed) -> Self {
        Self {
            step_execution_id: payload.step_execution_id,
            status: payload.status,
            request_timestamp: payload.request_timestamp,
            response_timestamp: payload.response_timestamp,
            document_metadata: payload.document_metadata.map(Into::into),
            step_id: payload.step_id,
            step_name: payload.step_name,
            error: payload.error.map(Into::into),
            unknown_fields: payload.unknown_fields.into(),
        }
    }
}

impl From<StepIdentification> for wit::StepIdentification {
    fn from(found: StepIdentification) -> Self {
        Self {
            document_type: found.document_type.into(),
            confidence: found.confidence,
        }
    }
}

impl From<StepDocumentType> for wit::StepDocumentType {
    fn from(found: StepDocumentType) -> Self {
        match found {
            StepDocumentType::Code(code) => Self::Code(code),
            StepDocumentType::Described(found) => Self::Described(found.into()),
        }
    }
}

impl From<Validation> for wit::Validation {
    fn from(found: Validation) -> Self {
        Self {
            errors: found.errors.into(),
            warnings: found.warnings.into(),
        }
    }
}

impl From<Messages> for wit::Messages {
    fn from(found: Messages) -> Self {
        Self {
            count: found.count,
            messages: found.messages,
        }
    }
}
