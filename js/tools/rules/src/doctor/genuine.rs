//! Deliveries that an endpoint must receive.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    Endpoint, Pace, Request,
    delivery::{Delivery, request_id},
};

/// In bytes. Bodies follow the customer's own document types, so they can be large; many frameworks refuse more than 100 kB by
/// default.
const LARGE: usize = 1024 * 1024;
/// In bytes. Larger than most endpoints ever need.
const OVERSIZED: usize = 32 * 1024 * 1024;
/// The event that most endpoints are made for.
pub(super) const EVENT: &str = "CONVERSION_COMPLETED";

/// The id of the document of a probe.
pub(super) fn id(endpoint: &Endpoint, name: &str) -> String {
    format!("doctor_{}_{name}", endpoint.run)
}

/// A genuine delivery of [`EVENT`], for a document of its own.
pub(super) fn completed(endpoint: &Endpoint, name: &str) -> Delivery {
    Delivery::new(
        endpoint,
        name,
        EVENT,
        conversion(endpoint, name, "SUCCESS", COMPLETED),
    )
}

const COMPLETED: &str = r#","response_timestamp":"2024-01-15T10:30:15.000Z","data":{"moneda":"EUR","monto_total":1250.00,"emisor":"Muñoz e Hijos"}"#;
const FAILED: &str = r#","response_timestamp":"2024-01-15T10:30:15.000Z""#;

pub(super) fn conversion(endpoint: &Endpoint, name: &str, status: &str, rest: &str) -> Vec<u8> {
    let id = id(endpoint, name);
    format!(
        r#"{{"conversion_id":"{id}","status":"{status}","request_timestamp":"2024-01-15T10:30:00.000Z","document_type_code":"invoice","original_filename":"doctor.pdf"{rest}}}"#
    )
    .into_bytes()
}

fn identification(endpoint: &Endpoint, name: &str, status: &str, rest: &str) -> Vec<u8> {
    let id = id(endpoint, name);
    format!(
        r#"{{"identification_id":"{id}","status":"{status}","request_timestamp":"2024-01-15T10:30:00.000Z","original_filename":"doctor.pdf"{rest}}}"#
    )
    .into_bytes()
}

fn step(endpoint: &Endpoint, name: &str, status: &str, rest: &str) -> Vec<u8> {
    let id = id(endpoint, name);
    format!(
        r#"{{"step_execution_id":"{id}","step_id":"step_doctor","step_name":"Doctor","status":"{status}","request_timestamp":"2024-01-15T10:30:00.000Z"{rest}}}"#
    )
    .into_bytes()
}

/// The payload of an identification that has started: the body to splice.
pub(super) fn identification_started(endpoint: &Endpoint, name: &str) -> Vec<u8> {
    identification(endpoint, name, "PROCESSING", "")
}

pub(super) fn first(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "good").signed()]
}

pub(super) fn last(endpoint: &Endpoint) -> Vec<Request> {
    vec![completed(endpoint, "still_good").signed()]
}

/// The other eight events, in order. Docutray does not document the error of a failed one, so each has another form of it.
pub(super) fn events(endpoint: &Endpoint) -> Vec<Request> {
    let found = r#","response_timestamp":"2024-01-15T10:30:08.000Z","document_type":{"code":"invoice","name":"Invoice","confidence":0.95},"alternatives":[{"code":"receipt","name":"Receipt","confidence":0.45}]"#;
    let ended = r#","response_timestamp":"2024-01-15T10:30:12.000Z","data":{"moneda":"EUR"},"identification":{"document_type":"invoice","confidence":0.95}"#;
    let text = format!(r#"{FAILED},"error":"unreadable""#);
    let object = format!(r#"{FAILED},"error":{{"code":"TIMEOUT","message":"took too long"}}"#);
    let deliveries = [
        (
            "CONVERSION_STARTED",
            conversion(endpoint, "events_1", "PROCESSING", ""),
        ),
        (
            "CONVERSION_FAILED",
            conversion(endpoint, "events_2", "ERROR", &text),
        ),
        (
            "IDENTIFICATION_STARTED",
            identification_started(endpoint, "events_3"),
        ),
        (
            "IDENTIFICATION_COMPLETED",
            identification(endpoint, "events_4", "SUCCESS", found),
        ),
        (
            "IDENTIFICATION_FAILED",
            identification(endpoint, "events_5", "ERROR", FAILED),
        ),
        ("STEP_STARTED", step(endpoint, "events_6", "PROCESSING", "")),
        (
            "STEP_COMPLETED",
            step(endpoint, "events_7", "completed", ended),
        ),
        ("STEP_FAILED", step(endpoint, "events_8", "ERROR", &object)),
    ];
    let deliveries = deliveries.into_iter();
    deliveries
        .map(|(event, body)| Delivery::new(endpoint, event, event, body).signed())
        .collect()
}

/// Docutray may add events.
pub(super) fn unknown_event(endpoint: &Endpoint) -> Vec<Request> {
    let id = id(endpoint, "unknown_event");
    let body = format!(r#"{{"batch_id":"{id}","status":"ARCHIVED"}}"#);
    vec![
        Delivery::new(
            endpoint,
            "unknown_event",
            "BATCH_ARCHIVED",
            body.into_bytes(),
        )
        .signed(),
    ]
}

/// Docutray may add fields.
pub(super) fn unknown_field(endpoint: &Endpoint) -> Vec<Request> {
    let rest = format!(r#"{COMPLETED},"pages":[{{"number":1}}]"#);
    let body = conversion(endpoint, "unknown_field", "SUCCESS", &rest);
    vec![Delivery::new(endpoint, "unknown_field", EVENT, body).signed()]
}

/// An event, the same delivery again, and the same event in a delivery of its own: Docutray does not document which of
/// the two a retry is.
pub(super) fn repeated(endpoint: &Endpoint) -> Vec<Request> {
    let first = completed(endpoint, "repeated").signed();
    let retried =
        completed(endpoint, "repeated").with_request_id(request_id(endpoint, "repeated_anew"));
    vec![
        first.clone().titled("first delivery"),
        first.titled("the same delivery again"),
        retried
            .dated(endpoint.now.saturating_add(1))
            .signed()
            .titled("a retry with a new request id and timestamp"),
    ]
}

/// The same delivery twice at the same time, and once more.
pub(super) fn together(endpoint: &Endpoint) -> Vec<Request> {
    let delivery = completed(endpoint, "together").signed();
    vec![
        delivery
            .clone()
            .titled("one of two at the same time")
            .with_next(),
        delivery.clone().titled("the other of the two"),
        delivery.titled("a retry after both"),
    ]
}

pub(super) fn slow(endpoint: &Endpoint) -> Vec<Request> {
    let pace = Pace::Parts {
        parts: 8,
        pause_milliseconds: 250,
    };
    vec![
        completed(endpoint, "slow")
            .signed()
            .paced(pace)
            .titled("a body in 8 parts within 2 s"),
    ]
}

pub(super) fn large(endpoint: &Endpoint) -> Vec<Request> {
    vec![
        completed(endpoint, "large")
            .of_size(LARGE)
            .signed()
            .titled("a body of 1 MiB"),
    ]
}

pub(super) fn oversized(endpoint: &Endpoint) -> Vec<Request> {
    vec![
        completed(endpoint, "oversized")
            .of_size(OVERSIZED)
            .signed()
            .titled("a body of 32 MiB"),
    ]
}
