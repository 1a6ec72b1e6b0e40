//! What an emulator shows, with the names of `js/tools/src/wire.ts`. Times are ISO 8601, by the emulator's clock.

use alloc::{format, string::String, vec::Vec};

use serde::Serialize;

use super::{
    answered::Answered,
    delivery::{Again, Attempt, Delivery, GivenUp, State},
    webhooks::Webhook,
};
use crate::{
    time::iso8601 as iso,
    wire::{Bytes, Fields},
};

/// A registered webhook. It does not show its secret.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookView {
    /// Its name in commands.
    pub id: String,
    /// As registered.
    pub url: String,
    /// In the documentation's order.
    pub events: Vec<String>,
    /// Whether it gets events.
    pub enabled: bool,
    /// When.
    pub created_at: String,
    /// Why the emulator disabled it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_because: Option<String>,
}

impl From<&Webhook> for WebhookView {
    fn from(webhook: &Webhook) -> Self {
        Self {
            id: webhook.id.clone(),
            url: webhook.url.clone(),
            events: webhook.events.clone(),
            enabled: webhook.enabled,
            created_at: iso(webhook.created_at),
            disabled_because: webhook.disabled_because.clone(),
        }
    }
}

/// A delivery with its attempts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryView {
    /// Its name in commands and queries.
    pub id: String,
    /// Later deliveries have greater numbers.
    pub sequence: u64,
    /// To which it goes. The webhook may have been deleted.
    pub webhook_id: String,
    /// The URL of the last attempt.
    pub url: String,
    /// The event's name.
    pub event: String,
    /// When the event happened.
    pub created_at: String,
    /// How far it is.
    pub state: DeliveryState,
    /// Of one given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_up_because: Option<GivenUp>,
    /// Of one that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// Of one that sends another again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// The first, and the retries.
    pub attempts: Vec<AttemptView>,
    /// The payload's length.
    pub payload_bytes: usize,
    /// Absent in a summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<Bytes>,
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// An attempt is under way.
    Sending,
    /// It waits for its next attempt.
    Waiting,
    /// It was answered with 2xx.
    Delivered,
    /// It is not tried any more.
    GivenUp,
}

impl From<State> for DeliveryState {
    fn from(state: State) -> Self {
        match state {
            State::Waiting { .. } => Self::Waiting,
            State::Sending { .. } => Self::Sending,
            State::Delivered => Self::Delivered,
            State::GivenUp(_) => Self::GivenUp,
        }
    }
}

/// One attempt of a delivery.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// Its name in [`Command::Answered`](super::Command::Answered).
    pub id: String,
    /// From 1 (the first) to 6.
    pub number: usize,
    /// When.
    pub at: String,
    /// Where to.
    pub url: String,
    /// As they were sent. Empty in a summary.
    pub headers: Fields,
    /// For people: what is special about the headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Absent while it is awaited. Without headers and body in a summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
    /// Whether a script gave the answer.
    pub scripted: bool,
}

impl DeliveryView {
    pub(super) fn whole(delivery: &Delivery) -> Self {
        Self {
            payload: Some(delivery.payload.clone()),
            attempts: attempts(delivery, |attempt| {
                (attempt.headers.clone(), attempt.answer.clone())
            }),
            ..Self::summary(delivery)
        }
    }

    /// Without what takes much room.
    pub(super) fn summary(delivery: &Delivery) -> Self {
        Self {
            id: delivery.id.clone(),
            sequence: delivery.sequence,
            webhook_id: delivery.webhook_id.clone(),
            url: delivery.url.clone(),
            event: delivery.event.clone(),
            created_at: iso(delivery.created_at),
            state: delivery.state.into(),
            given_up_because: match delivery.state {
                State::GivenUp(because) => Some(because),
                _ => None,
            },
            next_attempt_at: delivery.due().map(iso),
            again: delivery.again.clone(),
            attempts: attempts(delivery, |attempt| {
                (
                    Fields::new(),
                    attempt.answer.as_ref().map(Answered::summary),
                )
            }),
            payload_bytes: delivery.payload.0.len(),
            payload: None,
        }
    }
}

fn attempts(
    delivery: &Delivery,
    shown: impl Fn(&Attempt) -> (Fields, Option<Answered>),
) -> Vec<AttemptView> {
    let numbered = (1..).zip(&delivery.attempts);
    numbered
        .map(|(number, attempt)| {
            let (headers, answer) = shown(attempt);
            AttemptView {
                id: attempt_id(&delivery.id, number),
                number,
                at: iso(attempt.at),
                url: attempt.url.clone(),
                headers,
                note: attempt.note.clone(),
                answer,
                scripted: attempt.scripted,
            }
        })
        .collect()
}

/// The id of a delivery's attempt with this number.
pub(super) fn attempt_id(delivery: &str, number: usize) -> String {
    format!("{delivery}.{number}")
}
