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
mod diagnosis;
mod disclosure;
mod endpoint;
mod expectation;
mod forged;
mod genuine;
mod http;
mod judgement;
mod probe;
mod probes;
mod refused;
mod repeated;
mod request;
mod summary;

use alloc::{string::String, vec::Vec};

use serde::Deserialize;

use self::probe::Probe;
pub use self::{
    answered::Answered,
    diagnosis::{Diagnosis, Outline, Seen, State},
    endpoint::Endpoint,
    request::{Pace, Request},
    summary::{Found, Summary, summary},
};
use crate::fault::Fault;

/// A probe of an endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probing {
    /// The probe's name.
    pub probe: String,
    /// The endpoint.
    pub endpoint: Endpoint,
}

/// What came of a probe.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probed {
    /// The probe's name.
    pub probe: String,
    /// The endpoint for which the requests were made, with the same time.
    pub endpoint: Endpoint,
    /// The answers in the order of the requests. Empty if the probe was not sent.
    pub answers: Vec<Answered>,
}

/// Returns the probes in the order in which they are sent.
#[must_use]
pub fn probes() -> Vec<Outline> {
    probes::all().map(Probe::outline).collect()
}

/// Returns what to send for a probe, in order.
///
/// # Errors
/// `unknown_probe` if there is no probe of this name.
pub fn requests(Probing { probe, endpoint }: &Probing) -> Result<Vec<Request>, Fault> {
    Ok((probes::named(probe)?.requests)(endpoint))
}

/// Returns what the answers to a probe's requests mean.
///
/// # Errors
/// `unknown_probe` if there is no probe of this name.
pub fn judge(probed: &Probed) -> Result<Diagnosis, Fault> {
    let probe = probes::named(&probed.probe)?;
    Ok(judgement::of(probe, &probed.endpoint, &probed.answers))
}

#[cfg(test)]
mod tests;
