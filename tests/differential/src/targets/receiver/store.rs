//! A store that follows the rules of `tests/model`, unless its plan says otherwise.

use std::{
    collections::{BTreeMap, VecDeque},
    future,
    panic::resume_unwind,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use docutray_webhook::idempotency::{Claim, Store};
use docutray_webhook_model::{
    rules::{Answer, Call, Record, Rules, Token},
    seen::Seen,
};
use tokio::time::{Instant, sleep};

use super::{
    plan::{How, Lie, Plan, StoreStep, Time},
    watch::{Change, Watch},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Two hours in milliseconds.
const REMEMBER: i32 = 7_200_000;
/// Tokens that only a lie has.
const OF_LIES: u64 = 1 << 40;

#[derive(Debug)]
pub(super) struct ModelStore {
    start: Instant,
    rules: Rules,
    data: Mutex<Data>,
    pub(super) watch: Arc<Watch>,
}

#[derive(Debug, Default)]
struct Data {
    steps: VecDeque<StoreStep>,
    keys: BTreeMap<String, Key>,
    last_token: Token,
    lies: u64,
}

/// What the model knows of an event.
#[derive(Clone, Copy, Debug, Default)]
struct Key {
    record: Option<Record>,
    seen: Seen,
    /// The promises of the model are those of a store that does not lie.
    is_lied_about: bool,
}

impl ModelStore {
    pub(super) fn new(plan: &Plan, watch: Arc<Watch>) -> Self {
        let data = Data {
            steps: plan.store.clone().into(),
            ..Data::default()
        };
        Self {
            start: Instant::now(),
            rules: Rules {
                lease: plan.lease.0.try_into().unwrap(),
                remember: REMEMBER,
                broken: None,
            },
            data: Mutex::new(data),
            watch,
        }
    }

    fn data(&self) -> MutexGuard<'_, Data> {
        self.data.lock().unwrap()
    }

    /// From now on it does what it should.
    pub(super) fn becomes_right(&self) {
        self.data().steps.clear();
    }

    fn now(&self) -> i32 {
        self.start.elapsed().as_millis().try_into().unwrap()
    }

    fn apply(&self, key: &str, call: Call) -> Answer {
        let now = self.now();
        let mut data = self.data();
        let least_token = data.last_token + 1;
        let entry = data.keys.entry(key.to_owned()).or_default();
        let (record, answer) = self.rules.apply(entry.record, call, now, least_token);
        entry.record = record;
        let (lease, remember) = (self.rules.lease, self.rules.remember);
        entry.seen.call(call, answer, now, lease, remember);
        if let Answer::Claimed { token, .. } = answer {
            data.last_token = token;
        }
        answer
    }

    /// Carries out a call as its step says: `does` does what it should, and `lies` answers something else.
    async fn answer<T>(
        &self,
        key: &str,
        does: impl FnOnce() -> T,
        lies: impl FnOnce(Lie) -> T,
    ) -> Result<T, Failure> {
        let step = self.data().steps.pop_front().unwrap_or(StoreStep {
            before: Time(0),
            after: Time(0),
            how: How::Does,
        });
        pause(step.before).await;
        match step.how {
            How::Does | How::StillDoes => {
                let answer = does();
                pause(step.after).await;
                Ok(answer)
            }
            How::Fails => Err("the store fails".into()),
            How::AnswerLost => {
                does();
                pause(step.after).await;
                Err("the store's answer is lost".into())
            }
            // Without the panic hook, which ends a fuzzer.
            How::Panics => resume_unwind(Box::new("the store panics")),
            How::Hangs => future::pending().await,
            How::Lies(lie) => {
                let mut data = self.data();
                data.keys.entry(key.to_owned()).or_default().is_lied_about = true;
                drop(data);
                Ok(lies(lie))
            }
        }
    }

    async fn change(&self, change: Change, key: &str, token: u64) -> Result<bool, Failure> {
        self.watch.seen().changes(change, key, token);
        let does = || {
            let Ok(token) = Token::try_from(token) else {
                return false;
            };
            let call = match change {
                Change::Renew => Call::Renew(token),
                Change::Complete => Call::Complete(token),
                Change::Release => Call::Release(token),
            };
            self.apply(key, call) == Answer::Ours(true)
        };
        let is_ours = self
            .answer(key, does, |lie| matches!(lie, Lie::Yes))
            .await?;
        self.watch.seen().changed(change, token, is_ours);
        Ok(is_ours)
    }

    /// The service has processed the event.
    pub(super) fn handled(&self, key: &str) {
        self.data()
            .keys
            .entry(key.to_owned())
            .or_default()
            .seen
            .handled = true;
    }

    /// The service is told that its claim is lost.
    pub(super) fn lost(&self, key: &str, token: u64) {
        self.watch.seen().lost(token);
        if let (Some(key), Ok(token)) = (self.data().keys.get_mut(key), token.try_into()) {
            key.seen.lost(token, key.record, true);
        }
    }

    /// The sender is told that the event was processed.
    pub(super) fn acknowledged(&self, key: &str) {
        self.data()
            .keys
            .entry(key.to_owned())
            .or_default()
            .seen
            .acknowledged();
    }

    /// The model's promises that were broken.
    pub(super) fn broken(&self) -> Vec<String> {
        let data = self.data();
        let told = data.keys.iter().filter(|(_, key)| !key.is_lied_about);
        told.filter_map(|(name, key)| Some(format!("{name}: {:?} is broken", key.seen.broken?)))
            .collect()
    }
}

pub(super) async fn pause(time: Time) {
    if time.0 > 0 {
        sleep(time.duration()).await;
    }
}

impl Store for ModelStore {
    type Error = Failure;

    fn lease(&self) -> Duration {
        Duration::from_millis(self.rules.lease.unsigned_abs().into())
    }

    async fn claim(&self, key: &str) -> Result<Claim, Failure> {
        self.watch.seen().claim_called(key);
        let does = || match self.apply(key, Call::Claim) {
            Answer::Claimed { token, seen_before } => Claim::Claimed {
                token: token.unsigned_abs().into(),
                seen_before,
            },
            Answer::Busy { left } => Claim::Busy {
                retry_after: Duration::from_millis(left.unsigned_abs().into()),
            },
            Answer::Done => Claim::Done,
            Answer::Ours(_) => unreachable!("no answer to a claim"),
        };
        let lies = |lie| match lie {
            Lie::Yes => Claim::Done,
            Lie::No(seconds) => Claim::Busy {
                retry_after: Duration::from_secs(seconds),
            },
            Lie::Yours { seen_before } => {
                let mut data = self.data();
                data.lies += 1;
                let token = OF_LIES + data.lies;
                Claim::Claimed { token, seen_before }
            }
        };
        let claim = self.answer(key, does, lies).await?;
        self.watch.seen().claimed(key, claim);
        Ok(claim)
    }

    async fn renew(&self, key: &str, token: u64) -> Result<bool, Failure> {
        self.change(Change::Renew, key, token).await
    }

    async fn complete(&self, key: &str, token: u64) -> Result<bool, Failure> {
        self.change(Change::Complete, key, token).await
    }

    async fn release(&self, key: &str, token: u64) -> Result<bool, Failure> {
        self.change(Change::Release, key, token).await
    }
}
