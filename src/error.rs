//! What can be wrong with a delivery or a configuration, told to the person who has to mend it.
//!
//! No error holds a secret, an expected MAC or a part of the body: every text in one is ours,
//! and what it says of the input is a length, a position or the name of a field we know.

mod message;

use crate::header_names;
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};

/// An error of the user's: of a body, a service or a store.
#[cfg(any(feature = "axum", feature = "tower"))]
pub(crate) type BoxError = alloc::boxed::Box<dyn core::error::Error + Send + Sync>;

/// Why a delivery was refused, or a [`Verifier`](crate::Verifier) not built.
///
/// [`Display`](fmt::Display) gives the whole message in one line, for the operator: the code, what is wrong with which
/// field, what was expected, what to do. It is safe to log. What a sender may be told is [`finding`](Self::finding).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// A header that the check needs is not there.
    #[non_exhaustive]
    MissingHeader {
        /// Its name in lower case.
        header: &'static str,
    },
    /// A header came more than once, or holds a comma, as it does where a host has joined two.
    #[non_exhaustive]
    DuplicateHeader {
        /// Its name in lower case.
        header: &'static str,
    },
    /// A header's value is not in its grammar.
    #[non_exhaustive]
    MalformedHeader {
        /// Its name in lower case.
        header: &'static str,
        /// The grammar in words.
        expected: &'static str,
        /// Length of the value found, in bytes, without the white space around it.
        found: usize,
    },
    /// `X-Docutray-Auth-Signature` fits none of the secrets with any of the registered URLs.
    #[non_exhaustive]
    AuthSignatureMismatch {
        /// A configured secret begins or ends with white space.
        spaced_secret: bool,
    },
    /// The timestamp lies further in the past than the tolerance allows.
    #[non_exhaustive]
    TimestampTooOld {
        /// The delivery's Unix time, in seconds.
        timestamp: u64,
        /// The Unix time it was held against, in seconds.
        now: u64,
        /// The tolerance, in seconds.
        tolerance: u64,
    },
    /// The timestamp lies further in the future than the tolerance allows.
    #[non_exhaustive]
    TimestampTooNew {
        /// The delivery's Unix time, in seconds.
        timestamp: u64,
        /// The Unix time it was held against, in seconds.
        now: u64,
        /// The tolerance, in seconds.
        tolerance: u64,
    },
    /// The body is larger than the limit, or than the memory there is.
    #[non_exhaustive]
    BodyTooLarge {
        /// The limit, in bytes.
        max_body: u64,
    },
    /// `X-Docutray-Signature` is not the body's MAC.
    #[non_exhaustive]
    SignatureMismatch {
        /// A configured secret begins or ends with white space.
        spaced_secret: bool,
    },
    /// The body is authentic, but no payload this crate knows how to read.
    #[non_exhaustive]
    MalformedPayload {
        /// The field at fault, such as `alternatives[1].code`; none where it is the whole body.
        path: Option<String>,
        /// What is wrong with it.
        fault: PayloadFault,
    },
    /// The payload belongs to another event than the header names.
    #[non_exhaustive]
    EventMismatch {
        /// The payload's field that disagrees.
        field: &'static str,
        /// The event that the header names.
        event: &'static str,
        /// What this field has to be for that event.
        expected: &'static str,
    },
    /// The configuration cannot work.
    #[non_exhaustive]
    InvalidConfig {
        /// Everything that is wrong with it, at least one problem, in the order of the options.
        problems: Vec<ConfigProblem>,
    },
}

/// What is wrong with one option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ConfigProblem {
    /// The option: `secrets`, `urls`, `tolerance` or `max_body`; of a receiver `deadline`, `body_budget`, `lease`, `remember` or
    /// `limit`.
    pub option: &'static str,
    /// What is wrong with it, and what it has to be.
    pub problem: &'static str,
}

/// What is wrong with an authentic body, or with one of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadFault {
    /// The body is not UTF-8 (RFC 8259, 8.1).
    #[non_exhaustive]
    NotUtf8 {
        /// Offset of the first byte that is not, from 0.
        offset: usize,
    },
    /// The body is not JSON (RFC 8259).
    #[non_exhaustive]
    NotJson {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault in bytes, from 1.
        column: usize,
    },
    /// The body is JSON, but not an object.
    NotAnObject,
    /// Arrays and objects are nested deeper than 128 levels; nothing behind the first that is was read.
    TooDeep,
    /// A required field is not there.
    Missing,
    /// A known field is there more than once.
    Repeated,
    /// A known field has another type.
    #[non_exhaustive]
    Type {
        /// What it has to be.
        expected: &'static str,
    },
}

/// The stable name of an [`Error`], the same on every host.
///
/// Codes are ordered as the checks are.
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
    /// Every code, in the order of the checks.
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

    /// The code as every host spells it: `missing_header`.
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

    /// The HTTP status to answer with: 400 for headers and payload, 401 for signatures and timestamps,
    /// 413 for size, 500 for configuration.
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
    /// [`as_str`](Self::as_str), with the width and the alignment that a format asks for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// What [`as_str`](Code::as_str) gives, and nothing else.
impl FromStr for Code {
    type Err = ParseCodeError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut codes = Self::ALL.iter().copied();
        codes
            .find(|code| code.as_str() == name)
            .ok_or(ParseCodeError(()))
    }
}

/// A text that is no [`Code`]'s name. The error does not hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseCodeError(());

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no error code; there are ")?;
        for (index, code) in Code::ALL.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            f.write_str(code.as_str())?;
        }
        Ok(())
    }
}

impl core::error::Error for ParseCodeError {}

impl Error {
    /// The error's stable name.
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

    /// What is at fault: a header's name in lower case, a path in the payload or an option's name. None where it is
    /// the whole body.
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

    /// The HTTP status to answer with: see [`Code::status`].
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.code().status()
    }

    /// Whether the delivery is authentic and fresh, and its payload alone does not fit: Docutray may have changed what it
    /// sends, so keep the body.
    #[must_use]
    pub const fn is_authentic(&self) -> bool {
        matches!(
            self,
            Self::MalformedPayload { .. } | Self::EventMismatch { .. }
        )
    }

    /// One option that cannot work.
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
    fn codes_are_ordered_as_the_checks_are() {
        assert!(Code::ALL.is_sorted());
    }
}
