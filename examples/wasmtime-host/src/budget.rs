//! A budget for the memory of all instances together.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use wasmtime::{ResourceLimiter, Result};

/// The bytes that are left.
pub(crate) struct Budget(AtomicUsize);

/// The bytes that one instance has taken. Dropping the share gives them back.
pub(crate) struct Share {
    budget: Arc<Budget>,
    taken: usize,
    is_refused: bool,
}

impl Budget {
    pub(crate) fn new(bytes: usize) -> Arc<Self> {
        Arc::new(Self(AtomicUsize::new(bytes)))
    }

    fn take(&self, bytes: usize) -> bool {
        let less = |left: usize| left.checked_sub(bytes);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.is_ok()
    }
}

impl Share {
    pub(crate) fn of(budget: &Arc<Budget>) -> Self {
        Self {
            budget: Arc::clone(budget),
            taken: 0,
            is_refused: false,
        }
    }

    /// Returns whether the instance has asked for more than was left.
    pub(crate) const fn is_refused(&self) -> bool {
        self.is_refused
    }
}

impl ResourceLimiter for Share {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool> {
        let more = desired.saturating_sub(current);
        let is_taken = self.budget.take(more);
        if is_taken {
            self.taken += more;
        } else {
            self.is_refused = true;
        }
        Ok(is_taken)
    }

    /// Tables are not counted, because the pool limits them.
    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> Result<bool> {
        Ok(true)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.0.fetch_add(self.taken, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_budget_is_refused_until_a_share_is_dropped() {
        let budget = Budget::new(10);
        let (mut one, mut other) = (Share::of(&budget), Share::of(&budget));
        let grow = |share: &mut Share, from, to| share.memory_growing(from, to, None).expect("one");
        assert!(grow(&mut one, 0, 4) && grow(&mut one, 4, 8));
        assert!(!grow(&mut other, 0, 3));
        assert!(other.is_refused() && !one.is_refused());
        assert!(grow(&mut other, 0, 2));
        drop(one);
        assert!(grow(&mut other, 2, 10));
        drop(other);
        assert!(budget.take(10));
    }
}
