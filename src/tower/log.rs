//! The log: writes one record for each request, whatever its outcome.

use super::reply::Reply;
use crate::{
    answer::Outcome,
    arrival::{NoEvent, Refusals},
    error::{Code, Error},
    event::Event,
    metadata::Delivery,
};
use http::{Method, Request};
use std::{
    borrow::ToOwned,
    mem,
    panic::{self, AssertUnwindSafe},
    string::{String, ToString as _},
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::time::Instant;
use tracing::{Span, field::Empty};

/// Why the body is incomplete if the request is dropped while it arrives.
const GONE: &str = "the request was given up while its body was arriving";

pub(crate) type OnDelivery = Arc<dyn Fn(DeliveryRecord) + Send + Sync>;

/// The record of one request, for a log. It contains no secret, no MAC, and of the payload only the id. Everything about the
/// event was verified, so that no sender can write into the log.
///
/// With the feature `serde` it implements `Serialize`, for a log of JSON lines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryRecord {
    /// When the request arrived.
    pub time: SystemTime,
    /// The event's name, if the metadata was verified. With a body-only verifier, the name as sent, if the body was verified.
    pub event: Option<String>,
    /// The id of the conversion, identification or step execution, if the payload was verified.
    pub id: Option<String>,
    /// The event's idempotency key, if the payload was verified: see [`Event::key`].
    pub key: Option<String>,
    /// The delivery's request id, if the metadata was verified. With a body-only verifier, the id as sent, if the body was
    /// verified.
    pub request_id: Option<String>,
    /// The outcome in one word: see [`Outcome::verdict`].
    pub verdict: &'static str,
    /// The code of the problem: see [`Outcome::code`].
    pub code: Option<&'static str>,
    /// The verifier's error, if it refused the delivery.
    pub error: Option<DeliveryError>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The time from the request to its answer.
    pub duration: Duration,
    /// Whether the event was seen before: processed, being processed, or tried without success.
    pub seen_before: bool,
}

/// An [`Error`] for the operator. It says more than the sender learns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryError {
    /// The error's code.
    pub code: Code,
    /// The header or the payload's field at fault: see [`Error::field`].
    pub field: Option<String>,
    /// What is wrong, what was expected and what to do, in one line. It contains no text of the sender.
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

/// Creates the span of a request. Its fields are OpenTelemetry's, where the semantic conventions have them, and are recorded with the
/// answer. It contains no text of an unverified sender.
pub(crate) fn span<B>(request: &Request<B>) -> Span {
    let method = match *request.method() {
        Method::POST => "POST",
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "_OTHER",
    };
    tracing::info_span!(
        "process docutray",
        otel.kind = "consumer",
        otel.status_code = Empty,
        http.request.method = method,
        http.response.status_code = Empty,
        error.r#type = Empty,
        messaging.system = "docutray",
        messaging.operation.name = "process",
        messaging.operation.r#type = "process",
        messaging.message.id = Empty,
        docutray.event.name = Empty,
        docutray.event.key = Empty,
        docutray.verdict = Empty,
    )
}

/// The log of a request that is not answered yet.
pub(crate) struct Log {
    on_delivery: Option<OnDelivery>,
    refusals: Arc<Refusals>,
    span: Span,
    time: SystemTime,
    start: Instant,
    /// The delivery, once its metadata or body has been verified.
    delivery: Option<Delivery>,
    id: Option<String>,
    key: Option<String>,
    error: Option<DeliveryError>,
    seen_before: bool,
    stage: Stage,
}

/// What the request is waiting for.
#[derive(PartialEq, Eq)]
enum Stage {
    /// For the sender, who may disconnect.
    Arriving,
    /// For the service or `on_unfit`.
    Arrived,
    /// For nothing.
    Answered,
}

impl Log {
    pub(crate) fn start(on_delivery: Option<OnDelivery>, refusals: Arc<Refusals>) -> Self {
        Self {
            on_delivery,
            refusals,
            span: Span::current(),
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

    /// Records that the headers have passed. With a body-only verifier, they are not authenticated and not recorded.
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

    /// Writes the record. Call it before sending the answer.
    pub(crate) fn end<B>(mut self, reply: &Reply<B>) {
        self.stage = Stage::Answered;
        self.write(reply.outcome(), reply.status());
    }

    fn write(&mut self, outcome: &Outcome<'_>, status: u16) {
        self.trace(outcome, status);
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
        // The panic hook has reported it.
        let _ = panic::catch_unwind(AssertUnwindSafe(|| on_delivery(record)));
    }
}

impl Log {
    /// Records in the span what came of the request.
    fn trace(&self, outcome: &Outcome<'_>, status: u16) {
        let span = &self.span;
        span.record("http.response.status_code", status);
        span.record("docutray.verdict", outcome.verdict());
        if let (400.., Some(code)) = (status, outcome.code()) {
            span.record("error.type", code);
        }
        if status >= 500 {
            span.record("otel.status_code", "ERROR");
        }
        if let Some(delivery) = &self.delivery {
            span.record("messaging.message.id", delivery.request_id());
            span.record("docutray.event.name", delivery.event());
        }
        if let Some(key) = &self.key {
            span.record("docutray.event.key", &**key);
        }
    }
}

impl Drop for Log {
    /// Writes the record of a request that was dropped before its answer.
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
