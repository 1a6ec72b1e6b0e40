//! The log: one record for each request, whatever becomes of it.

use super::reply::Reply;
use crate::{
    answer::Outcome,
    arrival::{NoEvent, Refusals},
    error::{Code, Error},
    event::Event,
    metadata::Delivery,
};
use std::{
    borrow::ToOwned,
    mem,
    panic::{self, AssertUnwindSafe},
    string::{String, ToString as _},
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::time::Instant;

/// Why a body is incomplete whose request nobody waits for any more.
const GONE: &str = "the request was given up while its body was arriving";

pub(crate) type OnDelivery = Arc<dyn Fn(DeliveryRecord) + Send + Sync>;

/// What came of one request, for a log. Nothing secret, no MAC, nothing of the payload but its id; what is said of the
/// event was verified before, so that no sender can write into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryRecord {
    /// When the request came.
    pub time: SystemTime,
    /// The event's name, where the metadata was verified; of a body-only verifier, as it was sent, where the body was.
    pub event: Option<String>,
    /// The id of the conversion, identification or step execution, where the payload was verified.
    pub id: Option<String>,
    /// The event's idempotency key, where the payload was verified: see [`Event::key`].
    pub key: Option<String>,
    /// The delivery's request id, where the metadata was verified; of a body-only verifier, as it was sent, where the body
    /// was.
    pub request_id: Option<String>,
    /// In one word what came of it: see [`Outcome::verdict`].
    pub verdict: &'static str,
    /// What stood in the way: see [`Outcome::code`].
    pub code: Option<&'static str>,
    /// What the verifier found wrong with the delivery, if it did.
    pub error: Option<DeliveryError>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// From the request to its answer.
    pub duration: Duration,
    /// Whether the event was seen before: processed, under way, or tried in vain.
    pub seen_before: bool,
}

/// An [`Error`] as the operator is told: more than the sender learns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryError {
    /// Its name.
    pub code: Code,
    /// The header or the payload's field at fault: see [`Error::field`].
    pub field: Option<String>,
    /// What is wrong, what was expected and what to do, in one line. Nothing of it was written by the sender.
    pub message: String,
}

impl From<&Error> for DeliveryError {
    fn from(error: &Error) -> Self {
        Self {
            code: error.code(),
            field: error.field().map(ToOwned::to_owned),
            message: error.to_string(),
        }
    }
}

/// A request that has no answer yet.
pub(crate) struct Log {
    on_delivery: Option<OnDelivery>,
    refusals: Arc<Refusals>,
    time: SystemTime,
    start: Instant,
    /// Once it may be told.
    delivery: Option<Delivery>,
    id: Option<String>,
    key: Option<String>,
    error: Option<DeliveryError>,
    seen_before: bool,
    stage: Stage,
}

/// Who is waited for.
#[derive(PartialEq, Eq)]
enum Stage {
    /// The sender, who may go away.
    Arriving,
    /// The service, or who keeps what does not fit.
    Arrived,
    /// Nobody.
    Answered,
}

impl Log {
    pub(crate) fn start(on_delivery: Option<OnDelivery>, refusals: Arc<Refusals>) -> Self {
        Self {
            on_delivery,
            refusals,
            time: SystemTime::now(),
            start: Instant::now(),
            delivery: None,
            id: None,
            key: None,
            error: None,
            seen_before: false,
            stage: Stage::Arriving,
        }
    }

    /// The headers have passed. With a body-only verifier anybody can write such.
    pub(crate) fn begun(&mut self, delivery: &Delivery) {
        if delivery.metadata_authenticated() {
            self.delivery = Some(delivery.clone());
        }
    }

    pub(crate) fn event(&mut self, event: &Event) {
        self.stage = Stage::Arrived;
        self.delivery = Some(event.delivery().clone());
        self.id = event.id().map(ToOwned::to_owned);
        self.key = Some(event.key().to_owned());
    }

    pub(crate) fn no_event(&mut self, no_event: &NoEvent) {
        self.stage = Stage::Arrived;
        self.error = no_event.error().map(Into::into);
        if let NoEvent::Unfit(unfit) = no_event {
            self.delivery = Some(unfit.delivery.clone());
        }
        self.refusals.tell(no_event);
    }

    pub(crate) const fn seen_before(&mut self, seen_before: bool) {
        self.seen_before = seen_before;
    }

    /// To be called before the answer goes out.
    pub(crate) fn end<B>(mut self, reply: &Reply<B>) {
        self.stage = Stage::Answered;
        self.write(reply.outcome(), reply.status());
    }

    fn write(&mut self, outcome: &Outcome<'_>, status: u16) {
        let Some(on_delivery) = self.on_delivery.take() else {
            return;
        };
        let delivery = self.delivery.as_ref();
        let record = DeliveryRecord {
            time: self.time,
            event: delivery.map(|delivery| delivery.event().to_owned()),
            id: self.id.take(),
            key: self.key.take(),
            request_id: delivery.map(|delivery| delivery.request_id().to_owned()),
            verdict: outcome.verdict(),
            code: outcome.code(),
            error: self.error.take(),
            status,
            duration: self.start.elapsed(),
            seen_before: self.seen_before,
        };
        // The panic has told of itself.
        let _ = panic::catch_unwind(AssertUnwindSafe(|| on_delivery(record)));
    }
}

impl Drop for Log {
    /// Nobody is there to be answered, and the record says so all the same.
    fn drop(&mut self) {
        let outcome = match mem::replace(&mut self.stage, Stage::Answered) {
            Stage::Answered => return,
            Stage::Arrived => Outcome::HandlerFailed,
            Stage::Arriving => {
                self.no_event(&NoEvent::IncompleteBody(GONE.into()));
                Outcome::IncompleteBody
            }
        };
        self.write(&outcome, outcome.status());
    }
}
