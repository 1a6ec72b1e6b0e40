//! What a right endpoint answers to a probe.

use super::diagnosis::State;

/// What a right endpoint answers to the requests of a probe.
#[derive(Clone, Copy)]
pub(super) enum Expectation {
    /// 2xx to each.
    Accepted(Unexpected),
    /// 4xx to each.
    Refused(Unexpected),
    /// 4xx to each, or an answer that says that the delivery was kept and not processed: it is authentic, but unfit.
    Unfit(Unexpected),
    /// No 2xx to any: it may also close the connection.
    NotAccepted(Unexpected),
    /// 2xx to each, for one event that is processed once.
    Once,
    /// The same, for two that come at the same time: one of them may be told to come again.
    OnceTogether,
    /// Nothing: no answer tells it.
    NeverSeen {
        code: &'static str,
        why: &'static str,
        advice: &'static str,
    },
}

/// What it means if a request was refused that must be accepted, or the other way round.
#[derive(Clone, Copy)]
pub(super) struct Unexpected {
    pub(super) code: &'static str,
    pub(super) advice: &'static str,
    pub(super) state: State,
}
