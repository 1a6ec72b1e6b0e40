//! The errors: what is wrong with a delivery or a configuration, for the person who has to fix it.
//!
//! No error contains a secret, an expected MAC or a part of the body. Its text is ours, and about the input it contains
//! only lengths, positions and the names of known fields.

mod message;

use crate::{header_names, secret_hints::SecretHints};
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};

/// An error from the user's code: from a body, a service or a store.
#[cfg(any(feature = "axum", feature = "tower"))]
pub(crate) type BoxError = alloc::boxed::Box<dyn core::error::Error + Send + Sync>;

/// Why a delivery was refused, or why a [`Verifier`](crate::Verifier) could not be built.
///
/// [`Display`](fmt::Display) writes the whole message in one line, for the operator: the code, which field is wrong and
/// how, what was expected, what to do. It is safe to log. Senders may read only [`finding`](Self::finding).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// A required header is missing.
    #[non_exhaustive]
    MissingHeader {
        /// The header's name in lower case.
        header: &'static str,
    },
    /// A header occurs more than once, or its value contains a comma because a host joined two values.
    #[non_exhaustive]
    DuplicateHeader {
        /// The header's name in lower case.
        header: &'static str,
    },
    /// A header's value does not match its grammar.
    #[non_exhaustive]
    MalformedHeader {
        /// The header's name in lower case.
        header: &'static str,
        /// The grammar, in words.
        expected: &'static str,
        /// The length of the value in bytes, without the white space around it.
        found: usize,
    },
    /// `X-Docutray-Auth-Signature` does not match any of the secrets with any of the registered URLs.
    #[non_exhaustive]
    AuthSignatureMismatch {
        /// Whether a configured secret signed the body, which tells whether the secret or the URL differs.
        body: BodySignature,
        /// What looks like a mistake in the configured secrets.
        hints: SecretHints,
    },
    /// The timestamp is further in the past than the tolerance allows.
    #[non_exhaustive]
    TimestampTooOld {
        /// The delivery's timestamp: Unix time in seconds.
        timestamp: u64,
        /// The time it was compared with: Unix time in seconds.
        now: u64,
        /// The tolerance, in seconds.
        tolerance: u64,
    },
    /// The timestamp is further in the future than the tolerance allows.
    #[non_exhaustive]
    TimestampTooNew {
        /// The delivery's timestamp: Unix time in seconds.
        timestamp: u64,
        /// The time it was compared with: Unix time in seconds.
        now: u64,
        /// The tolerance, in seconds.
        tolerance: u64,
    },
    /// The body is larger than the limit, or does not fit into memory.
    #[non_exhaustive]
    BodyTooLarge {
        /// The limit, in bytes.
        max_body: u64,
    },
    /// `X-Docutray-Signature` does not match the body.
    #[non_exhaustive]
    SignatureMismatch {
        /// What looks like a mistake in the configured secrets.
        hints: SecretHints,
    },
    /// The body is authentic, but is not a payload that this version can read.
    #[non_exhaustive]
    MalformedPayload {
        /// The field at fault, such as `alternatives[1].code`. `None` if it is the body as a whole.
        path: Option<String>,
        /// What is wrong with it.
        fault: PayloadFault,
    },
    /// The payload belongs to another event than the one that the header names, by its status, or by the id of another family in
    /// place of its own. An id that is `null` counts as none.
    #[non_exhaustive]
    EventMismatch {
        /// The payload's field that contradicts the header.
        field: &'static str,
        /// The event that the header names.
        event: &'static str,
        /// What the field must be for that event.
        expected: &'static str,
    },
    /// The configuration is wrong.
    #[non_exhaustive]
    InvalidConfig {
        /// Everything that is wrong, in the order of the options; at least one problem.
        problems: Vec<ConfigProblem>,
    },
}

/// What is known about the body of a delivery whose metadata is not authentic. It explains the error to the operator, and proves
/// nothing: anybody may have sent the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodySignature {
    /// Its signature was not checked: there was no body yet, or it is larger than 64 KiB or than the limit.
    Unknown,
    /// A configured secret signed it, so the URL differs.
    Fits,
    /// No configured secret signed it.
    FitsNone,
}

/// What is wrong with one option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ConfigProblem {
    /// The option: `secrets`, `urls`, `tolerance` or `max_body`. Of a receiver: `deadline`, `body_budget`, `lease`,
    /// `remember` or `limit`.
    pub option: &'static str,
    /// What is wrong with the option, and what it must be.
    pub problem: &'static str,
}

/// What is wrong with an authentic body, or with one of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadFault {
    /// The body is not UTF-8 (RFC 8259, 8.1).
    #[non_exhaustive]
    NotUtf8 {
        /// The offset of the first invalid byte, from 0.
        offset: usize,
    },
    /// The body is not JSON (RFC 8259).
    #[non_exhaustive]
    NotJson {
        /// The line of the fault, from 1.
        line: usize,
        /// The column of the fault in bytes, from 1.
        column: usize,
    },
    /// The body is JSON, but not an object.
    NotAnObject,
    /// Arrays and objects are nested deeper than 128 levels. Nothing after the first value beyond the limit was read.
    TooDeep,
    /// A required field is missing.
    Missing,
    /// A known field occurs more than once.
    Repeated,
    /// A known field has the wrong type.
    #[non_exhaustive]
    Type {
        /// What the field must be, in words.
        expected: &'static str,
    },
}

/// The stable name of an [`Error`], the same on every host.
///
/// Codes have the order of the pipeline's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// `missing_header`
    MissingHeader,
    /// `duplicate_header`
    DuplicateHeader,
    /// `malformed_header`
    MalformedHeader,
    /// `auth_signature_mismatch`
    AuthSignatureMismatch,
    /// `timestamp_too_old`
    TimestampTooOld,
    /// `timestamp_too_new`
    TimestampTooNew,
    /// `body_too_large`
    BodyTooLarge,
    /// `signature_mismatch`
    SignatureMismatch,
    /// `malformed_payload`
    MalformedPayload,
    /// `event_mismatch`
    EventMismatch,
    /// `invalid_config`
    InvalidConfig,
}

impl Code {
    /// Every code, in the order of the pipeline's steps.
    pub const ALL: &'static [Self] = &[
        Self::MissingHeader,
        Self::DuplicateHeader,
        Self::MalformedHeader,
        Self::AuthSignatureMismatch,
        Self::TimestampTooOld,
        Self::TimestampTooNew,
        Self::BodyTooLarge,
        Self::SignatureMismatch,
        Self::MalformedPayload,
        Self::EventMismatch,
        Self::InvalidConfig,
    ];

    /// Returns the code as every host spells it, such as `missing_header`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissingHeader => "missing_header",
            Self::DuplicateHeader => "duplicate_header",
            Self::MalformedHeader => "malformed_header",
            Self::AuthSignatureMismatch => "auth_signature_mismatch",
            Self::TimestampTooOld => "timestamp_too_old",
            Self::TimestampTooNew => "timestamp_too_new",
            Self::BodyTooLarge => "body_too_large",
            Self::SignatureMismatch => "signature_mismatch",
            Self::MalformedPayload => "malformed_payload",
            Self::EventMismatch => "event_mismatch",
            Self::InvalidConfig => "invalid_config",
        }
    }

    /// Returns the HTTP status to answer with: 400 for headers and payload, 401 for signatures and timestamps, 413 for
    /// size, 500 for configuration.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MissingHeader
            | Self::DuplicateHeader
            | Self::MalformedHeader
            | Self::MalformedPayload
            | Self::EventMismatch => 400,
            Self::AuthSignatureMismatch
            | Self::TimestampTooOld
            | Self::TimestampTooNew
            | Self::SignatureMismatch => 401,
            Self::BodyTooLarge => 413,
            Self::InvalidConfig => 500,
        }
    }
}

impl fmt::Display for Code {
    /// Writes [`as_str`](Self::as_str), with the width and alignment of the format.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// Parses only the texts that [`as_str`](Code::as_str) returns.
impl FromStr for Code {
    type Err = ParseCodeError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut codes = Self::ALL.iter().copied();
        codes
            .find(|code| code.as_str() == name)
            .ok_or(ParseCodeError(()))
    }
}

/// The error for a text that is not the name of a [`Code`]. It does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseCodeError(());

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not an error code; use one of ")?;
        for (index, code) in Code::ALL.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            f.write_str(code.as_str())?;
        }
        Ok(())
    }
}

impl core::error::Error for ParseCodeError {}

impl Error {
    /// Returns the error's stable name.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::MissingHeader { .. } => Code::MissingHeader,
            Self::DuplicateHeader { .. } => Code::DuplicateHeader,
            Self::MalformedHeader { .. } => Code::MalformedHeader,
            Self::AuthSignatureMismatch { .. } => Code::AuthSignatureMismatch,
            Self::TimestampTooOld { .. } => Code::TimestampTooOld,
            Self::TimestampTooNew { .. } => Code::TimestampTooNew,
            Self::BodyTooLarge { .. } => Code::BodyTooLarge,
            Self::SignatureMismatch { .. } => Code::SignatureMismatch,
            Self::MalformedPayload { .. } => Code::MalformedPayload,
            Self::EventMismatch { .. } => Code::EventMismatch,
            Self::InvalidConfig { .. } => Code::InvalidConfig,
        }
    }

    /// Returns what is at fault: a header's name in lower case, a path in the payload or an option's name. Returns `None` if
    /// it is the body as a whole.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::MissingHeader { header }
            | Self::DuplicateHeader { header }
            | Self::MalformedHeader { header, .. } => Some(header),
            Self::AuthSignatureMismatch { .. } => Some(header_names::AUTH_SIGNATURE),
            Self::TimestampTooOld { .. } | Self::TimestampTooNew { .. } => {
                Some(header_names::TIMESTAMP)
            }
            Self::BodyTooLarge { .. } => None,
            Self::SignatureMismatch { .. } => Some(header_names::SIGNATURE),
            Self::MalformedPayload { path, .. } => path.as_deref(),
            Self::EventMismatch { field, .. } => Some(field),
            Self::InvalidConfig { problems } => problems.first().map(|first| first.option),
        }
    }

    /// Returns the HTTP status to answer with: see [`Code::status`].
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.code().status()
    }

    /// Returns whether the delivery is authentic and fresh, so that only its payload is at fault. Docutray may have changed
    /// its payloads: keep the body.
    #[must_use]
    pub const fn is_authentic(&self) -> bool {
        matches!(
            self,
            Self::MalformedPayload { .. } | Self::EventMismatch { .. }
        )
    }

    /// Creates an error about one option.
    #[cfg(feature = "tower")]
    pub(crate) fn invalid_config(option: &'static str, problem: &'static str) -> Self {
        let problem = ConfigProblem { option, problem };
        Self::InvalidConfig {
            problems: Vec::from([problem]),
        }
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::Code;
    use alloc::string::ToString as _;

    #[test]
    fn a_code_is_parsed_and_a_misspelt_one_is_an_error() {
        for code in Code::ALL.iter().copied() {
            assert_eq!(code.as_ref().parse(), Ok(code));
            assert_eq!(code.to_string().parse(), Ok(code));
        }
        for name in ["", "Missing_Header", "missing-header", "missing_header "] {
            let error = name.parse::<Code>().unwrap_err();
            assert!(error.to_string().contains("missing_header, "), "{error}");
        }
    }

    #[test]
    fn codes_have_the_order_of_the_checks() {
        assert!(Code::ALL.is_sorted());
    }
}
