//! The crate's error to `record error`.

use docutray_webhook::{Code, Error};

use crate::wit;

impl From<Error> for wit::Error {
    fn from(error: Error) -> Self {
        Self {
            code: code(error.code()),
            field: error.field().map(|field| field_name(error.code(), field)),
            message: error.to_string(),
            status: error.status(),
        }
    }
}

/// The field as the WIT spells it: entries of `config` in kebab case, all others are
/// names on the wire.
fn field_name(code: Code, field: &str) -> String {
    match code {
        Code::InvalidConfig => field.replace('_', "-"),
        _ => field.to_owned(),
    }
}

fn code(code: Code) -> wit::ErrorCode {
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
        // `Code` may grow; the test below fails when it does.
        _ => wit::ErrorCode::InvalidConfig,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Code, code, field_name};

    #[test]
    fn every_code_has_its_own_name() {
        let names = Code::ALL.iter().map(|it| format!("{:?}", code(*it)));
        let names: BTreeSet<String> = names.collect();
        assert_eq!(names.len(), Code::ALL.len(), "{names:?}");
    }

    #[test]
    fn only_entries_of_config_are_respelt() {
        assert_eq!(field_name(Code::InvalidConfig, "max_body"), "max-body");
        assert_eq!(field_name(Code::MalformedPayload, "step_id"), "step_id");
    }
}
