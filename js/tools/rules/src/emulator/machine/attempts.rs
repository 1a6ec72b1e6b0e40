//! Attempts: when they are made, what they send, and what comes of them.

use alloc::{format, string::String, vec::Vec};

use super::Emulator;
use crate::{
    emulator::{
        answered::{Answered, Failure},
        clock::Clock,
        delivery::{Attempt, Delivery, GivenUp, State as DeliveryState},
        effects::{Changed, Effects, Outgoing},
        options::RetryHeaders,
        random::Random,
        saved::State,
        schedule::{ANSWER_WITHIN_MILLISECONDS, MOST_UNDER_WAY},
        scripts::Scripted,
        view::attempt_id,
        webhooks::Webhook,
    },
    fault::Fault,
    sign::{Unsigned, sign},
    wire::Fields,
};

impl Emulator {
    /// Makes the attempts that are due. A clock that is to be turned goes to the next due attempt when no answer is awaited.
    pub(super) fn send_what_is_due(&mut self, effects: &mut Effects) {
        loop {
            if self.start_due(effects) {
                continue;
            }
            let State { clock, history, .. } = &mut self.state;
            if history.under_way() > 0 || !clock.turn_to(history.next_due()) {
                break;
            }
            effects.change(Changed::Clock(true));
        }
    }

    /// Returns whether any were made.
    fn start_due(&mut self, effects: &mut Effects) -> bool {
        let now = self.state.clock.emulated();
        let deliveries = self.state.history.all().iter();
        let mut due: Vec<_> = deliveries
            .filter_map(|delivery| Some((delivery.due()?, delivery.sequence, delivery.id.clone())))
            .filter(|(due, ..)| *due <= now)
            .collect();
        due.sort_unstable();
        let mut is_any = false;
        for (_, _, id) in &due {
            if self.state.history.under_way() >= MOST_UNDER_WAY {
                break;
            }
            self.start(id, effects);
            is_any = true;
        }
        is_any
    }

    fn start(&mut self, id: &str, effects: &mut Effects) {
        let State {
            history,
            webhooks,
            scripts,
            clock,
            random,
        } = &mut self.state;
        let Some(delivery) = history.find_mut(id).filter(|one| one.due().is_some()) else {
            // The end of another delivery has disabled the webhook.
            return;
        };
        effects.change_delivery(id);
        let Some(webhook) = webhooks
            .find(&delivery.webhook_id)
            .filter(|one| one.enabled)
        else {
            delivery.give_up(GivenUp::Disabled);
            return;
        };
        let script = scripts.next();
        let (headers, note) = match &delivery.captured {
            Some(headers) => (headers.clone(), Some(AS_CAPTURED.into())),
            None => signed(
                delivery,
                webhook,
                (clock, random),
                self.settings.retry_headers,
            ),
        };
        delivery.url.clone_from(&webhook.url);
        delivery.state = DeliveryState::Sending {
            since: clock.elapsed(),
            script,
        };
        delivery.attempts.push(Attempt {
            at: clock.emulated(),
            url: webhook.url.clone(),
            headers: headers.clone(),
            answer: None,
            scripted: false,
            note,
        });
        match script {
            Some(script) if !script.delivered => self.end(id, None, effects),
            _ => effects.send.push(Outgoing {
                attempt: attempt_id(id, delivery.attempts.len()),
                url: webhook.url.clone(),
                headers,
                body: delivery.payload.clone(),
            }),
        }
    }

    pub(super) fn answered(
        &mut self,
        attempt: &str,
        answer: Answered,
        effects: &mut Effects,
    ) -> Result<(), Fault> {
        let (id, number) = attempt.rsplit_once('.').unwrap_or_default();
        let delivery = self
            .state
            .history
            .find(id)
            .filter(|delivery| delivery.is_sending());
        if delivery.is_none_or(|delivery| {
            attempt_id(id, delivery.attempts.len()) != format!("{id}.{number}")
        }) {
            let message =
                "no answer to this attempt is awaited: it took too long, or the emulator was reset";
            return Err(Fault::of("attempt", "attempt_ended", message));
        }
        self.end(id, Some(answer), effects);
        Ok(())
    }

    /// Ends the attempts that have taken too long.
    pub(super) fn end_late_attempts(&mut self, effects: &mut Effects) {
        let elapsed = self.state.clock.elapsed();
        let late = self
            .state
            .history
            .all()
            .iter()
            .filter(|delivery| match delivery.state {
                DeliveryState::Sending { since, .. } => {
                    elapsed.saturating_sub(since) >= ANSWER_WITHIN_MILLISECONDS
                }
                _ => false,
            });
        let late: Vec<String> = late.map(|delivery| delivery.id.clone()).collect();
        for id in late {
            self.end(&id, None, effects);
        }
    }

    /// Ends the attempt of a delivery that is under way. Without an answer it has taken too long. A script's answer takes the
    /// place of both.
    fn end(&mut self, id: &str, answer: Option<Answered>, effects: &mut Effects) {
        let State {
            history,
            webhooks,
            clock,
            ..
        } = &mut self.state;
        let Some(delivery) = history.find_mut(id) else {
            return;
        };
        let DeliveryState::Sending { script, .. } = delivery.state else {
            return;
        };
        let timeout = || Answered::failed(Failure::Timeout, ANSWER_WITHIN_MILLISECONDS);
        let answer = script
            .map(Scripted::answered)
            .or(answer)
            .unwrap_or_else(timeout);
        let began = delivery.attempts.last().map_or(0, |attempt| attempt.at);
        let ended = began
            .saturating_add(script.map_or(0, Scripted::lasts))
            .max(clock.emulated());
        delivery.take(answer, script.is_some(), ended);
        effects.change_delivery(id);
        let is_success = match delivery.state {
            DeliveryState::Delivered => true,
            DeliveryState::GivenUp(GivenUp::RetriesUsed) => false,
            _ => return,
        };
        let webhook_id = delivery.webhook_id.clone();
        let Some(webhook) = webhooks.find_mut(&webhook_id) else {
            return;
        };
        if webhook.note(is_success) {
            effects.change_webhook(&webhook_id);
            self.give_up(&webhook_id, GivenUp::Disabled, effects);
        }
    }

    /// When something is due again, by the caller's clock.
    pub(super) fn wake_at(&self) -> Option<u64> {
        let State { history, clock, .. } = &self.state;
        let wake = |delivery: &Delivery| match delivery.state {
            // What is due already waits for others to end.
            DeliveryState::Waiting { until } => {
                (until > clock.emulated()).then(|| clock.real_at(until))
            }
            DeliveryState::Sending { since, .. } => {
                let passed = clock.elapsed().saturating_sub(since);
                let left = ANSWER_WITHIN_MILLISECONDS.saturating_sub(passed);
                Some(clock.real().saturating_add(left))
            }
            _ => None,
        };
        history.all().iter().filter_map(wake).min()
    }
}

const AS_CAPTURED: &str =
    "sent again as captured: the headers and the body are those of the earlier attempt";

/// Returns the headers of an attempt, and what is special about them.
fn signed(
    delivery: &mut Delivery,
    webhook: &Webhook,
    (clock, random): (&Clock, &mut Random),
    retry_headers: RetryHeaders,
) -> (Fields, Option<String>) {
    let first = delivery
        .first
        .get_or_insert_with(|| (random.uuid(), clock.emulated()));
    let (request_id, at, note) = match (delivery.attempts.len(), retry_headers) {
        (0, _) => (first.0.clone(), first.1, None),
        (_, RetryHeaders::New) => (random.uuid(), clock.emulated(), None),
        (_, RetryHeaders::Same) => {
            let note = format!(
                "a retry with the request id of the first attempt, and its date: {} seconds ago by the emulator's clock. A \
                receiver has a clock of its own, so the date is counted back from that, and the signature follows it",
                clock.emulated().saturating_sub(first.1) / 1000
            );
            (first.0.clone(), first.1, Some(note))
        }
    };
    let delivery = sign(&Unsigned {
        secret: webhook.secret.clone(),
        url: webhook.url.clone(),
        event: delivery.event.clone(),
        body: delivery.payload.clone(),
        now: clock.date_of(at),
        request_id,
    });
    (delivery.headers, note)
}
