//! Answers that are given in place of the endpoint's.

use alloc::{collections::VecDeque, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    answered::{Answered, Failure},
    schedule::ANSWER_WITHIN_MILLISECONDS,
};
use crate::fault::Fault;

/// The most answers that wait for their attempts.
pub const MOST_SCRIPTED: usize = 1000;

/// The answer to one attempt, in place of the endpoint's.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scripted {
    /// What the sender is told.
    pub answer: ScriptedAnswer,
    /// Whether the endpoint gets the delivery all the same. Its own answer is then lost, as it may be in production.
    #[serde(default)]
    pub delivered: bool,
}

/// What is answered.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ScriptedAnswer {
    /// This HTTP status.
    Status(u16),
    /// `"hang"` or `"reset"`.
    Failure(ScriptedFailure),
}

/// An answer that does not come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ScriptedFailure {
    /// None within 30 s. The emulator does not wait for that: the 30 s are added to the time of the failure.
    Hang,
    /// The connection breaks.
    Reset,
}

impl Scripted {
    pub(super) fn answered(self) -> Answered {
        match self.answer {
            ScriptedAnswer::Status(status) => Answered::status(status),
            ScriptedAnswer::Failure(ScriptedFailure::Reset) => Answered::failed(Failure::Reset, 0),
            ScriptedAnswer::Failure(ScriptedFailure::Hang) => {
                Answered::failed(Failure::Timeout, ANSWER_WITHIN_MILLISECONDS)
            }
        }
    }

    /// How many milliseconds later than the emulated clock shows the attempt ends.
    pub(super) const fn lasts(self) -> u64 {
        match self.answer {
            ScriptedAnswer::Failure(ScriptedFailure::Hang) => ANSWER_WITHIN_MILLISECONDS,
            _ => 0,
        }
    }
}

/// The answers to the next attempts, whichever deliveries they are of.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub(super) struct Scripts(VecDeque<Scripted>);

impl Scripts {
    pub(super) fn add(&mut self, answers: Vec<Scripted>) -> Result<(), Fault> {
        if self.0.len().saturating_add(answers.len()) > MOST_SCRIPTED {
            let message =
                "at most 1000 answers wait for their attempts; reset the emulator, or script fewer";
            return Err(Fault::of("answers", "too_many_answers", message));
        }
        if answers.iter().any(|one| matches!(one.answer, ScriptedAnswer::Status(status) if !(200..=599).contains(&status))) {
            let message = "an answer has to be a status from 200 to 599, \"hang\" or \"reset\"";
            return Err(Fault::of("answers", "invalid_answer", message));
        }
        self.0.extend(answers);
        Ok(())
    }

    pub(super) fn next(&mut self) -> Option<Scripted> {
        self.0.pop_front()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
