//! What follows from a command.

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use super::view::WebhookView;
use crate::{
    fault::Fault,
    secret::Secret,
    wire::{Bytes, Fields},
};

/// What follows from a command, and what the caller has to do.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effects {
    /// The result of the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// Why the command was not done. Time has passed all the same, so there may be effects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
    /// Requests to send now. Each is answered by [`Command::Answered`](super::Command::Answered).
    pub send: Vec<Outgoing>,
    /// When the next [`Command::Tick`](super::Command::Tick) is needed, by the caller's clock, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wake_at: Option<u64>,
    /// What looks different now.
    pub changed: Vec<Changed>,
    /// Whether [`Emulator::save`](super::Emulator::save) has something new besides the time.
    pub save: bool,
}

/// The result of a command that has one.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Reply {
    /// Of [`Command::CreateWebhook`](super::Command::CreateWebhook).
    Created {
        /// The new one.
        webhook: WebhookView,
        /// Its secret.
        secret: Secret,
    },
    /// Of [`Command::UpdateWebhook`](super::Command::UpdateWebhook).
    Updated {
        /// As it is now.
        webhook: WebhookView,
    },
    /// Of [`Command::RegenerateSecret`](super::Command::RegenerateSecret).
    Regenerated {
        /// The new one.
        secret: Secret,
    },
    /// Of [`Command::Trigger`](super::Command::Trigger) and [`Command::Again`](super::Command::Again).
    Triggered {
        /// In the order of their events, and of the webhooks.
        deliveries: Vec<Started>,
        /// The webhooks that get nothing.
        skipped: Vec<Skipped>,
    },
}

/// A delivery that was started.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// Of the delivery.
    pub id: String,
    /// To which it goes.
    pub webhook_id: String,
    /// Its name.
    pub event: String,
}

/// A webhook that does not get an event.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Of the webhook.
    pub webhook_id: String,
    /// The event's name.
    pub event: String,
    /// Why not.
    pub because: SkippedBecause,
}

/// Why a webhook does not get an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SkippedBecause {
    /// It is disabled.
    Disabled,
    /// It has not chosen the event.
    NotChosen,
}

/// A request to send: a `POST` with exactly these header fields, besides `Host` and `Content-Length`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Outgoing {
    /// The attempt's id.
    pub attempt: String,
    /// Where to.
    pub url: String,
    /// In this order.
    pub headers: Fields,
    /// The payload.
    pub body: Bytes,
}

/// Something that looks different now.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Changed {
    /// The delivery with this id.
    Delivery(String),
    /// The webhook with this id.
    Webhook(String),
    /// The clock was turned or changed its speed: always `true`.
    Clock(bool),
    /// All of it: always `true`.
    Everything(bool),
}

impl Effects {
    /// Notes a change, once.
    pub(super) fn change(&mut self, changed: Changed) {
        if !self.changed.contains(&changed) {
            self.changed.push(changed);
        }
        self.save = true;
    }

    pub(super) fn change_delivery(&mut self, id: &str) {
        self.change(Changed::Delivery(id.into()));
    }

    pub(super) fn change_webhook(&mut self, id: &str) {
        self.change(Changed::Webhook(id.into()));
    }
}
