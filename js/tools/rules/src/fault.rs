//! Why a function does not accept its input.

use alloc::string::{String, ToString as _};
use core::fmt;

use docutray_webhook::Error;
use serde::Serialize;

/// What is wrong with the input of a function. It contains no secret and no part of a body.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fault {
    /// The stable name of the fault.
    pub code: &'static str,
    /// What is wrong, and what is expected.
    pub message: String,
    /// The member of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
}

impl Fault {
    /// Creates a fault of one member of the input.
    pub fn of(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: Some(field),
        }
    }

    /// A configuration that the core does not take.
    pub(crate) fn configuration(error: &Error) -> Self {
        Self {
            code: error.code().as_str(),
            message: error.to_string(),
            field: match error.field() {
                Some("secrets") => Some("secrets"),
                Some("urls") => Some("url"),
                Some("tolerance") => Some("tolerance"),
                Some("max_body") => Some("maxBody"),
                _ => None,
            },
        }
    }

    /// A body that is no JSON object by the core's rules.
    pub(crate) fn body(error: &Error) -> Self {
        Self::of("body", error.code().as_str(), error.finding().to_string())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl core::error::Error for Fault {}
