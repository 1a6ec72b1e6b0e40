//! What a probe has found.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

/// A probe in the list of all probes.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// Its name, which stays the same between versions.
    pub name: &'static str,
    /// What a right endpoint does.
    pub title: &'static str,
    /// The heading under which it is listed.
    pub group: &'static str,
}

/// The result of a probe. They are in order of how bad they are.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// The probe was not sent.
    Skipped,
    /// The endpoint does what it should.
    Passed,
    /// The endpoint's answers do not tell whether it does what it should.
    Unseen,
    /// The endpoint works, but could do better.
    Warning,
    /// The endpoint does not do what it must.
    Failed,
}

/// What a probe has found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    /// The probe's name.
    pub probe: &'static str,
    /// What a right endpoint does.
    pub title: &'static str,
    /// The result.
    pub state: State,
    /// What is wrong, in one word that stays the same between versions. Absent if nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// What was seen. It contains nothing that the endpoint has written, except for numbers and this package's own codes.
    pub why: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The answers, in the order of the requests.
    pub answers: Vec<Seen>,
}

/// An answer, in short.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// What is special about the request, in a few words.
    pub request: String,
    /// The answer's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The time until the answer came or failed.
    pub milliseconds: f64,
}

/// What one answer, or several of them together, mean.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) state: State,
    pub(super) code: Option<&'static str>,
    pub(super) why: String,
    pub(super) advice: Option<String>,
}

impl Reading {
    pub(super) fn passed(why: impl Into<String>) -> Self {
        Self {
            state: State::Passed,
            code: None,
            why: why.into(),
            advice: None,
        }
    }

    pub(super) fn new(
        state: State,
        code: &'static str,
        why: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state,
            code: Some(code),
            why: why.into(),
            advice: Some(advice.into()),
        }
    }

    pub(super) fn failed(
        code: &'static str,
        why: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self::new(State::Failed, code, why, advice)
    }

    pub(super) fn warning(
        code: &'static str,
        why: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self::new(State::Warning, code, why, advice)
    }

    pub(super) fn unseen(
        code: &'static str,
        why: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self::new(State::Unseen, code, why, advice)
    }
}
