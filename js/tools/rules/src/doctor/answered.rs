//! What came of a request.

use alloc::string::{String, ToString as _};

use serde::Deserialize;
use serde_json::Value;

use crate::wire::{Bytes, Fields};

/// An answer, or why there is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Answered {
    /// The endpoint has answered.
    Status {
        /// The HTTP status.
        status: u16,
        /// The header fields as they came.
        headers: Fields,
        /// The body, or its beginning.
        body: Bytes,
        /// The time until the answer's head had arrived.
        milliseconds: f64,
    },
    /// There is no answer.
    Failure {
        /// `refused`, `reset`, `timeout`, `dns`, `tls` or `notAllowed`.
        failure: String,
        /// The time until that was known.
        milliseconds: f64,
    },
}

impl Answered {
    pub(super) const fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            Self::Failure { .. } => None,
        }
    }

    pub(super) fn failure(&self) -> Option<&str> {
        match self {
            Self::Status { .. } => None,
            Self::Failure { failure, .. } => Some(failure),
        }
    }

    pub(super) fn seconds(&self) -> f64 {
        let (Self::Status { milliseconds, .. } | Self::Failure { milliseconds, .. }) = self;
        milliseconds / 1000.
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Status { body, .. } => String::from_utf8_lossy(&body.0).to_string(),
            Self::Failure { .. } => String::new(),
        }
    }

    pub(super) fn json(&self) -> Option<Value> {
        match self {
            Self::Status { body, .. } => serde_json::from_slice(&body.0).ok(),
            Self::Failure { .. } => None,
        }
    }

    /// The value of a header that the answer has once.
    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        let Self::Status { headers, .. } = self else {
            return None;
        };
        let mut values = headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }
}
