//! Events, and deliveries that are sent again.

use alloc::{
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use super::Emulator;
use crate::{
    emulator::{
        command::{Chain, Trigger},
        delivery::{Again, Delivery, GivenUp, How, State as DeliveryState},
        effects::{Effects, Reply, Skipped, SkippedBecause, Started},
        saved::State,
        webhooks::{Webhook, check_event},
    },
    fault::Fault,
    samples::{ChainRequest, Edit, Family, SAMPLES, SampleRequest, chain, sample},
    wire::{Bytes, Fields},
};

/// An event that happens.
struct Happening {
    event: String,
    payload: Bytes,
    after_seconds: u64,
}

impl Emulator {
    pub(super) fn trigger(
        &mut self,
        trigger: Trigger,
        effects: &mut Effects,
    ) -> Result<Reply, Fault> {
        let webhook_id = trigger.webhook_id.clone();
        if let Some(id) = &webhook_id {
            self.state.webhooks.get(id).map_err(|fault| Fault {
                field: Some("webhookId"),
                ..fault
            })?;
        }
        let events = self.happenings(trigger)?;
        let is_meant = |webhook: &&Webhook| webhook_id.as_ref().is_none_or(|id| *id == webhook.id);
        let mut takers = Vec::new();
        let mut skipped = Vec::new();
        for event in &events {
            for webhook in self.state.webhooks.all().iter().filter(is_meant) {
                match because(webhook, &event.event) {
                    None => takers.push((event, webhook.id.clone(), webhook.url.clone())),
                    Some(because) => skipped.push(Skipped {
                        webhook_id: webhook.id.clone(),
                        event: event.event.clone(),
                        because,
                    }),
                }
            }
        }
        let State {
            history,
            clock,
            random,
            ..
        } = &mut self.state;
        let bytes = takers
            .iter()
            .map(|(event, ..)| Delivery::open_size(event.payload.0.len()))
            .sum();
        history.make_room(takers.len(), bytes, self.settings.limits)?;
        let now = clock.emulated();
        let mut deliveries = Vec::new();
        for (event, webhook_id, url) in takers {
            let delivery = Delivery::new(
                random.id("dlv"),
                (webhook_id, url),
                &event.event,
                event.payload.clone(),
                now,
            );
            let until = now.saturating_add(event.after_seconds.saturating_mul(1000));
            deliveries.push(started(&delivery));
            effects.change_delivery(&delivery.id);
            history.add(Delivery {
                state: DeliveryState::Waiting { until },
                ..delivery
            });
        }
        Ok(Reply::Triggered {
            deliveries,
            skipped,
        })
    }

    pub(super) fn again(
        &mut self,
        of: &str,
        how: How,
        body: Option<Bytes>,
        effects: &mut Effects,
    ) -> Result<Reply, Fault> {
        let State {
            history,
            clock,
            random,
            webhooks,
            ..
        } = &mut self.state;
        let earlier = history.get(of).map_err(|fault| Fault {
            field: Some("delivery"),
            ..fault
        })?;
        let webhook = receiver(webhooks.find(&earlier.webhook_id))?;
        let payload = match (how, body) {
            (How::Edited, Some(body)) => body,
            (How::AsCaptured | How::SignedAfresh, None) => earlier.payload.clone(),
            _ => {
                let message = "`body` has to be given with how `edited`, as the new payload, and not otherwise";
                return Err(Fault::of("body", "invalid_again", message));
            }
        };
        let to = (webhook.id.clone(), webhook.url.clone());
        let captured = (how == How::AsCaptured)
            .then(|| captured(earlier))
            .transpose()?;
        let event = earlier.event.clone();
        let bytes = Delivery::open_size(payload.0.len());
        history.make_room(1, bytes, self.settings.limits)?;
        let new = Delivery {
            last_because: captured.is_some().then_some(GivenUp::SentOnce),
            captured,
            again: Some(Again {
                of: of.to_string(),
                how,
            }),
            ..Delivery::new(random.id("dlv"), to, &event, payload, clock.emulated())
        };
        let deliveries = vec![started(&new)];
        effects.change_delivery(&new.id);
        history.add(new);
        Ok(Reply::Triggered {
            deliveries,
            skipped: Vec::new(),
        })
    }

    fn happenings(&mut self, trigger: Trigger) -> Result<Vec<Happening>, Fault> {
        let Trigger {
            event,
            sample,
            chain,
            payload,
            set,
            ..
        } = trigger;
        if let Some(payload) = payload {
            return match (event, sample, chain) {
                (Some(event), None, None) if set.is_empty() => {
                    check_event(&event, "event")?;
                    Ok(vec![Happening {
                        event,
                        payload,
                        after_seconds: 0,
                    }])
                }
                _ => Err(ambiguous("payload", "`payload` goes with `event` alone")),
            };
        }
        match (event, sample, chain) {
            (Some(event), None, None) => {
                check_event(&event, "event")?;
                self.sampled(event, set)
            }
            (None, Some(name), None) => self.sampled(name, set),
            (None, None, Some(chain)) if set.is_empty() => self.chained(chain),
            (None, None, Some(_)) => Err(ambiguous(
                "set",
                "`set` goes with `event` and with `sample`, not with `chain`",
            )),
            _ => Err(ambiguous(
                "event",
                "give one of `event`, `sample` and `chain`",
            )),
        }
    }

    fn sampled(&mut self, name: String, set: Vec<Edit>) -> Result<Vec<Happening>, Fault> {
        let known = SAMPLES.iter().find(|sample| sample.name == name);
        let id = known.map(|sample| self.work_id(sample.event));
        let made = sample(&SampleRequest {
            id,
            failed_error: self.settings.failed_error,
            set,
            ..SampleRequest::new(name, self.state.clock.emulated() / 1000)
        });
        let made = made.map_err(|fault| match fault.field {
            Some("name") => Fault {
                field: Some("sample"),
                ..fault
            },
            _ => fault,
        })?;
        Ok(vec![Happening {
            event: made.event.to_string(),
            payload: made.body,
            after_seconds: 0,
        }])
    }

    fn chained(&mut self, Chain { family, ends }: Chain) -> Result<Vec<Happening>, Fault> {
        let event = match family {
            Family::Conversion => "CONVERSION",
            Family::Identification => "IDENTIFICATION",
            Family::Step => "STEP",
        };
        let links = chain(&ChainRequest {
            family,
            ends,
            now: self.state.clock.emulated() / 1000,
            id: Some(self.work_id(event)),
            failed_error: self.settings.failed_error,
        })?;
        let happenings = links.into_iter().map(|link| Happening {
            event: link.event.to_string(),
            payload: link.body,
            after_seconds: link.after_seconds,
        });
        Ok(happenings.collect())
    }

    /// An id with the looks of those in Docutray's documentation.
    fn work_id(&mut self, event: &str) -> String {
        let prefix = if event.starts_with("CONVERSION") {
            "clm"
        } else if event.starts_with("IDENTIFICATION") {
            "idn"
        } else {
            "step_exec"
        };
        self.state.random.id(prefix)
    }
}

fn because(webhook: &Webhook, event: &str) -> Option<SkippedBecause> {
    if !webhook.enabled {
        Some(SkippedBecause::Disabled)
    } else if !webhook.takes(event) {
        Some(SkippedBecause::NotChosen)
    } else {
        None
    }
}

/// The webhook to which a delivery can be sent again.
fn receiver(webhook: Option<&Webhook>) -> Result<&Webhook, Fault> {
    let message = match webhook {
        Some(webhook) if webhook.enabled => return Ok(webhook),
        Some(_) => "the delivery's webhook is disabled; enable it first",
        None => "the delivery's webhook was deleted",
    };
    Err(Fault::of("delivery", "no_webhook", message))
}

/// The headers of its last attempt.
fn captured(delivery: &Delivery) -> Result<Fields, Fault> {
    let attempt = delivery.attempts.last().ok_or_else(|| {
        let message = "the delivery was not sent yet, so there is nothing to send again as it was";
        Fault::of("delivery", "not_sent_yet", message)
    })?;
    Ok(attempt.headers.clone())
}

fn started(delivery: &Delivery) -> Started {
    Started {
        id: delivery.id.clone(),
        webhook_id: delivery.webhook_id.clone(),
        event: delivery.event.clone(),
    }
}

fn ambiguous(field: &'static str, message: &str) -> Fault {
    Fault::of(field, "ambiguous_trigger", message)
}
