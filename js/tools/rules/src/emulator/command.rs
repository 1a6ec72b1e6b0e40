//! What an emulator is told.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use docutray_webhook::EventKind;
use serde::Deserialize;

use super::{answered::Answered, delivery::How, scripts::Scripted};
use crate::{
    samples::{Edit, Ends, Family},
    wire::Bytes,
};

/// What an emulator is told. JSON has the variant's name in `type`.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Command {
    /// Registers an endpoint. [`Reply::Created`](super::Reply::Created) has its secret, which is not shown again.
    CreateWebhook {
        /// Exact, since it is signed.
        url: String,
        /// Names of the nine events, at least one. In JSON all nine by default.
        #[serde(default = "all_events")]
        events: Vec<String>,
        /// Whether it gets events. In JSON it does by default.
        #[serde(default = "gets_events")]
        enabled: bool,
    },
    /// Changes what is given.
    UpdateWebhook {
        /// Of the webhook.
        id: String,
        /// Also for the retries of deliveries that are open.
        #[serde(default)]
        url: Option<String>,
        /// Only for events to come.
        #[serde(default)]
        events: Option<Vec<String>>,
        /// `false` gives up the open deliveries.
        #[serde(default)]
        enabled: Option<bool>,
    },
    /// Makes a new secret. The old one stops at once, also for retries.
    RegenerateSecret {
        /// Of the webhook.
        id: String,
    },
    /// Deletes a webhook and gives up its open deliveries.
    DeleteWebhook {
        /// Of the webhook.
        id: String,
    },
    /// Lets an event happen. All enabled webhooks that have chosen it get it.
    Trigger(Trigger),
    /// The answer to an attempt that [`Effects::send`](super::Effects::send) asked for. An attempt that has ended already,
    /// by its time limit or a reset, is a fault (`attempt_ended`) that may be ignored.
    Answered {
        /// Of the attempt.
        attempt: String,
        /// What came of it.
        answer: Answered,
    },
    /// Only lets time pass.
    Tick,
    /// Turns the clock forward, from due retry to due retry. It waits for the answers to attempts that are under way.
    Advance {
        /// Emulated time.
        seconds: u32,
    },
    /// Changes how fast the clock goes.
    SetSpeed {
        /// 1 to [`FASTEST`](super::FASTEST).
        speed: u32,
    },
    /// Adds answers to the next attempts, in place of the endpoint's.
    Script {
        /// In their order.
        answers: Vec<Scripted>,
    },
    /// Sends a delivery again, as a new one.
    Again {
        /// Its id.
        delivery: String,
        /// In which way.
        how: How,
        /// The new payload, if it is edited.
        #[serde(default)]
        body: Option<Bytes>,
    },
    /// Forgets all webhooks, deliveries and scripted answers, and sets the clock to real time. Ids never come twice.
    Reset,
}

/// An event that is to happen: one of `event`, `sample` and `chain`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trigger {
    /// One of the nine events. Its payload is the sample of that name, or `payload`.
    #[serde(default)]
    pub event: Option<String>,
    /// The name of a sample: see [`SAMPLES`](crate::samples::SAMPLES).
    #[serde(default)]
    pub sample: Option<String>,
    /// The events of one piece of work, each when it would happen.
    #[serde(default)]
    pub chain: Option<Chain>,
    /// Only for this webhook.
    #[serde(default)]
    pub webhook_id: Option<String>,
    /// The payload of `event`. It may be anything, also what no receiver accepts.
    #[serde(default)]
    pub payload: Option<Bytes>,
    /// Changes to the sample.
    #[serde(default)]
    pub set: Vec<Edit>,
}

/// The events of one piece of work.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Chain {
    /// Which work.
    pub family: Family,
    /// How it ends.
    pub ends: Ends,
}

fn all_events() -> Vec<String> {
    let kinds = EventKind::KNOWN.iter();
    kinds.map(|kind| kind.as_str().to_string()).collect()
}

const fn gets_events() -> bool {
    true
}
