//! What a right endpoint answers to a probe.

use super::finding::State;

/// What a right endpoint answers to the requests of a probe.
#[derive(Clone, Copy)]
pub(super) enum Expectation {
    /// 2xx to each. If not, the finding has this code.
    Accepted {
        code: &'static str,
        advice: &'static str,
    },
    /// 4xx to each.
    Refused(Hole),
    /// No 2xx to any: it may also close the connection.
    NotAccepted(Hole),
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

/// What it means if a request was accepted.
#[derive(Clone, Copy)]
pub(super) struct Hole {
    pub(super) code: &'static str,
    pub(super) advice: &'static str,
    pub(super) state: State,
}
