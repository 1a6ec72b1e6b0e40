//! An emulator of the sending side of Docutray: the settings page's webhooks, deliveries with their retries, and a clock that
//! can be turned. It is a state machine: [`Emulator::step`] takes the time and a [`Command`] and returns [`Effects`].

mod answered;
mod clock;
mod command;
mod delivery;
mod effects;
mod history;
mod in_process;
mod machine;
mod options;
mod query;
mod random;
mod saved;
mod schedule;
mod scripts;
mod target;
mod view;
mod webhooks;

pub use self::{
    answered::{Answered, BODY_KEPT, FIELDS_KEPT, Failure},
    clock::FASTEST,
    command::{Chain, Command, Trigger},
    delivery::{Again, GivenUp, How},
    effects::{Changed, Effects, Outgoing, Reply, Skipped, SkippedBecause, Started},
    in_process::InProcess,
    machine::Emulator,
    options::{Limits, Options, RetryHeaders},
    query::{ClockView, Filter, Query, SettingsView, Shown},
    schedule::{ANSWER_WITHIN, DISABLE_AFTER, MOST_UNDER_WAY, RETRIES},
    scripts::{MOST_SCRIPTED, Scripted, ScriptedAnswer, ScriptedFailure},
    view::{AttemptView, DeliveryState, DeliveryView, WebhookView},
    webhooks::MOST_WEBHOOKS,
};
pub use crate::samples::FailedError;
