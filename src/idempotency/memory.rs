use super::store::{Claim, Store};
use crate::{
    error::Error,
    limits::{
        DEFAULT_EVENTS, DEFAULT_LEASE, DEFAULT_REMEMBER, LONGEST_LEASE, LONGEST_REMEMBER, RETRIES,
    },
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::time::Instant;

/// The last token of any store in this process.
static LAST_TOKEN: AtomicU64 = AtomicU64::new(0);

/// A store in this process's memory, for one process and for tests. Other processes do not see it, and its content ends
/// with the process: an event that is sent again after a restart is processed again.
///
/// It uses a monotonic clock. Within one process every token is greater than all tokens before it, those of other
/// `Memory` stores included. The first token is the wall clock's microseconds, so tokens also exceed those of an earlier
/// run, unless the wall clock was set back or that run claimed more than a million events a second until it ended.
///
/// ```
/// use docutray_webhook::idempotency::Memory;
/// use std::time::Duration;
///
/// let store = Memory::new().with_lease(Duration::from_secs(300))?.with_limit(10_000)?;
/// # Ok::<(), docutray_webhook::Error>(())
/// ```
pub struct Memory {
    lease: Duration,
    remember: Duration,
    limit: usize,
    events: Mutex<Events>,
}

/// All events that a [`Memory`] may hold are being processed, so it can forget none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryFull {
    limit: usize,
}

#[derive(Default)]
struct Events {
    known: HashMap<Arc<str>, Event>,
    /// The events that have ended, in the order in which they may be forgotten. The tokens make the keys unique.
    ended: BTreeMap<(Instant, u64), Arc<str>>,
}

#[derive(Clone, Copy)]
struct Event {
    /// The token of the latest claim.
    token: u64,
    state: State,
    /// From this time on, the event counts as not seen before. The claim's worker still has it.
    forget_after: Instant,
}

/// The state of the latest claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Claimed { lease_ends: Instant },
    Done,
    Released,
}

impl Memory {
    /// Creates a store with a lease of 60 s that remembers events for a day, at most 100,000 of them.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lease: DEFAULT_LEASE,
            remember: DEFAULT_REMEMBER,
            limit: DEFAULT_EVENTS as usize,
            events: Mutex::default(),
        }
    }

    /// Sets how long a claim holds unless it is renewed: more than 0, at most an hour.
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`] for `lease`.
    pub fn with_lease(mut self, lease: Duration) -> Result<Self, Error> {
        if lease.is_zero() || lease > LONGEST_LEASE {
            return Err(invalid(
                "lease",
                "the lease has to be above 0 and at most an hour: a worker that crashed keeps its event for as long",
            ));
        }
        self.lease = lease;
        Ok(self)
    }

    /// Sets how long a processed event is remembered: from 4,890 s, the time between Docutray's first attempt and its
    /// last, to ten years. It must not be below the verifier's tolerance, or a delivery could be replayed after its event
    /// was forgotten.
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`] for `remember`.
    pub fn with_remember(mut self, remember: Duration) -> Result<Self, Error> {
        if remember < RETRIES || remember > LONGEST_REMEMBER {
            return Err(invalid(
                "remember",
                "events have to be remembered for at least the 4,890 s in which Docutray retries, since one that was \
                 forgotten before would be processed twice, and for at most ten years",
            ));
        }
        self.remember = remember;
        Ok(self)
    }

    /// Sets how many events are remembered: at least 1. Beyond the limit, the event that ended first is forgotten early.
    /// Events that are being processed are never forgotten. If all are, a claim fails with [`MemoryFull`].
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`] for `limit`.
    pub fn with_limit(mut self, events: usize) -> Result<Self, Error> {
        if events == 0 {
            return Err(invalid("limit", "the limit has to be at least 1 event"));
        }
        self.limit = events;
        Ok(self)
    }

    fn claimed(&self, now: Instant) -> State {
        let lease_ends = now + self.lease;
        State::Claimed { lease_ends }
    }

    fn events(&self) -> MutexGuard<'_, Events> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn invalid(option: &'static str, problem: &'static str) -> Error {
    Error::invalid_config(option, problem)
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Store for Memory {
    type Error = MemoryFull;

    fn lease(&self) -> Duration {
        self.lease
    }

    async fn claim(&self, key: &str) -> Result<Claim, MemoryFull> {
        let now = Instant::now();
        let (claimed, forget_after) = (self.claimed(now), now + self.remember);
        self.events()
            .claim(key, now, claimed, forget_after, self.limit)
    }

    async fn renew(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
        let now = Instant::now();
        let (claimed, forget_after) = (self.claimed(now), now + self.remember);
        Ok(self.events().change(key, token, claimed, forget_after))
    }

    async fn complete(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
        let forget_after = Instant::now() + self.remember;
        let mut events = self.events();
        let is_changed = events.change(key, token, State::Done, forget_after);
        // The worker calls again if the answer to its first call was lost.
        Ok(is_changed || events.was_done_by(key, token))
    }

    async fn release(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
        let forget_after = Instant::now() + self.remember;
        let mut events = self.events();
        Ok(events.change(key, token, State::Released, forget_after))
    }
}

impl Events {
    fn claim(
        &mut self,
        key: &str,
        now: Instant,
        claimed: State,
        forget_after: Instant,
        limit: usize,
    ) -> Result<Claim, MemoryFull> {
        self.forget(now);
        let known = self.known.get_key_value(key);
        let known = known.map(|(key, event)| (Arc::clone(key), *event));
        let (key, seen_before) = match known {
            None => {
                self.make_room(now, limit)?;
                (key.into(), false)
            }
            Some((key, event)) => match event.state {
                State::Claimed { lease_ends } if lease_ends > now => {
                    let retry_after = lease_ends - now;
                    return Ok(Claim::Busy { retry_after });
                }
                State::Claimed { .. } => (key, event.forget_after > now),
                State::Done => return Ok(Claim::Done),
                State::Released => {
                    self.ended.remove(&(event.forget_after, event.token));
                    (key, true)
                }
            },
        };
        // Taken under the lock, so that of two claims of one key the later has the greater token.
        let token = next_token();
        let event = Event {
            token,
            state: claimed,
            forget_after,
        };
        self.known.insert(key, event);
        Ok(Claim::Claimed { token, seen_before })
    }

    /// Changes the state of this claim, if it is the latest and not ended.
    fn change(&mut self, key: &str, token: u64, state: State, forget_after: Instant) -> bool {
        let Some((key, _)) = self.known.get_key_value(key) else {
            return false;
        };
        let key = Arc::clone(key);
        let Some(event) = self.event_of(&key, token) else {
            return false;
        };
        if !matches!(event.state, State::Claimed { .. }) {
            return false;
        }
        (event.state, event.forget_after) = (state, forget_after);
        if !matches!(state, State::Claimed { .. }) {
            self.ended.insert((forget_after, token), key);
        }
        true
    }

    fn was_done_by(&mut self, key: &str, token: u64) -> bool {
        let event = self.event_of(key, token);
        event.is_some_and(|event| event.state == State::Done)
    }

    /// Returns the event if this is the key's latest claim.
    fn event_of(&mut self, key: &str, token: u64) -> Option<&mut Event> {
        self.known.get_mut(key).filter(|event| event.token == token)
    }

    fn forget(&mut self, now: Instant) {
        while let Some(oldest) = self.ended.first_entry() {
            if oldest.key().0 > now {
                return;
            }
            self.known.remove(&oldest.remove());
        }
    }

    fn make_room(&mut self, now: Instant, limit: usize) -> Result<(), MemoryFull> {
        if self.known.len() < limit {
            return Ok(());
        }
        let key = match self.ended.pop_first() {
            Some((_, key)) => key,
            None => self.abandoned(now).ok_or(MemoryFull { limit })?,
        };
        self.known.remove(&key);
        Ok(())
    }

    /// Returns an event whose lease has ended.
    fn abandoned(&self, now: Instant) -> Option<Arc<str>> {
        let mut known = self.known.iter();
        let (key, _) = known.find(
            |(_, event)| matches!(event.state, State::Claimed { lease_ends } if lease_ends <= now),
        )?;
        Some(Arc::clone(key))
    }
}

fn next_token() -> u64 {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let clock = u64::try_from(elapsed.as_micros()).unwrap_or_default();
    // Never an error, because the closure always returns a token.
    let last = LAST_TOKEN
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            Some(token_after(last, clock))
        })
        .unwrap_or_else(|last| last);
    token_after(last, clock)
}

/// `clock` is Unix time in microseconds. A burst of claims can run ahead of the clock, and the clock can be set back.
fn token_after(last: u64, clock: u64) -> u64 {
    clock.max(last + 1)
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("lease", &self.lease)
            .field("remember", &self.remember)
            .field("limit", &self.limit)
            .field("events", &self.events().known.len())
            .finish()
    }
}

impl fmt::Display for MemoryFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} events are under way, the limit of this store in memory: raise it, or find out why they do not end",
            self.limit
        )
    }
}

impl std::error::Error for MemoryFull {}

#[cfg(test)]
mod tests {
    use super::token_after;

    /// 2026-11-25, in microseconds.
    const NOW: u64 = 1_795_625_386_771_130;

    #[test]
    fn the_first_token_of_a_run_is_the_clock_time() {
        assert_eq!(token_after(0, NOW), NOW);
        assert_eq!(token_after(0, 0), 1, "the clock cannot be read");
    }

    #[test]
    fn tokens_grow_while_the_clock_stops_or_goes_back() {
        for clock in [NOW, NOW - 1_000_000, 0] {
            assert_eq!(token_after(NOW, clock), NOW + 1, "{clock}");
        }
    }

    #[test]
    fn tokens_follow_the_clock() {
        assert_eq!(token_after(NOW, NOW + 1), NOW + 1);
        assert_eq!(token_after(NOW, NOW + 1_000), NOW + 1_000);
    }
}
