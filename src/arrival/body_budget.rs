//! The budget in bytes for all bodies that are arriving.
//!
//! Only received bytes count, not announced ones. A sender that announces a large body and sends nothing takes no budget
//! from others.

use crate::{limits::DEFAULT_BODIES, verifier::Verifier};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// A number of bytes that all bodies share.
#[derive(Debug)]
pub(crate) struct BodyBudget {
    bytes: u64,
    taken: AtomicU64,
}

impl BodyBudget {
    /// Creates a receiver's default budget.
    pub(crate) const fn of(verifier: &Verifier) -> Self {
        Self::new(DEFAULT_BODIES as u64 * verifier.max_body())
    }

    pub(crate) const fn new(bytes: u64) -> Self {
        Self {
            bytes,
            taken: AtomicU64::new(0),
        }
    }

    /// Returns the size of the budget in bytes.
    #[cfg(feature = "tower")]
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// The bytes that one body has taken from the budget. Dropping the share gives them back.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<BodyBudget>,
    bytes: u64,
}

/// The other bodies have left too little of the budget.
#[derive(Debug)]
pub(crate) struct Overloaded;

impl Share {
    pub(crate) const fn of(budget: Arc<BodyBudget>) -> Self {
        Self { budget, bytes: 0 }
    }

    /// Takes this many more bytes, or none.
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
    fn dropping_a_share_gives_all_of_it_back() {
        let budget = Arc::new(BodyBudget::new(10));
        let share = || Share::of(Arc::clone(&budget));
        let (mut one, mut other) = (share(), share());
        assert!(one.take(4).is_ok() && one.take(3).is_ok());
        assert!(other.take(4).is_err(), "3 are left");
        assert!(other.take(3).is_ok(), "the refused bytes took nothing");
        drop(one);
        assert!(other.take(7).is_ok());
        assert!(share().take(1).is_err());
        drop(other);
        assert!(share().take(10).is_ok());
        assert!(share().take(u64::MAX).is_err());
    }

    #[test]
    fn threads_never_take_more_than_the_budget_and_give_all_back() {
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
