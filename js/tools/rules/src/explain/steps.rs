//! The checks in their order, with what each found.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};
use core::slice;

use docutray_webhook::{Code, Error, EventKind};
use serde::Serialize;

use super::trial::Trial;

/// A check.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepName {
    /// The five headers: each once, in its grammar.
    Headers,
    /// The signature of the metadata.
    Metadata,
    /// The timestamp.
    Freshness,
    /// The body's size and its signature.
    Body,
    /// The body is a JSON object.
    Payload,
    /// The payload fits its event.
    Event,
}

impl StepName {
    /// Every check, in the order of the core.
    pub const ALL: [Self; 6] = [
        Self::Headers,
        Self::Metadata,
        Self::Freshness,
        Self::Body,
        Self::Payload,
        Self::Event,
    ];

    /// The check that an error comes from.
    fn of(error: &Error) -> Self {
        match error.code() {
            Code::AuthSignatureMismatch => Self::Metadata,
            Code::TimestampTooOld | Code::TimestampTooNew => Self::Freshness,
            Code::BodyTooLarge | Code::SignatureMismatch => Self::Body,
            Code::EventMismatch => Self::Event,
            // A fault of the whole body is found before any field is looked at.
            Code::MalformedPayload if error.field().is_none() => Self::Payload,
            Code::MalformedPayload => Self::Event,
            _ => Self::Headers,
        }
    }
}

/// What came of a check.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It is turned off: without a URL the metadata is not checked.
    Skipped,
    /// An earlier one failed.
    NotReached,
}

/// A check and what it found.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplainedStep {
    /// The check.
    pub step: StepName,
    /// What came of it.
    pub state: State,
    /// What it found, for people.
    pub finding: String,
}

pub(super) fn steps(trial: &Trial<'_>, error: Option<&Error>) -> Vec<ExplainedStep> {
    let failed = error.map(|error| (StepName::of(error), error));
    let explained = |step| {
        let (state, finding) = match failed {
            Some((at, error)) if at == step => (State::Failed, error.finding().to_string()),
            Some((at, _)) if at < step => (
                State::NotReached,
                "Not reached: an earlier check failed.".into(),
            ),
            _ if step == StepName::Metadata && trial.request.url.is_none() => {
                let finding = "Not checked, because no URL is given. Anybody who has seen a signed body can send it again with other headers.";
                (State::Skipped, finding.into())
            }
            _ => (State::Passed, passed(trial, step)),
        };
        ExplainedStep {
            step,
            state,
            finding,
        }
    };
    StepName::ALL.into_iter().map(explained).collect()
}

fn passed(trial: &Trial<'_>, step: StepName) -> String {
    match step {
        StepName::Headers => "Each header is there once and in its grammar.".into(),
        StepName::Metadata => signed_with(trial),
        StepName::Freshness => age(trial),
        StepName::Body => {
            let bytes = trial.request.body.0.len() as u64;
            format!("{}, and the signature is theirs.", count(bytes, "byte"))
        }
        StepName::Payload => "A JSON object.".into(),
        StepName::Event => fits(trial),
    }
}

/// Says which secret it was, if there are several: the old one should be retired some day.
fn signed_with(trial: &Trial<'_>) -> String {
    let (secrets, url) = (&trial.request.secrets, trial.request.url.as_deref());
    let signs = |secret| trial.metadata_fits(slice::from_ref(secret), url.unwrap_or_default());
    let place = secrets.iter().position(signs);
    match place.map(|place| place + 1) {
        Some(number) if secrets.len() > 1 => format!(
            "Signed for the given URL with secret {number} of {}.",
            secrets.len()
        ),
        _ => "Signed for the given URL with the given secret.".into(),
    }
}

fn age(trial: &Trial<'_>) -> String {
    let Some(claimed) = trial.claimed() else {
        return String::new();
    };
    let (now, then) = (trial.request.now, claimed.timestamp());
    if then > now {
        format!(
            "Signed {} from now, within the tolerance.",
            count(then - now, "second")
        )
    } else {
        format!(
            "Signed {} ago, within the tolerance.",
            count(now - then, "second")
        )
    }
}

fn fits(trial: &Trial<'_>) -> String {
    let known = trial.claimed().map(|claimed| claimed.event().parse());
    match known {
        Some(Ok::<EventKind, _>(kind)) => format!("The payload fits {}.", kind.as_str()),
        _ => {
            "No event that this version knows: receivers get it as UNKNOWN, with its whole payload."
                .into()
        }
    }
}

/// A number with the word for what is counted.
fn count(number: u64, one: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    [&number.to_string(), " ", one, many].concat()
}
