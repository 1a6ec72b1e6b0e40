//! Checks a running endpoint: what is sent to it, and what its answers mean.
//!
//! The caller sends the [`requests`] of each of the [`probes`] in order, and gives the answers to [`judge`]. The first
//! probe is a genuine delivery. If it fails, the other probes say nothing about the endpoint and need not be sent: an
//! endpoint that refuses everything refuses forgeries, too.
//!
//! Genuine deliveries are processed by the endpoint. Their ids begin with `doctor_`, so that they are found and removed.

mod accepted;
mod answered;
mod clues;
mod delivery;
mod disclosure;
mod expectation;
mod finding;
mod forged;
mod genuine;
mod http;
mod probe;
mod refused;
mod repeated;
mod request;
mod summary;
use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::Deserialize;

use self::probe::Probe;
pub use self::{
    answered::Answered,
    finding::{Finding, Outline, State},
    request::{Pace, Request},
    summary::{Found, Summary, summary},
};

/// In seconds: how long Docutray waits for an answer.
pub const ANSWER_LIMIT: u64 = 30;

/// The endpoint, and when it is checked.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Endpoint {
    /// The webhook's secret.
    pub secret: String,
    /// The endpoint's URL as registered with Docutray. It is signed.
    pub url: String,
    /// Letters or digits that no earlier run has used: they are part of every id, so that no event is a repetition of one
    /// of an earlier run.
    pub run: String,
    /// Unix time in seconds, by which the deliveries of one probe are dated.
    pub now: u64,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut endpoint = f.debug_struct("Endpoint");
        endpoint.field("url", &self.url).finish_non_exhaustive()
    }
}

/// Returns the probes in the order in which they are sent.
#[must_use]
pub fn probes() -> Vec<Outline> {
    probe::all().map(Probe::outline).collect()
}

/// Returns what to send for a probe, in order. `None` if there is no probe of this name.
#[must_use]
pub fn requests(probe: &str, endpoint: &Endpoint) -> Option<Vec<Request>> {
    Some((probe::named(probe)?.requests)(endpoint))
}

/// Returns what the answers to a probe's requests mean. `endpoint` is the one that the requests were made for, and the answers
/// are in their order. Without answers, the probe was not sent. `None` if there is no probe of this name.
#[must_use]
pub fn judge(probe: &str, endpoint: &Endpoint, answers: &[Answered]) -> Option<Finding> {
    Some(probe::named(probe)?.judge(endpoint, answers))
}

#[cfg(test)]
mod tests;
