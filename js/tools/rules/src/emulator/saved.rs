//! The state of an emulator, as it is saved.

use alloc::{format, string::String};

use serde::{Deserialize, Serialize};

use super::{
    clock::Clock,
    delivery::{Delivery, State as DeliveryState},
    history::History,
    random::Random,
    schedule::ATTEMPTS,
    scripts::Scripts,
    webhooks::Webhooks,
};
use crate::fault::Fault;

/// The version of the form in which it is saved.
const VERSION: u32 = 1;

/// All that an emulator remembers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    pub(super) random: Random,
    pub(super) clock: Clock,
    pub(super) webhooks: Webhooks,
    pub(super) history: History,
    pub(super) scripts: Scripts,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    state: &'a State,
}

#[derive(Deserialize)]
struct Read {
    state: State,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

impl State {
    pub(super) fn save(&self) -> String {
        let written = Written {
            version: VERSION,
            state: self,
        };
        // Maps have texts as keys, so this cannot fail.
        serde_json::to_string(&written).unwrap_or_default()
    }

    pub(super) fn restore(text: &str) -> Result<Self, Fault> {
        let Version { version } = serde_json::from_str(text).map_err(|error| broken(&error))?;
        if version != VERSION {
            let message = format!(
                "the state has version {version}, and this program knows version {VERSION}: use the program that wrote it, or \
                begin with a new file"
            );
            return Err(Fault::of("state", "unknown_state_version", message));
        }
        let Read { state, .. } = serde_json::from_str(text).map_err(|error| broken(&error))?;
        if !state.is_sound() {
            let message = "the state contradicts itself, so it was changed or damaged: restore it from a copy, or begin with a \
                new file";
            return Err(Fault::of("state", "broken_state", message));
        }
        Ok(state)
    }

    /// Whether it can have come from an emulator.
    fn is_sound(&self) -> bool {
        let deliveries = self.history.all();
        self.clock.is_sound()
            && self.random.is_sound()
            && deliveries.iter().all(is_sound)
            && deliveries.is_sorted_by(|one, next| one.sequence < next.sequence)
    }
}

fn is_sound(delivery: &Delivery) -> bool {
    let count = delivery.attempts.len();
    let awaited = delivery.attempts.iter().filter(|one| one.answer.is_none());
    let is_sending = matches!(delivery.state, DeliveryState::Sending { .. });
    count <= ATTEMPTS
        && awaited.count() == usize::from(is_sending)
        && (!is_sending
            || delivery
                .attempts
                .last()
                .is_some_and(|one| one.answer.is_none()))
}

/// The text of `serde_json`'s error may show a part of the state, so only the place is told.
fn broken(error: &serde_json::Error) -> Fault {
    let message = format!(
        "the state cannot be read, at line {}, column {}: restore it from a copy, or begin with a new file",
        error.line(),
        error.column()
    );
    Fault::of("state", "broken_state", message)
}
