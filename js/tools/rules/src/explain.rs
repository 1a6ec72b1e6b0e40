//! Explains a delivery: its way through the checks, what failed and why, and which usual mistake made a signature differ.
//!
//! Every finding is the core's own verdict. Nothing here reads a delivery in a way of its own.

mod bodies;
mod mistake;
mod request;
mod rewriting;
mod search;
mod secrets;
mod steps;
mod trial;
mod urls;

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::Serialize;

pub use self::{
    mistake::Mistake,
    request::ExplainRequest,
    steps::{ExplainedStep, State, StepName},
};
use self::{search::mistake, steps::steps, trial::Trial};
use crate::fault::Fault;

/// The verdict on a delivery, in one word.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It passed every check.
    Verified,
    /// It is authentic, but its payload does not fit its event.
    Unfit,
    /// It is not authentic, or cannot be told to be.
    Refused,
}

/// What is wrong with a delivery: the core's error.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplainedError {
    /// The error's code.
    pub code: &'static str,
    /// The header or the payload's field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The whole message, for the operator.
    pub message: String,
}

/// The explanation of a delivery. It contains no secret, no expected MAC and no part of the body.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The verdict.
    pub verdict: Verdict,
    /// All checks in their order.
    pub steps: Vec<ExplainedStep>,
    /// What is wrong, unless it is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ExplainedError>,
    /// The mistake that made a signature differ, if it is a usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistake: Option<Mistake>,
    /// The event's name, if timestamp, request id and event are well-formed. Of a delivery that is refused, it is only claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The same of the request id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The same of the time of signing: Unix time in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<u64>,
    /// The event's key, if the delivery is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Explains a delivery.
///
/// # Errors
/// If the configuration is wrong.
pub fn explain(request: &ExplainRequest) -> Result<Explanation, Fault> {
    let trial = Trial::of(request)?;
    let verdict = trial.verify();
    let claimed = trial.claimed();
    let error = verdict.as_ref().err();
    Ok(Explanation {
        verdict: match error {
            None => Verdict::Verified,
            Some(error) if error.is_authentic() => Verdict::Unfit,
            Some(_) => Verdict::Refused,
        },
        steps: steps(&trial, error),
        error: error.map(|error| ExplainedError {
            code: error.code().as_str(),
            field: error.field().map(Into::into),
            message: error.to_string(),
        }),
        mistake: error.and_then(|error| mistake(&trial, error)),
        event: claimed.map(|claimed| claimed.event().into()),
        request_id: claimed.map(|claimed| claimed.request_id().into()),
        timestamp: claimed.map(docutray_webhook::Delivery::timestamp),
        key: verdict.as_ref().ok().map(|event| event.key().into()),
    })
}

#[cfg(test)]
mod tests;
