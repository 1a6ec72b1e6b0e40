//! All diagnoses together.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::diagnosis::State;

/// What a diagnosis contributes to the summary.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The result.
    pub state: State,
    /// What is wrong.
    pub code: Option<String>,
}

/// All diagnoses together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many probes found nothing wrong.
    pub passed: usize,
    /// How many found what could be better.
    pub warnings: usize,
    /// How many found what is wrong.
    pub failed: usize,
    /// How many cannot tell.
    pub unseen: usize,
    /// How many were not sent.
    pub skipped: usize,
    /// What the failures have in common, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

/// The diagnoses of a receiver that is written like the sample in Docutray's documentation.
const SAMPLE: [&str; 3] = [
    "accepts_missing_auth_signature",
    "accepts_wrong_auth_signature",
    "accepts_loose_timestamp",
];

/// Counts the diagnoses.
#[must_use]
pub fn summary(diagnoses: &[Found]) -> Summary {
    let count = |state| {
        diagnoses
            .iter()
            .filter(|found| found.state == state)
            .count()
    };
    let has = |code: &&str| {
        diagnoses
            .iter()
            .any(|found| found.code.as_deref() == Some(*code))
    };
    Summary {
        passed: count(State::Passed),
        warnings: count(State::Warning),
        failed: count(State::Failed),
        unseen: count(State::Unseen),
        skipped: count(State::Skipped),
        note: SAMPLE.iter().all(has).then_some(
            "These are the marks of the sample receiver in Docutray's documentation. It verifies the body alone, reads the timestamp with parseInt, and compares the signature with ===, which is not in constant time. Replace it by a verifier that checks both signatures, such as docutray-webhook.",
        ),
    }
}
