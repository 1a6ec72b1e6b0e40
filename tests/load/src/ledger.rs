//! What was sent to a server, and what came of it.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hdrhistogram::Histogram;

/// As many are shown.
const FAULTS: usize = 20;
/// Of a latency, in digits.
const PRECISION: u8 = 3;

/// What all that send to a server have written down.
pub(crate) struct Ledger(Mutex<Entries>);

pub(crate) struct Entries {
    /// The events that were taken, by their keys.
    pub(crate) taken: HashSet<String>,
    /// How many deliveries were taken, repetitions included.
    pub(crate) deliveries: u64,
    /// How many forgeries, and bodies beyond the limit, were refused.
    pub(crate) refused: u64,
    /// How many requests were never sent whole.
    pub(crate) half_sent: u64,
    /// How many deliveries were answered 503, and sent again.
    pub(crate) later: u64,
    /// How many requests got no answer because the server has closed a connection that it had kept open, and were sent again.
    pub(crate) unanswered: u64,
    /// How many requests have reached each instance of the service behind the receiver, as their answers tell.
    pub(crate) calls: BTreeMap<String, Calls>,
    /// In microseconds, of genuine deliveries in one piece.
    pub(crate) latency: Histogram<u64>,
    /// What was wrong, and how often in all.
    pub(crate) faults: Vec<String>,
    pub(crate) fault_count: u64,
}

/// The calls of an instance of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calls {
    /// How many answers have come.
    pub(crate) answered: u64,
    /// The greatest number that an answer has told.
    pub(crate) told: u64,
}

impl Ledger {
    pub(crate) fn new() -> Result<Self, hdrhistogram::CreationError> {
        Ok(Self(Mutex::new(Entries {
            taken: HashSet::new(),
            deliveries: 0,
            refused: 0,
            half_sent: 0,
            later: 0,
            unanswered: 0,
            calls: BTreeMap::new(),
            latency: Histogram::new(PRECISION)?,
            faults: Vec::new(),
            fault_count: 0,
        })))
    }

    pub(crate) fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    pub(crate) fn fault(&mut self, fault: String) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS {
            self.faults.push(fault);
        }
    }

    pub(crate) fn took(&mut self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        // It grows as needed, so that every value has its place.
        let _ = self.latency.record(micros);
    }

    pub(crate) fn call(&mut self, instance: String, number: u64) {
        let calls = self.calls.entry(instance).or_default();
        calls.answered += 1;
        calls.told = calls.told.max(number);
    }
}
