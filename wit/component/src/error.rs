//! Converts the crate's error to `record error`.

use docutray_webhook::{Code, Error};

use crate::bindings::wit;

impl From<Error> for wit::Error {
    fn from(error: Error) -> Self {
        Self {
            code: wit_code(error.code()),
            code_name: error.code().as_str().to_owned(),
            field: error.field().map(|field| field_name(error.code(), field)),
            message: error.to_string(),
            finding: error.finding().to_string(),
            status: error.status(),
        }
    }
}

/// Returns the field as the WIT spells it: an option as its entry of `config`, anything else unchanged.
fn field_name(code: Code, field: &str) -> String {
    match (code, field) {
        (Code::InvalidConfig, "urls") => "metadata".to_owned(),
        (Code::InvalidConfig, option) => option.replace('_', "-"),
        _ => field.to_owned(),
    }
}

fn wit_code(code: Code) -> wit::ErrorCode {
    match code {
        Code::MissingHeader => wit::ErrorCode::MissingHeader,
        Code::DuplicateHeader => wit::ErrorCode::DuplicateHeader,
        Code::MalformedHeader => wit::ErrorCode::MalformedHeader,
        Code::AuthSignatureMismatch => wit::ErrorCode::AuthSignatureMismatch,
        Code::TimestampTooOld => wit::ErrorCode::TimestampTooOld,
        Code::TimestampTooNew => wit::ErrorCode::TimestampTooNew,
        Code::BodyTooLarge => wit::ErrorCode::BodyTooLarge,
        Code::SignatureMismatch => wit::ErrorCode::SignatureMismatch,
        Code::MalformedPayload => wit::ErrorCode::MalformedPayload,
        Code::EventMismatch => wit::ErrorCode::EventMismatch,
        // `Code` may get new variants. The test below then fails.
        _ => wit::ErrorCode::InvalidConfig,
    }
}

/// Converts a code of the WIT back to the crate's code.
pub(crate) fn core_code(code: wit::ErrorCode) -> Code {
    match code {
        wit::ErrorCode::MissingHeader => Code::MissingHeader,
        wit::ErrorCode::DuplicateHeader => Code::DuplicateHeader,
        wit::ErrorCode::MalformedHeader => Code::MalformedHeader,
        wit::ErrorCode::AuthSignatureMismatch => Code::AuthSignatureMismatch,
        wit::ErrorCode::TimestampTooOld => Code::TimestampTooOld,
        wit::ErrorCode::TimestampTooNew => Code::TimestampTooNew,
        wit::ErrorCode::BodyTooLarge => Code::BodyTooLarge,
        wit::ErrorCode::SignatureMismatch => Code::SignatureMismatch,
        wit::ErrorCode::MalformedPayload => Code::MalformedPayload,
        wit::ErrorCode::EventMismatch => Code::EventMismatch,
        wit::ErrorCode::InvalidConfig => Code::InvalidConfig,
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, core_code, field_name, wit_code};

    #[test]
    fn every_code_has_its_own_name() {
        for &code in Code::ALL {
            assert_eq!(core_code(wit_code(code)), code);
        }
    }

    #[test]
    fn only_options_are_renamed() {
        assert_eq!(field_name(Code::InvalidConfig, "max_body"), "max-body");
        assert_eq!(field_name(Code::InvalidConfig, "urls"), "metadata");
        assert_eq!(field_name(Code::MalformedPayload, "step_id"), "step_id");
        assert_eq!(field_name(Code::MalformedPayload, "urls"), "urls");
    }
}
