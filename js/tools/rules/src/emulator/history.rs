//! The deliveries that are kept: all that are open, and of the others the last ones.

use alloc::{format, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{delivery::Delivery, options::Limits};
use crate::fault::Fault;

#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct History {
    /// In the order of their sequence numbers.
    deliveries: Vec<Delivery>,
    last_sequence: u64,
    dropped: u64,
}

impl History {
    pub(super) fn all(&self) -> &[Delivery] {
        &self.deliveries
    }

    pub(super) fn all_mut(&mut self) -> &mut [Delivery] {
        &mut self.deliveries
    }

    /// How many deliveries were dropped for want of room.
    pub(super) const fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(super) fn find(&self, id: &str) -> Option<&Delivery> {
        self.deliveries.iter().find(|delivery| delivery.id == id)
    }

    pub(super) fn get(&self, id: &str) -> Result<&Delivery, Fault> {
        self.find(id).ok_or_else(|| {
            let message =
                "there is no such delivery; the oldest are dropped when the history is full";
            Fault::of("id", "unknown_delivery", message)
        })
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Delivery> {
        self.deliveries
            .iter_mut()
            .find(|delivery| delivery.id == id)
    }

    /// What all of them take, in bytes.
    pub(super) fn size(&self) -> usize {
        self.deliveries.iter().map(Delivery::size).sum()
    }

    /// Drops old deliveries until there is room for `count` new ones that take so many bytes together.
    pub(super) fn make_room(
        &mut self,
        count: usize,
        bytes: usize,
        limits: Limits,
    ) -> Result<(), Fault> {
        let fits = |has: (usize, usize)| {
            has.0.saturating_add(count) <= limits.deliveries
                && has.1.saturating_add(bytes) <= limits.bytes
        };
        let open = self.deliveries.iter().filter(|delivery| delivery.is_open());
        let open = open.fold((0, 0), |(count, bytes), one| {
            (count + 1, bytes + one.size())
        });
        if !fits(open) {
            return Err(full(open.0, limits));
        }
        let mut has = (self.deliveries.len(), self.size());
        self.deliveries.retain(|delivery| {
            let is_kept = delivery.is_open() || fits(has);
            if !is_kept {
                has = (has.0 - 1, has.1 - delivery.size());
                self.dropped = self.dropped.saturating_add(1);
            }
            is_kept
        });
        Ok(())
    }

    /// Adds a delivery, for which room has been made, and gives it its number.
    pub(super) fn add(&mut self, mut delivery: Delivery) {
        self.last_sequence = self.last_sequence.saturating_add(1);
        delivery.sequence = self.last_sequence;
        self.deliveries.push(delivery);
    }

    /// Forgets all. Numbers go on, so that none comes twice.
    pub(super) fn clear(&mut self) {
        self.deliveries.clear();
        self.dropped = 0;
    }

    /// How many attempts are under way.
    pub(super) fn under_way(&self) -> usize {
        let sending = self.deliveries.iter().filter(|one| one.is_sending());
        sending.count()
    }

    /// When the next attempt is due, by the emulated clock.
    pub(super) fn next_due(&self) -> Option<u64> {
        self.deliveries.iter().filter_map(Delivery::due).min()
    }
}

fn full(open: usize, limits: Limits) -> Fault {
    let message = format!(
        "the history has room for {} deliveries and {} bytes, and {open} deliveries are still open: turn the clock forward to \
        end them, or disable or delete their webhook",
        limits.deliveries, limits.bytes
    );
    Fault {
        code: "history_full",
        message,
        field: None,
    }
}
