//! A probe.

use alloc::vec::Vec;

use super::{
    diagnosis::{Outline, State},
    endpoint::Endpoint,
    expectation::{Expectation, Unexpected},
    request::Request,
};

/// A request or several, and what a right endpoint answers to each.
pub(super) struct Probe {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) group: &'static str,
    pub(super) requests: fn(&Endpoint) -> Vec<Request>,
    pub(super) expects: Expectation,
}

impl Probe {
    pub(super) const fn outline(&self) -> Outline {
        Outline {
            name: self.name,
            title: self.title,
            group: self.group,
        }
    }
}

/// 2xx to each request. If not, the diagnosis has this code.
pub(super) const fn accepted(code: &'static str, advice: &'static str) -> Expectation {
    Expectation::Accepted(Unexpected {
        code,
        advice,
        state: State::Failed,
    })
}

/// 4xx to each request. If one is accepted, the probe fails with this code.
pub(super) const fn refused(code: &'static str, advice: &'static str) -> Expectation {
    Expectation::Refused(Unexpected {
        code,
        advice,
        state: State::Failed,
    })
}

/// 4xx to each request, or an answer that says that the delivery was kept. If one is accepted, the probe fails with this code.
pub(super) const fn unfit(code: &'static str, advice: &'static str) -> Expectation {
    Expectation::Unfit(Unexpected {
        code,
        advice,
        state: State::Failed,
    })
}
