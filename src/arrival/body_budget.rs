//! What the bodies under way may take together.
//!
//! What has come is counted, not what was announced: whoever announces much and sends nothing takes nothing from others.

use crate::{limits::DEFAULT_BODIES, verifier::Verifier};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// A number of bytes that bodies share.
#[derive(Debug)]
pub(crate) struct BodyBudget {
    bytes: u64,
    taken: AtomicU64,
}

impl BodyBudget {
    /// What a receiver has by default.
    pub(crate) const fn of(verifier: &Verifier) -> Self {
        Self::new(DEFAULT_BODIES as u64 * verifier.max_body())
    }

    pub(crate) const fn new(bytes: u64) -> Self {
        Self {
            bytes,
            taken: AtomicU64::new(0),
        }
    }

    /// In bytes.
    #[cfg(feature = "tower")]
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// What one body has taken of a budget. It is given back when this is dropped, whatever the reason.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<BodyBudget>,
    bytes: u64,
}

/// The other bodies have left too little.
#[derive(Debug)]
pub(crate) struct Overloaded;

impl Share {
    pub(crate) const fn of(budget: Arc<BodyBudget>) -> Self {
        Self { budget, bytes: 0 }
    }

    /// Takes this many bytes more, or none.
    pub(crate) fn take(&mut self, bytes: u64) -> Result<(), Overloaded> {
        let BodyBudget { bytes: most, taken } = &*self.budget;
        let within = |taken: u64| taken.checked_add(bytes).filter(|sum| sum <= most);
        taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, within)
            .map_err(|_| Overloaded)?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_share_that_is_dropped_is_given_back_whole() {
        let budget = Arc::new(BodyBudget::new(10));
        let share = || Share::of(Arc::clone(&budget));
        let (mut one, mut other) = (share(), share());
        assert!(one.take(4).is_ok() && one.take(3).is_ok());
        assert!(other.take(4).is_err(), "3 are left");
        assert!(other.take(3).is_ok(), "what was refused took nothing");
        drop(one);
        assert!(other.take(7).is_ok());
        assert!(share().take(1).is_err());
        drop(other);
        assert!(share().take(10).is_ok());
        assert!(share().take(u64::MAX).is_err());
    }

    #[test]
    fn threads_never_take_more_than_there_is_and_give_all_back() {
        let budget = Arc::new(BodyBudget::new(3));
        let taking = || {
            for _ in 0..1_000 {
                let mut share = Share::of(Arc::clone(&budget));
                while share.take(1).is_ok() {
                    assert!(budget.taken.load(Ordering::Relaxed) <= 3);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(taking);
            }
        });
        assert_eq!(budget.taken.load(Ordering::Relaxed), 0);
    }
}
