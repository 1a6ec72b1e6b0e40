//! How an emulator is set up.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{fault::Fault, samples::FailedError};

/// How an emulator is set up. What Docutray's documentation leaves open is an option here.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Options {
    /// 32 random bytes as 64 hexadecimal digits: secrets and ids follow from them. A restored emulator keeps its own.
    pub seed: String,
    /// The caller's clock, in milliseconds since 1970.
    pub now_milliseconds: u64,
    /// How many times faster than the caller's clock the emulator's goes, 1 to [`FASTEST`](super::FASTEST). Without it 1,
    /// or the speed of the state that is restored.
    #[serde(default)]
    pub speed: Option<u32>,
    /// Whether a retry has a request id and a date of its own.
    #[serde(default)]
    pub retry_headers: RetryHeaders,
    /// What `error` is in the payload of a failed event.
    #[serde(default)]
    pub failed_error: FailedError,
    /// Whether a URL may begin with `http://` and not be on this machine.
    #[serde(default)]
    pub allow_remote: bool,
    /// How much history is kept.
    #[serde(default)]
    pub limits: Limits,
    /// What [`Emulator::save`](super::Emulator::save) has returned, to go on from there.
    #[serde(default)]
    pub state: Option<String>,
}

impl Options {
    /// The defaults.
    #[must_use]
    pub fn new(seed: impl Into<String>, now_milliseconds: u64) -> Self {
        Self {
            seed: seed.into(),
            now_milliseconds,
            speed: None,
            retry_headers: RetryHeaders::default(),
            failed_error: FailedError::default(),
            allow_remote: false,
            limits: Limits::default(),
            state: None,
        }
    }
}

/// The metadata of a retry. Docutray does not document it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RetryHeaders {
    /// Each attempt has its own request id and date.
    #[default]
    New,
    /// A retry has the request id and the date of the first attempt.
    Same,
}

/// How much history is kept. The oldest deliveries that have ended are dropped first, and one that is still open never is:
/// when only open ones are left, a new event is refused.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// Deliveries, 1 to 10,000.
    pub deliveries: usize,
    /// Their bytes with all attempts, 1 MiB to 256 MiB.
    pub bytes: usize,
}

const MIB: usize = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            deliveries: 500,
            bytes: 64 * MIB,
        }
    }
}

impl Limits {
    pub(super) fn check(self) -> Result<Self, Fault> {
        if !(1..=10_000).contains(&self.deliveries) {
            let message = "the history has to have room for 1 to 10000 deliveries";
            return Err(Fault::of("limits.deliveries", "invalid_limit", message));
        }
        if !(MIB..=256 * MIB).contains(&self.bytes) {
            let message =
                "the history has to have room for 1048576 (1 MiB) to 268435456 bytes (256 MiB)";
            return Err(Fault::of("limits.bytes", "invalid_limit", message));
        }
        Ok(self)
    }
}

/// What does not change while an emulator runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) retry_headers: RetryHeaders,
    pub(super) failed_error: FailedError,
    pub(super) allow_remote: bool,
    pub(super) limits: Limits,
}
