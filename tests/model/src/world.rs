//! The world around one event: a store, its clock, workers, and a sender that sends the event again and again.

use crate::{
    action::Budget,
    rules::{Rules, Time},
};

/// What is explored.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// The rules of the store.
    pub rules: Rules,
    /// How many workers there are.
    pub workers: usize,
    /// How far the clock jumps, either way.
    pub jump: Time,
    /// What may happen at most.
    pub budget: Budget,
}
