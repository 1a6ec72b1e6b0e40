//! Deliveries that an endpoint must receive.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    delivery::{Delivery, request_id},
    endpoint::Endpoint,
    request::{Pace, Request},
};
use crate::samples::{FailedError, SampleRequest, sample};

/// The event that most endpoints are made for.
pub(super) const EVENT: &str = "CONVERSION_COMPLETED";
/// In bytes. Bodies follow the customer's own document types, so they can be large; many frameworks refuse more than 100 kB by
/// default.
const LARGE: usize = 1024 * 1024;
/// In bytes. Larger than most endpoints ever need.
const OVERSIZED: usize = 32 * 1024 * 1024;
/// The others, each with the form of `error` that it has if it is a failed one: Docutray does not document which it is.
const OTHER_EVENTS: [(&str, FailedError); 8] = [
    ("CONVERSION_STARTED", FailedError::None),
    ("CONVERSION_FAILED", FailedError::String),
    ("IDENTIFICATION_STARTED", FailedError::None),
    ("IDENTIFICATION_COMPLETED", FailedError::None),
    ("IDENTIFICATION_FAILED", FailedError::None),
    ("STEP_STARTED", FailedError::None),
    ("STEP_COMPLETED", FailedError::None),
    ("STEP_FAILED", FailedError::Object),
];

/// The id of the document of a probe.
pub(super) fn id(endpoint: &Endpoint, name: &str) -> String {
    format!("doctor_{}_{name}", endpoint.run)
}

/// The payload of a sample, with an id of its own.
pub(super) fn payload(
    endpoint: &Endpoint,
    sample_name: &str,
    name: &str,
    failed_error: FailedError,
) -> Vec<u8> {
    let request = SampleRequest {
        id: Some(id(endpoint, name)),
        failed_error,
        ..SampleRequest::new(sample_name, endpoint.now)
    };
    // A sample of this module always exists: a test makes each.
    sample(&request)
        .map(|sample| sample.body.0)
        .unwrap_or_default()
}

/// A genuine delivery of [`EVENT`], for a document of its own.
pub(super) fn completed(endpoint: &Endpoint, name: &str) -> Delivery {
    let body = payload(endpoint, EVENT, name, FailedError::None);
    Delivery::new(endpoint, name, EVENT, body)
}

pub(super) fn first(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "genuine").signed()]
}

pub(super) fn last(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "still_good").signed()]
}

pub(super) fn events(endpoint: &Endpoint) -> Vec<Request> {
    let signed = |(event, failed_error): (&str, FailedError)| {
        let body = payload(endpoint, event, &event.to_ascii_lowercase(), failed_error);
        Delivery::new(endpoint, event, event, body).signed()
    };
    OTHER_EVENTS.map(signed).into()
}

/// Docutray may add events.
pub(super) fn unknown_event(endpoint: &Endpoint) -> Vec<Request> {
    const EVENT: &str = "DOCUMENT_ARCHIVED";
    let body = payload(
        endpoint,
        "unknown-event",
        "unknown_event",
        FailedError::None,
    );
    vec![Delivery::new(endpoint, EVENT, EVENT, body).signed()]
}

/// Docutray may add fields.
pub(super) fn unknown_field(endpoint: &Endpoint) -> Vec<Request> {
    let mut body = payload(endpoint, EVENT, "unknown_field", FailedError::None);
    body.pop();
    body.extend(br#","field_to_come":{"pages":[1,2]}}"#);
    vec![Delivery::new(endpoint, "unknown_field", EVENT, body).signed()]
}

/// An event, the same delivery again, and the same event in a delivery of its own: Docutray does not document which of
/// the two a retry is.
pub(super) fn repeated(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "repeated");
    let retry = delivery
        .clone()
        .with_request_id(request_id(endpoint, "repeated_anew"));
    let retry = retry.dated(endpoint.now.saturating_add(1)).signed();
    let first = delivery.signed();
    vec![
        first.clone().titled("first delivery"),
        first.titled("the same delivery again"),
        retry.titled("a retry with a new request id and timestamp"),
    ]
}

/// The same delivery twice at the same time, and once more.
pub(super) fn together(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "together").signed();
    let one = delivery.clone().titled("one of two at the same time");
    vec![
        one.with_next(),
        delivery.clone().titled("the other of the two"),
        delivery.titled("a retry after both"),
    ]
}

/// In parts, as a slow network delivers it.
pub(super) fn slow(endpoint: &Endpoint) -> Vec<Request> {
    vec![in_parts(completed(endpoint, "slow"), false)]
}

pub(super) fn chunked(endpoint: &Endpoint) -> Vec<Request> {
    vec![in_parts(completed(endpoint, "chunked"), true)]
}

fn in_parts(delivery: Delivery, is_chunked: bool) -> Request {
    delivery.signed().paced(Pace::Parts {
        parts: 8,
        pause_milliseconds: 125,
        is_chunked,
    })
}

pub(super) fn large(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "large").of_size(LARGE).signed()]
}

pub(super) fn oversized(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "oversized").of_size(OVERSIZED).signed()]
}
