//! What an observer has seen who knows no rule, and which promises were broken before its eyes.

use crate::rules::{Answer, Call, Record, State, Time, Token};

/// A promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Promise {
    /// The sender is told that all is well only after a handler has succeeded.
    NoEventIsLost,
    /// No claim gets an event that was completed, for as long as the store remembers it.
    NoneIsProcessedAfterItWasCompleted,
    /// Of two claims the later has the greater token.
    TokensGrow,
    /// Only one claim of an event is completed.
    OneClaimIsCompleted,
    /// No claim gets an event while another's lease runs.
    LeasesExclude,
    /// Only the latest claim can be renewed, completed and released.
    OnlyTheLatestClaimCounts,
    /// A worker is told that its claim is lost only if it is.
    NoLeaseIsLostInVain,
}

/// All promises, with their names.
pub const PROMISES: [(Promise, &str); 7] = [
    (Promise::NoEventIsLost, "no event is lost"),
    (
        Promise::NoneIsProcessedAfterItWasCompleted,
        "none is processed after it was completed",
    ),
    (Promise::TokensGrow, "tokens grow"),
    (Promise::OneClaimIsCompleted, "one claim is completed"),
    (Promise::LeasesExclude, "leases exclude each other"),
    (
        Promise::OnlyTheLatestClaimCounts,
        "only the latest claim counts",
    ),
    (Promise::NoLeaseIsLostInVain, "no lease is lost in vain"),
];

/// What was seen so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seen {
    /// Whether a handler has succeeded.
    pub handled: bool,
    /// Whether the sender was told that all is well.
    pub acknowledged: bool,
    /// The first promise that was broken.
    pub broken: Option<Promise>,
    /// Whether two claims were handled at the same time, which a suspended worker leads to.
    pub overlapped: bool,
    last_token: Token,
    /// The token that was completed, and until when the store has to remember that.
    completed: Option<(Token, Time)>,
    /// When the lease of the latest claim ends, unless the clock is set.
    lease_ends: Option<Time>,
}

impl Seen {
    /// Sees a call and its answer.
    pub fn call(&mut self, call: Call, answer: Answer, now: Time, lease: Time, remember: Time) {
        match (call, answer) {
            (Call::Claim, Answer::Claimed { token, .. }) => self.claimed(token, now, lease),
            (Call::Renew(token), Answer::Ours(true)) => {
                self.is_latest(token);
                self.lease_ends = self.lease_ends.map(|_| now + lease);
            }
            (Call::Complete(token), Answer::Ours(true)) => self.completed(token, now, remember),
            (Call::Release(token), Answer::Ours(true)) => {
                self.is_latest(token);
                self.lease_ends = None;
            }
            _ => {}
        }
    }

    /// Sees that a worker is told that it has lost its lease, while the store has this record. A worker expects that of a renewal if
    /// its claim is done, but not of a completion.
    pub fn lost(&mut self, token: Token, record: Option<Record>, expects_done: bool) {
        let still_has = |record: Record| match record.state {
            State::Claimed => record.token == token,
            State::Done => record.token == token && !expects_done,
            State::Released => false,
        };
        if record.is_some_and(still_has) {
            self.breaks(Promise::NoLeaseIsLostInVain);
        }
    }

    /// Sees what the sender is told.
    pub fn acknowledged(&mut self) {
        self.acknowledged = true;
        if !self.handled {
            self.breaks(Promise::NoEventIsLost);
        }
    }

    /// Sees that the store has lost its data. What it had promised is void, except that tokens grow.
    pub const fn data_lost(&mut self) {
        self.completed = None;
        self.lease_ends = None;
    }

    /// Sees that the store's clock was set. When a lease ends is then not known.
    pub const fn clock_set(&mut self) {
        self.lease_ends = None;
    }

    fn claimed(&mut self, token: Token, now: Time, lease: Time) {
        if self.completed.is_some_and(|(_, until)| now < until) {
            self.breaks(Promise::NoneIsProcessedAfterItWasCompleted);
        }
        if token <= self.last_token {
            self.breaks(Promise::TokensGrow);
        }
        if self.lease_ends.is_some_and(|ends| now < ends) {
            self.breaks(Promise::LeasesExclude);
        }
        self.last_token = self.last_token.max(token);
        self.completed = None;
        self.lease_ends = Some(now + lease);
    }

    fn completed(&mut self, token: Token, now: Time, remember: Time) {
        match self.completed {
            None => {
                self.is_latest(token);
                self.completed = Some((token, now + remember));
            }
            Some((first, _)) if first != token => self.breaks(Promise::OneClaimIsCompleted),
            Some(_) => {}
        }
        self.lease_ends = None;
    }

    fn is_latest(&mut self, token: Token) {
        if token != self.last_token {
            self.breaks(Promise::OnlyTheLatestClaimCounts);
        }
    }

    fn breaks(&mut self, promise: Promise) {
        self.broken = self.broken.or(Some(promise));
    }
}
