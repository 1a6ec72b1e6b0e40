//! An emulator with what is around it: a clock, and an endpoint that answers when it likes.

use std::collections::{BTreeMap, BTreeSet};

use docutray_webhook_tools::{
    emulator::{
        ClockView, Command, DeliveryView, Effects, Emulator, Filter, How, Limits, Options,
        Outgoing, Query, Reply, RetryHeaders, Shown, Trigger, WebhookView,
    },
    secret::Secret,
    wire::Bytes,
};

use crate::{
    NOW,
    operation::{Choice, Operation, URLS},
};

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    /// One from the same seed with the same commands, or from what was saved.
    twin: Emulator,
    pub(crate) now: u64,
    /// The time of the last step.
    last: u64,
    /// Requests that the endpoint has not answered.
    pub(crate) requests: Vec<Outgoing>,
    /// By webhook: the only secret that may sign.
    pub(crate) secrets: BTreeMap<String, String>,
    all_secrets: BTreeSet<String>,
    pub(crate) settings: (RetryHeaders, Limits),
}

/// What one step did.
pub(crate) struct Step {
    /// How far the caller's clock has gone since the last step, in milliseconds. 0 if it went back.
    pub(crate) passed: u64,
    pub(crate) command: Command,
    pub(crate) effects: Effects,
    pub(crate) before: Picture,
    pub(crate) after: Picture,
}

/// All that can be seen.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) clock: ClockView,
    pub(crate) webhooks: Vec<WebhookView>,
    /// The newest first.
    pub(crate) deliveries: Vec<DeliveryView>,
    pub(crate) dropped: u64,
}

impl World {
    pub(crate) fn new(retry_headers: RetryHeaders, limits: Limits) -> Self {
        let options = || Options {
            retry_headers,
            limits,
            ..Options::new("0a".repeat(32), NOW)
        };
        Self {
            emulator: Emulator::new(options()).unwrap(),
            twin: Emulator::new(options()).unwrap(),
            now: NOW,
            last: NOW,
            requests: Vec::new(),
            secrets: BTreeMap::new(),
            all_secrets: BTreeSet::new(),
            settings: (retry_headers, limits),
        }
    }

    /// Lets time pass, and then does the operation. So the operation itself takes no time.
    pub(crate) fn run(
        &mut self,
        milliseconds: i64,
        operation: &Operation,
        check: impl Fn(&Self, &Step),
    ) {
        self.now = self.now.saturating_add_signed(milliseconds);
        let passed = self.step(Command::Tick);
        check(self, &passed);
        if matches!(operation, Operation::Restore) {
            self.restore();
        }
        if let Some(command) = self.command(operation) {
            let done = self.step(command);
            check(self, &done);
        }
    }

    pub(crate) fn step(&mut self, command: Command) -> Step {
        let before = self.picture();
        let passed = self.now.saturating_sub(self.last);
        self.last = self.now;
        let effects = self.emulator.step(self.now, command.clone());
        let of_twin = self.twin.step(self.now, command.clone());
        assert_eq!(
            json(&effects),
            json(&of_twin),
            "the same commands had other effects"
        );
        match (&command, &effects.reply) {
            (_, Some(Reply::Created { webhook, secret })) => self.keep(&webhook.id, secret),
            (Command::RegenerateSecret { id }, Some(Reply::Regenerated { secret })) => {
                self.keep(id, secret);
            }
            _ => {}
        }
        self.requests.extend(effects.send.iter().cloned());
        let after = self.picture();
        Step {
            passed,
            command,
            effects,
            before,
            after,
        }
    }

    fn keep(&mut self, webhook: &str, secret: &Secret) {
        let secret = secret.expose().to_owned();
        assert!(
            self.all_secrets.insert(secret.clone()),
            "a secret came twice"
        );
        self.secrets.insert(webhook.into(), secret);
    }

    pub(crate) fn picture(&self) -> Picture {
        let all = Filter {
            limit: Some(usize::MAX),
            ..Filter::default()
        };
        let Shown::Deliveries { items, dropped, .. } = self.query(&Query::Deliveries(all)) else {
            panic!("deliveries");
        };
        let Shown::Webhooks { items: webhooks } = self.query(&Query::Webhooks) else {
            panic!("webhooks");
        };
        let Shown::Clock(clock) = self.query(&Query::Clock) else {
            panic!("a clock");
        };
        Picture {
            clock,
            webhooks,
            deliveries: items,
            dropped,
        }
    }

    fn query(&self, query: &Query) -> Shown {
        self.emulator.query(query).unwrap()
    }

    fn restore(&mut self) {
        let options = Options {
            retry_headers: self.settings.0,
            limits: self.settings.1,
            state: Some(self.emulator.save()),
            // Nothing may follow from these.
            ..Options::new("0b".repeat(32), 0)
        };
        self.twin = Emulator::new(options).unwrap();
        assert_eq!(self.twin.save(), self.emulator.save());
    }

    /// Returns none if what is chosen does not exist.
    fn command(&mut self, operation: &Operation) -> Option<Command> {
        let picture = self.picture();
        let webhook = |choice: &Choice| Some(chosen(&picture.webhooks, choice)?.id.clone());
        Some(match operation.clone() {
            Operation::Create {
                url,
                events,
                enabled,
            } => Command::CreateWebhook {
                url: URLS[url].into(),
                events,
                enabled,
            },
            Operation::Update {
                webhook: choice,
                url,
                events,
                enabled,
            } => Command::UpdateWebhook {
                id: webhook(&choice)?,
                url: url.map(|url| URLS[url].into()),
                events,
                enabled,
            },
            Operation::Regenerate(choice) => Command::RegenerateSecret {
                id: webhook(&choice)?,
            },
            Operation::Delete(choice) => Command::DeleteWebhook {
                id: webhook(&choice)?,
            },
            Operation::Trigger(trigger, only) => Command::Trigger(Trigger {
                webhook_id: only.and_then(|choice| webhook(&choice)),
                ..trigger
            }),
            Operation::Answer(choice, answer) => {
                let request =
                    (!self.requests.is_empty()).then(|| choice.index(self.requests.len()))?;
                Command::Answered {
                    attempt: self.requests.swap_remove(request).attempt,
                    answer,
                }
            }
            Operation::Advance(seconds) => Command::Advance { seconds },
            Operation::SetSpeed(speed) => Command::SetSpeed { speed },
            Operation::Script(answers) => Command::Script { answers },
            Operation::Again(choice, how) => {
                let delivery = chosen(&picture.deliveries, &choice)?;
                let payload = delivery.payload.clone().unwrap().0;
                Command::Again {
                    delivery: delivery.id.clone(),
                    how,
                    body: (how == How::Edited).then(|| Bytes([&*payload, b"\n"].concat())),
                }
            }
            Operation::Reset => Command::Reset,
            Operation::Restore | Operation::Nothing => return None,
        })
    }
}

fn chosen<'a, T>(all: &'a [T], choice: &Choice) -> Option<&'a T> {
    (!all.is_empty()).then(|| choice.get(all))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}
