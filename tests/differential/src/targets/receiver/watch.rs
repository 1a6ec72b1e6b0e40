//! Watches each claim from the store's answer to its end. It knows no more than what the receiver may do.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use docutray_webhook::idempotency::Claim;
use tokio::time::Instant;

/// The calls of a receiver and their answers. The receiver catches panics of its store and its service, so faults are collected.
#[derive(Debug, Default)]
pub(super) struct Watch(Mutex<Seen>);

#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) faults: Vec<String>,
    /// By their tokens.
    claims: BTreeMap<u64, Held>,
    /// What claims of a key were answered: `done`, `busy`, or `no answer` yet.
    pub(super) answered: BTreeSet<(String, &'static str)>,
    /// How the service ended, by the request's place.
    pub(super) served: BTreeMap<usize, Served>,
    /// The places of deliveries that `on_unfit` has kept.
    pub(super) kept: BTreeSet<usize>,
}

/// A claim that the store has given to the receiver.
#[derive(Debug)]
struct Held {
    key: String,
    seen_before: bool,
    place: Option<usize>,
    first_completion: Option<Instant>,
    last_completion: Option<Instant>,
    is_lost: bool,
    is_ended: bool,
}

/// What a call of the service came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    Running,
    Answered(u16),
    /// It failed or panicked.
    Failed,
    /// The same as `Answered`, and another worker had the event then.
    TooLate,
}

impl Served {
    fn is_good(self) -> bool {
        matches!(self, Self::Answered(200..=299) | Self::TooLate)
    }
}

/// A call that changes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Renew,
    Complete,
    Release,
}

impl Watch {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn expect(&mut self, is_right: bool, what: &str, token: u64) {
        if !is_right {
            let claim = self.claims.get(&token);
            self.faults
                .push(format!("{what}, #{token}: {claim:?}, {:?}", self.served));
        }
    }

    pub(super) fn claim_called(&mut self, key: &str) {
        self.answered.insert((key.to_owned(), "no answer"));
    }

    pub(super) fn claimed(&mut self, key: &str, claim: Claim) {
        match claim {
            Claim::Claimed { token, seen_before } => {
                let held = Held {
                    key: key.to_owned(),
                    seen_before,
                    place: None,
                    first_completion: None,
                    last_completion: None,
                    is_lost: false,
                    is_ended: false,
                };
                self.claims.insert(token, held);
            }
            Claim::Done => drop(self.answered.insert((key.to_owned(), "done"))),
            Claim::Busy { .. } => drop(self.answered.insert((key.to_owned(), "busy"))),
        }
    }

    /// The service is called.
    pub(super) fn called(&mut self, place: usize, key: &str, token: u64, seen_before: bool) {
        let is_first = self.served.insert(place, Served::Running).is_none();
        self.expect(is_first, "a request is processed twice", token);
        let is_under_claim = self.claims.get(&token).is_some_and(|held| {
            held.key == key
                && held.seen_before == seen_before
                && held.place.is_none()
                && !held.is_ended
        });
        self.expect(
            is_under_claim,
            "processed without a claim of its own",
            token,
        );
        if let Some(held) = self.claims.get_mut(&token) {
            held.place = Some(place);
        }
    }

    pub(super) fn ended(&mut self, place: usize, served: Served) {
        self.served.insert(place, served);
    }

    /// The handler is told that its claim is lost.
    pub(super) fn lost(&mut self, token: u64) {
        let is_lost = self.claims.get(&token).is_some_and(|held| held.is_lost);
        self.expect(is_lost, "lost, but no renewal said so", token);
    }

    fn served_under(&self, token: u64) -> Option<Served> {
        let place = self.claims.get(&token)?.place?;
        self.served.get(&place).copied()
    }

    pub(super) fn changes(&mut self, change: Change, key: &str, token: u64) {
        let served = self.served_under(token);
        let is_held = self
            .claims
            .get(&token)
            .is_some_and(|held| held.key == key && !held.is_ended);
        self.expect(
            is_held,
            &format!("{change:?} of no claim of this key"),
            token,
        );
        let is_right = match change {
            Change::Renew => true,
            Change::Complete => served.is_some_and(Served::is_good),
            // A claim that came too late is released, too.
            Change::Release => {
                served != Some(Served::Running) && !served.is_some_and(Served::is_good)
            }
        };
        self.expect(
            is_right,
            &format!("{change:?} too early, or the wrong call"),
            token,
        );
        if let Some(held) = self.claims.get_mut(&token) {
            match change {
                Change::Renew => {}
                Change::Complete => {
                    held.first_completion.get_or_insert_with(Instant::now);
                    held.last_completion = Some(Instant::now());
                }
                Change::Release => held.is_ended = true,
            }
        }
    }

    pub(super) fn changed(&mut self, change: Change, token: u64, is_ours: bool) {
        let Some(held) = self.claims.get_mut(&token) else {
            return;
        };
        match change {
            Change::Renew => held.is_lost |= !is_ours,
            Change::Complete => {
                held.is_ended = true;
                if let (false, Some(place)) = (is_ours, held.place) {
                    self.served.insert(place, Served::TooLate);
                }
            }
            Change::Release => {}
        }
    }

    /// Every claim has come to its end, but for those whose service hangs.
    pub(super) fn check_end(&mut self, lease: Duration) {
        let tokens: Vec<_> = self.claims.keys().copied().collect();
        for token in tokens {
            let served = self.served_under(token);
            let held = &self.claims[&token];
            let is_right = match served {
                Some(Served::Running) => !held.is_ended,
                Some(good) if good.is_good() => held.is_ended || held.tried_for(lease),
                _ => held.is_ended,
            };
            self.expect(is_right, "not completed, and not released", token);
        }
    }
}

impl Held {
    /// Whether the receiver has tried to complete the claim for about the length of a lease: an attempt and its pause take up to 10 s.
    fn tried_for(&self, lease: Duration) -> bool {
        let (Some(first), Some(last)) = (self.first_completion, self.last_completion) else {
            return false;
        };
        last - first + Duration::from_secs(10) >= lease
    }
}
