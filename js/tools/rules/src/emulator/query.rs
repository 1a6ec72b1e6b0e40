//! What an emulator is asked.

use alloc::{string::String, vec::Vec};

use docutray_webhook::EventKind;
use serde::{Deserialize, Serialize};

use super::{
    clock::Clock,
    delivery::Delivery,
    history::History,
    options::{Limits, RetryHeaders, Settings},
    saved::State,
    schedule::{ANSWER_WITHIN, DISABLE_AFTER, RETRIES},
    view::{DeliveryState, DeliveryView, WebhookView},
};
use crate::{fault::Fault, samples::FailedError, time::iso8601};

/// How many deliveries a query returns unless it says so.
const LIMIT: usize = 50;

/// What an emulator is asked. JSON has the variant's name in `type`.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Query {
    /// All webhooks.
    Webhooks,
    /// One webhook.
    Webhook {
        /// Its id.
        id: String,
    },
    /// Those deliveries that are kept and that the filter lets through, the newest first.
    Deliveries(Filter),
    /// One delivery.
    Delivery {
        /// Its id.
        id: String,
    },
    /// The newest delivery that the filter lets through.
    Latest(Filter),
    /// The clock as it was at the last step: let it tick before.
    Clock,
    /// The settings, and the numbers of Docutray's schedule.
    Settings,
}

/// Which deliveries are asked for. What is absent lets all through.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Filter {
    /// The event's name.
    pub event: Option<String>,
    /// How far they are.
    pub state: Option<DeliveryState>,
    /// To which webhook.
    pub webhook_id: Option<String>,
    /// A part of the id, the URL, the event's name or the payload; the case of ASCII letters does not matter.
    pub text: Option<String>,
    /// Only those with a greater sequence number.
    pub since: Option<u64>,
    /// At most so many. Without it 50.
    pub limit: Option<usize>,
    /// Whether to leave out payloads, headers, and the answers' bodies.
    pub summary: bool,
}

/// The answer to a query.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Shown {
    /// To [`Query::Webhooks`].
    Webhooks {
        /// The oldest first.
        items: Vec<WebhookView>,
    },
    /// To [`Query::Webhook`].
    Webhook(WebhookView),
    /// To [`Query::Deliveries`].
    Deliveries {
        /// The newest first.
        items: Vec<DeliveryView>,
        /// How many the filter lets through, beyond the limit, too.
        matching: usize,
        /// How many deliveries were dropped from the history for want of room.
        dropped: u64,
    },
    /// To [`Query::Delivery`].
    Delivery(DeliveryView),
    /// To [`Query::Latest`]: `null` if there is none.
    Latest(Option<DeliveryView>),
    /// To [`Query::Clock`].
    Clock(ClockView),
    /// To [`Query::Settings`].
    Settings(SettingsView),
}

/// The emulator's clock.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockView {
    /// What it shows: ISO 8601.
    pub now: String,
    /// The same in milliseconds since 1970.
    pub now_milliseconds: u64,
    /// How many times faster than real time it goes.
    pub speed: u32,
    /// By how many milliseconds it is still to be turned forward, once the attempts under way are answered.
    pub advancing_milliseconds: u64,
    /// When the next attempt is due, by this clock: ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// How many answers are scripted for attempts to come.
    pub scripted_answers: usize,
}

/// What the emulator follows.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Of a retry. Docutray does not document it.
    pub retry_headers: RetryHeaders,
    /// Of a failed event. Docutray does not document it.
    pub failed_error: FailedError,
    /// Whether plain `http` may leave this machine.
    pub allow_remote: bool,
    /// Of the history.
    pub limits: Limits,
    /// How long after a failure the next attempt is made, as documented.
    pub retries_after_seconds: [u32; 5],
    /// How long an endpoint may take, as documented, in real seconds.
    pub answer_within_seconds: u32,
    /// After how many deliveries in a row that used all their retries an endpoint is disabled. The number is ours.
    pub disable_after: u32,
    /// The names of the documented events.
    pub events: Vec<&'static str>,
}

/// Answers a query.
pub(super) fn answer(query: &Query, state: &State, settings: Settings) -> Result<Shown, Fault> {
    Ok(match query {
        Query::Webhooks => Shown::Webhooks {
            items: state.webhooks.all().iter().map(WebhookView::from).collect(),
        },
        Query::Webhook { id } => Shown::Webhook(state.webhooks.get(id)?.into()),
        Query::Deliveries(filter) => deliveries(filter, &state.history),
        Query::Delivery { id } => Shown::Delivery(DeliveryView::whole(state.history.get(id)?)),
        Query::Latest(filter) => Shown::Latest(
            filter
                .newest_first(&state.history)
                .next()
                .map(|one| filter.show(one)),
        ),
        Query::Clock => Shown::Clock(clock(&state.clock, state)),
        Query::Settings => Shown::Settings(shown_settings(settings)),
    })
}

fn deliveries(filter: &Filter, history: &History) -> Shown {
    let limit = filter.limit.unwrap_or(LIMIT);
    let found: Vec<_> = filter.newest_first(history).collect();
    Shown::Deliveries {
        items: found
            .iter()
            .take(limit)
            .map(|one| filter.show(one))
            .collect(),
        matching: found.len(),
        dropped: history.dropped(),
    }
}

fn clock(clock: &Clock, state: &State) -> ClockView {
    ClockView {
        now: iso8601(clock.emulated()),
        now_milliseconds: clock.emulated(),
        speed: clock.speed(),
        advancing_milliseconds: clock.advancing(),
        next_attempt_at: state.history.next_due().map(iso8601),
        scripted_answers: state.scripts.len(),
    }
}

fn shown_settings(settings: Settings) -> SettingsView {
    SettingsView {
        retry_headers: settings.retry_headers,
        failed_error: settings.failed_error,
        allow_remote: settings.allow_remote,
        limits: settings.limits,
        retries_after_seconds: RETRIES,
        answer_within_seconds: ANSWER_WITHIN,
        disable_after: DISABLE_AFTER,
        events: EventKind::KNOWN.iter().map(|kind| kind.as_str()).collect(),
    }
}

impl Filter {
    fn newest_first<'a>(&'a self, history: &'a History) -> impl Iterator<Item = &'a Delivery> {
        history
            .all()
            .iter()
            .rev()
            .filter(|delivery| self.lets_through(delivery))
    }

    fn lets_through(&self, delivery: &Delivery) -> bool {
        let is = |wanted: &Option<String>, text: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == text)
        };
        is(&self.event, &delivery.event)
            && is(&self.webhook_id, &delivery.webhook_id)
            && self
                .state
                .is_none_or(|state| state == delivery.state.into())
            && self.since.is_none_or(|since| delivery.sequence > since)
            && self
                .text
                .as_ref()
                .is_none_or(|text| has_text(delivery, text.as_bytes()))
    }

    fn show(&self, delivery: &Delivery) -> DeliveryView {
        if self.summary {
            DeliveryView::summary(delivery)
        } else {
            DeliveryView::whole(delivery)
        }
    }
}

fn has_text(delivery: &Delivery, text: &[u8]) -> bool {
    let texts = [&delivery.id, &delivery.url, &delivery.event].map(String::as_bytes);
    let contains = |whole: &[u8]| {
        text.is_empty()
            || whole
                .windows(text.len())
                .any(|part| part.eq_ignore_ascii_case(text))
    };
    texts
        .into_iter()
        .chain([&*delivery.payload.0])
        .any(contains)
}
