//! The registered webhooks.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use docutray_webhook::EventKind;
use serde::{Deserialize, Serialize};

use super::{random::Random, schedule::DISABLE_AFTER};
use crate::{fault::Fault, secret::Secret};

/// The most webhooks.
pub const MOST_WEBHOOKS: usize = 100;

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Webhook {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) events: Vec<String>,
    pub(super) enabled: bool,
    pub(super) created_at: u64,
    pub(super) disabled_because: Option<String>,
    /// The only one: nothing is ever signed with one before it.
    pub(super) secret: Secret,
    /// Deliveries in a row that used all their retries.
    pub(super) failures: u32,
}

impl Webhook {
    /// Whether it has chosen the event. An event that is not documented yet cannot be chosen, and goes to all.
    pub(super) fn takes(&self, event: &str) -> bool {
        self.events.iter().any(|name| name == event) || check_event(event, "").is_err()
    }

    /// Notes how a delivery ended. Returns whether the webhook is disabled by that.
    pub(super) fn note(&mut self, is_success: bool) -> bool {
        if is_success {
            self.failures = 0;
            return false;
        }
        self.failures = self.failures.saturating_add(1);
        let is_last = self.enabled && self.failures >= DISABLE_AFTER;
        if is_last {
            self.enabled = false;
            self.disabled_because = Some(format!(
                "{} deliveries in a row failed with all their retries; Docutray does not say after how many it disables an \
                endpoint, so this number is the emulator's",
                self.failures
            ));
        }
        is_last
    }

    /// Switches it by hand.
    pub(super) fn switch(&mut self, enabled: bool) {
        self.enabled = enabled;
        self.disabled_because = None;
        self.failures = 0;
    }
}

#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub(super) struct Webhooks(Vec<Webhook>);

impl Webhooks {
    pub(super) fn all(&self) -> &[Webhook] {
        &self.0
    }

    pub(super) fn find(&self, id: &str) -> Option<&Webhook> {
        self.0.iter().find(|webhook| webhook.id == id)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Webhook> {
        self.0.iter_mut().find(|webhook| webhook.id == id)
    }

    pub(super) fn get(&self, id: &str) -> Result<&Webhook, Fault> {
        self.find(id).ok_or_else(unknown)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Result<&mut Webhook, Fault> {
        self.find_mut(id).ok_or_else(unknown)
    }

    pub(super) fn create(
        &mut self,
        (url, events, enabled): (String, Vec<String>, bool),
        created_at: u64,
        random: &mut Random,
    ) -> Result<&Webhook, Fault> {
        if self.0.len() >= MOST_WEBHOOKS {
            return Err(Fault {
                code: "too_many_webhooks",
                message: "there are 100 webhooks; delete one first".into(),
                field: None,
            });
        }
        self.0.push(Webhook {
            id: random.id("wh"),
            url,
            events: checked(&events)?,
            enabled,
            created_at,
            disabled_because: None,
            secret: random.secret(),
            failures: 0,
        });
        self.0.last().ok_or_else(unknown)
    }

    pub(super) fn delete(&mut self, id: &str) -> Result<(), Fault> {
        let before = self.0.len();
        self.0.retain(|webhook| webhook.id != id);
        if self.0.len() == before {
            return Err(unknown());
        }
        Ok(())
    }
}

fn unknown() -> Fault {
    let message = "there is no such webhook; it may have been deleted";
    Fault::of("id", "unknown_webhook", message)
}

/// Returns the events in the documentation's order, each once.
pub(super) fn checked(events: &[String]) -> Result<Vec<String>, Fault> {
    for event in events {
        check_event(event, "events")?;
    }
    let known = EventKind::KNOWN.iter().map(|kind| kind.as_str());
    let chosen = known.filter(|name| events.iter().any(|event| event == name));
    let chosen: Vec<_> = chosen.map(str::to_string).collect();
    if chosen.is_empty() {
        let message = "choose at least one event";
        return Err(Fault::of("events", "no_events", message));
    }
    Ok(chosen)
}

/// Checks that an event is one of the nine.
pub(super) fn check_event(event: &str, field: &'static str) -> Result<(), Fault> {
    if EventKind::KNOWN.iter().any(|kind| kind.as_str() == event) {
        return Ok(());
    }
    let names: Vec<_> = EventKind::KNOWN.iter().map(|kind| kind.as_str()).collect();
    let message = format!("an event has to be one of {}", names.join(", "));
    Err(Fault::of(field, "unknown_event", message))
}
