//! The endpoint that is checked.

use alloc::string::String;

use serde::Deserialize;

use crate::secret::Secret;

/// The endpoint, and when it is checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The webhook's secret.
    pub secret: Secret,
    /// The endpoint's URL as registered with Docutray. It is signed.
    pub url: String,
    /// Letters or digits that no earlier run has used: they are part of every id, so that no event is a repetition of one
    /// of an earlier run.
    pub run: String,
    /// Unix time in seconds, by which the deliveries of one probe are dated.
    pub now: u64,
}
