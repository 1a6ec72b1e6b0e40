//! The rules of a claim: what a call to a store returns, and how it changes the record of the event's key.
//!
//! They are written down a second time, for the model alone, and no store uses them. Traces hold the stores to them.

/// A time by the store's clock, or a length of time.
pub type Time = i32;
/// A fencing token.
pub type Token = i32;

/// The record of a key. A store that does not know the key has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    /// The state of the latest claim.
    pub state: State,
    /// The token of the latest claim.
    pub token: Token,
    /// When its lease ends.
    pub lease_ends: Time,
    /// From this time on, the key counts as not seen before, and the store may lose the record.
    pub forget_after: Time,
}

/// The state of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A worker has the event.
    Claimed,
    /// The event was processed.
    Done,
    /// The event was not processed.
    Released,
}

/// A call to a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// A worker wants the event.
    Claim,
    /// Its lease is to start again.
    Renew(Token),
    /// The event was processed.
    Complete(Token),
    /// The event was not processed.
    Release(Token),
}

/// A store's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The worker has the event.
    Claimed {
        /// The claim's token.
        token: Token,
        /// Whether the event was claimed before and not completed.
        seen_before: bool,
    },
    /// Another worker has it.
    Busy {
        /// How much of that worker's lease is left.
        left: Time,
    },
    /// The event was processed.
    Done,
    /// Whether the claim is the caller's.
    Ours(bool),
}

/// A rule that is broken on purpose, to see that the model finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Broken {
    /// `complete` takes any token.
    CompleteTakesAnyToken,
    /// `release` takes any token.
    ReleaseTakesAnyToken,
    /// `renew` takes any token.
    RenewTakesAnyToken,
    /// A claim gets the event although it is done.
    DoneIsClaimedAgain,
    /// The event is done as soon as it is claimed.
    DoneWhenClaimed,
    /// A claim gets the event although another's lease runs.
    LeaseIsIgnored,
    /// A lease never ends.
    LeaseNeverEnds,
    /// After the clock was set back, a lease holds for longer than its length.
    LeaseOutlastsTheClock,
    /// A released key loses its token, so that the next claim has the same one.
    TokenStartsAgain,
    /// `complete` fails if it is repeated.
    CompletionIsNotRepeatable,
    /// The receiver tells the sender that all is well when another worker has the event.
    BusyIsAcknowledged,
    /// The receiver completes the event before its handler has ended.
    CompletedBeforeHandled,
}

/// The rules, with the store's options.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How long a claim holds unless it is renewed.
    pub lease: Time,
    /// How long the store knows an event.
    pub remember: Time,
    /// The rule that is broken, if any.
    pub broken: Option<Broken>,
}

impl Rules {
    /// Carries out a call at a time.
    ///
    /// A new token is at least `least_token`, which stands for the clock's microseconds: a store that has lost a record has nothing
    /// else from which it could make a greater token.
    #[must_use]
    pub fn apply(
        &self,
        record: Option<Record>,
        call: Call,
        now: Time,
        least_token: Token,
    ) -> (Option<Record>, Answer) {
        match call {
            Call::Claim => self.claim(record, now, least_token),
            Call::Renew(token) => {
                let after = |record| Record {
                    lease_ends: now + self.lease,
                    ..record
                };
                let any = self.has(Broken::RenewTakesAnyToken);
                self.end(record, token, any, now, State::Claimed, after)
            }
            Call::Complete(token) => {
                let is_repeated = record
                    .is_some_and(|record| record.token == token && record.state == State::Done);
                if is_repeated && !self.has(Broken::CompletionIsNotRepeatable) {
                    return (record, Answer::Ours(true));
                }
                let any = self.has(Broken::CompleteTakesAnyToken);
                self.end(record, token, any, now, State::Done, |record| record)
            }
            Call::Release(token) => {
                let any = self.has(Broken::ReleaseTakesAnyToken);
                let after = |record: Record| match self.has(Broken::TokenStartsAgain) {
                    true => Record { token: 0, ..record },
                    false => record,
                };
                self.end(record, token, any, now, State::Released, after)
            }
        }
    }

    /// Whether a rule is broken.
    #[must_use]
    pub fn has(&self, broken: Broken) -> bool {
        self.broken == Some(broken)
    }

    fn claim(
        &self,
        record: Option<Record>,
        now: Time,
        least_token: Token,
    ) -> (Option<Record>, Answer) {
        let known = record.filter(|record| now < record.forget_after);
        if let Some(known) = known {
            if known.state == State::Done && !self.has(Broken::DoneIsClaimedAgain) {
                return (record, Answer::Done);
            }
            let is_held = known.state == State::Claimed && self.holds(known, now);
            if is_held && !self.has(Broken::LeaseIsIgnored) {
                return self.busy(known, now);
            }
        }
        // A key that is forgotten is new, but its token counts as long as the store has it.
        let last = record.map_or(0, |record| record.token);
        let least = match self.has(Broken::TokenStartsAgain) {
            true => 0,
            false => least_token,
        };
        let claimed = Record {
            state: match self.has(Broken::DoneWhenClaimed) {
                true => State::Done,
                false => State::Claimed,
            },
            token: least.max(last + 1),
            lease_ends: now + self.lease,
            forget_after: now + self.remember,
        };
        let answer = Answer::Claimed {
            token: claimed.token,
            seen_before: known.is_some(),
        };
        (Some(claimed), answer)
    }

    fn holds(&self, record: Record, now: Time) -> bool {
        now < record.lease_ends || self.has(Broken::LeaseNeverEnds)
    }

    /// A lease with more left than its length means that the clock was set back. It then gets its whole length again.
    fn busy(&self, record: Record, now: Time) -> (Option<Record>, Answer) {
        let left = match self.has(Broken::LeaseOutlastsTheClock) {
            true => record.lease_ends - now,
            false => self.lease.min(record.lease_ends - now),
        };
        let lease_ends = now + left;
        let record = Record {
            lease_ends,
            ..record
        };
        (Some(record), Answer::Busy { left })
    }

    /// Changes the state of the latest claim, if it has not ended and is the caller's.
    fn end(
        &self,
        record: Option<Record>,
        token: Token,
        takes_any_token: bool,
        now: Time,
        state: State,
        after: impl FnOnce(Record) -> Record,
    ) -> (Option<Record>, Answer) {
        match record {
            Some(found)
                if found.state == State::Claimed && (found.token == token || takes_any_token) =>
            {
                let changed = Record {
                    state,
                    forget_after: now + self.remember,
                    ..found
                };
                (Some(after(changed)), Answer::Ours(true))
            }
            _ => (record, Answer::Ours(false)),
        }
    }
}
