//! The log: one record for each request, whatever becomes of it.

use super::reply::Reply;
use crate::{answer::Outcome, event::Event, metadata::Delivery};
use std::{
    borrow::ToOwned,
    panic::{self, AssertUnwindSafe},
    string::String,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::time::Instant;

pub(crate) type OnDelivery = Arc<dyn Fn(Record) + Send + Sync>;

/// What came of one request, for a log. Nothing secret, no MAC, nothing of the payload but its id; what is said of the
/// event was verified before, so that no sender can write into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// When the request came.
    pub time: SystemTime,
    /// The event's name, where the metadata was verified.
    pub event: Option<String>,
    /// The id of the conversion, identification or step execution, where the payload was verified.
    pub id: Option<String>,
    /// The delivery's request id, where the metadata was verified.
    pub request_id: Option<String>,
    /// In one word what came of it: see [`Outcome::verdict`].
    pub verdict: &'static str,
    /// What stood in the way: see [`Outcome::code`].
    pub code: Option<&'static str>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// From the request to its answer.
    pub duration: Duration,
    /// Whether the event was seen before: processed, under way, or tried in vain.
    pub seen_before: bool,
}

/// A request that has no answer yet.
pub(crate) struct Log {
    /// None once the record is written.
    on_delivery: Option<OnDelivery>,
    time: SystemTime,
    start: Instant,
    delivery: Option<Delivery>,
    id: Option<String>,
    seen_before: bool,
    /// What came of it if nobody says.
    otherwise: Outcome<'static>,
}

impl Log {
    /// From now on somebody sends a body, and may go away.
    pub(crate) fn start(on_delivery: Option<OnDelivery>) -> Self {
        Self {
            on_delivery,
            time: SystemTime::now(),
            start: Instant::now(),
            delivery: None,
            id: None,
            seen_before: false,
            otherwise: Outcome::IncompleteBody,
        }
    }

    pub(crate) fn verified(&mut self, delivery: &Delivery) {
        self.delivery = Some(delivery.clone());
    }

    pub(crate) fn arrived(&mut self) {
        self.otherwise = Outcome::HandlerFailed;
    }

    pub(crate) fn event(&mut self, event: &Event) {
        self.id = event.id().map(ToOwned::to_owned);
    }

    pub(crate) const fn seen_before(&mut self, seen_before: bool) {
        self.seen_before = seen_before;
    }

    /// To be called before the answer goes out.
    pub(crate) fn end<B>(mut self, reply: &Reply<B>) {
        self.write(reply.outcome(), reply.status());
    }

    fn write(&mut self, outcome: &Outcome<'_>, status: u16) {
        let Some(on_delivery) = self.on_delivery.take() else {
            return;
        };
        let delivery = self.delivery.as_ref();
        let record = Record {
            time: self.time,
            event: delivery.map(|delivery| delivery.event().to_owned()),
            id: self.id.take(),
            request_id: delivery.map(|delivery| delivery.request_id().to_owned()),
            verdict: outcome.verdict(),
            code: outcome.code(),
            status,
            duration: self.start.elapsed(),
            seen_before: self.seen_before,
        };
        // The panic has told of itself.
        let _ = panic::catch_unwind(AssertUnwindSafe(|| on_delivery(record)));
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let outcome = self.otherwise.clone();
        self.write(&outcome, outcome.status());
    }
}
