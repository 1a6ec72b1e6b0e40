//! A delivery, from its event to its end.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    answered::{Answered, BODY_KEPT, FIELDS_KEPT},
    schedule::{ATTEMPTS, pause_after},
    scripts::Scripted,
};
use crate::wire::{Bytes, Fields};

/// What an attempt may take: its URL, its own headers, and what is kept of the answer.
const ATTEMPT_BYTES: usize = BODY_KEPT + FIELDS_KEPT + 4096;
/// What a delivery takes beside its payload and its attempts.
const OVERHEAD: usize = 4096;

/// One event on its way to one webhook.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delivery {
    pub(super) id: String,
    /// Later deliveries have greater numbers.
    pub(super) sequence: u64,
    pub(super) webhook_id: String,
    /// As it was registered at the last attempt, since it is signed.
    pub(super) url: String,
    pub(super) event: String,
    pub(super) payload: Bytes,
    pub(super) created_at: u64,
    pub(super) state: State,
    pub(super) attempts: Vec<Attempt>,
    /// Why there is no further attempt after the one under way.
    pub(super) last_because: Option<GivenUp>,
    /// The id and the emulated time of the first attempt.
    pub(super) first: Option<(String, u64)>,
    pub(super) again: Option<Again>,
    /// The headers of another delivery's attempt, to be sent as they are.
    pub(super) captured: Option<Fields>,
}

/// Times are those of the emulated clock.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) enum State {
    Waiting {
        until: u64,
    },
    /// `since` is real time, by [`Clock::elapsed`](super::clock::Clock::elapsed).
    Sending {
        since: u64,
        script: Option<Scripted>,
    },
    Delivered,
    GivenUp(GivenUp),
}

/// Why a delivery is not tried any more.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum GivenUp {
    /// All retries failed.
    RetriesUsed,
    /// The webhook was disabled, by hand or because it kept failing.
    Disabled,
    /// The webhook was deleted.
    Deleted,
    /// A delivery that was sent again as captured is tried once.
    SentOnce,
}

/// Which delivery was sent again, and how.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Again {
    /// The id of the delivery that was sent again.
    pub of: String,
    /// How.
    pub how: How,
}

/// How a delivery is sent again.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum How {
    /// The same headers and the same body, once. After 300 s a right receiver refuses the old timestamp.
    AsCaptured,
    /// The same payload as a new delivery.
    SignedAfresh,
    /// Another payload as a new delivery.
    Edited,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Attempt {
    pub(super) at: u64,
    pub(super) url: String,
    pub(super) headers: Fields,
    pub(super) answer: Option<Answered>,
    pub(super) scripted: bool,
    /// For people: what is special about its headers.
    pub(super) note: Option<String>,
}

impl Delivery {
    /// A delivery whose first attempt is due. The history gives it its number.
    pub(super) fn new(
        id: String,
        (webhook_id, url): (String, String),
        event: &str,
        payload: Bytes,
        now: u64,
    ) -> Self {
        Self {
            id,
            sequence: 0,
            webhook_id,
            url,
            event: event.into(),
            payload,
            created_at: now,
            state: State::Waiting { until: now },
            attempts: Vec::new(),
            last_because: None,
            first: None,
            again: None,
            captured: None,
        }
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, State::Waiting { .. } | State::Sending { .. })
    }

    pub(super) const fn is_sending(&self) -> bool {
        matches!(self.state, State::Sending { .. })
    }

    pub(super) const fn due(&self) -> Option<u64> {
        match self.state {
            State::Waiting { until } => Some(until),
            _ => None,
        }
    }

    /// Takes the answer to the attempt under way, which ended at this emulated time.
    pub(super) fn take(&mut self, answer: Answered, scripted: bool, ended: u64) {
        let is_success = answer.is_success();
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.answer = Some(answer.cut());
            attempt.scripted = scripted;
        }
        let pause = pause_after(self.attempts.len());
        self.state = match (is_success, self.last_because, pause) {
            (true, ..) => State::Delivered,
            (false, Some(because), _) => State::GivenUp(because),
            (false, None, Some(pause)) => State::Waiting {
                until: ended.saturating_add(pause).min(super::clock::LATEST),
            },
            (false, None, None) => State::GivenUp(GivenUp::RetriesUsed),
        };
    }

    /// Ends it, or lets it end with the attempt under way.
    pub(super) fn give_up(&mut self, because: GivenUp) {
        match self.state {
            State::Waiting { .. } => self.state = State::GivenUp(because),
            State::Sending { .. } => self.last_because = Some(because),
            State::Delivered | State::GivenUp(_) => {}
        }
    }

    /// What it takes, in bytes. An open one has room for all its attempts, so it never takes more than it did at first.
    pub(super) fn size(&self) -> usize {
        if self.is_open() {
            return Self::open_size(self.payload.0.len());
        }
        OVERHEAD + self.payload.0.len() + self.attempts.len() * ATTEMPT_BYTES
    }

    /// What a new one with a payload of this length takes.
    pub(super) const fn open_size(payload: usize) -> usize {
        OVERHEAD
            .saturating_add(payload)
            .saturating_add(ATTEMPTS * ATTEMPT_BYTES)
    }
}
