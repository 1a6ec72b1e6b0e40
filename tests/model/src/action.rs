//! What can happen in a world, and how often.

use crate::rules::Time;

/// How much may happen. Each number bounds the exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Budget {
    /// How long time may pass.
    pub ticks: u8,
    /// How often the event is delivered.
    pub deliveries: u8,
    /// How often a handler may fail.
    pub failures: u8,
    /// How many workers may crash.
    pub crashes: u8,
    /// How many calls may get no answer in time, whether the store carries them out or not.
    pub lost_answers: u8,
    /// How often the store may be away: every call fails until it is back.
    pub outages: u8,
    /// How often the store's clock may be set.
    pub clock_jumps: u8,
    /// How often the store may lose its data.
    pub data_losses: u8,
}

/// A step of the world. A number is the place of a worker or of a late call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The sender sends the event to a worker.
    Deliver(usize),
    /// The store carries out the worker's call.
    Execute(usize),
    /// The worker reads the answer.
    Read(usize),
    /// The worker's call fails.
    Fail(usize),
    /// The worker waits no longer.
    GiveUp(usize),
    /// The worker has waited for a completion for so long that it stops trying.
    StopCompleting(usize),
    /// The worker renews its lease.
    Renew(usize),
    /// The store carries out the renewal.
    ExecuteRenewal(usize),
    /// The worker reads the answer to the renewal.
    ReadRenewal(usize),
    /// The renewal fails, or its answer is lost.
    FailRenewal(usize),
    /// The handler succeeds.
    Succeed(usize),
    /// The handler fails.
    FailHandler(usize),
    /// The worker's process ends and starts again.
    Crash(usize),
    /// The store carries out a late call.
    ExecuteLate(usize),
    /// A late call never arrives.
    DropLate(usize),
    /// Time passes.
    Tick,
    /// The store's clock is set forward or back by this much.
    SetClock(Time),
    /// The store goes away, or comes back.
    Away(bool),
    /// The store deletes a record that it may forget.
    Forget,
    /// The store loses its data. It has to start again, which takes time.
    LoseData,
}
