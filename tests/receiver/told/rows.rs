//! The ways in which a delivery is refused, and who learns what of each.

use crate::{
    chunks::{Chunks, Fed},
    delivery::{Delivery, EVENT, LIMIT, now, payload},
};
use ::http::Request;
use axum::body::Body;
use bytes::Bytes;
use std::io;

/// The configured secret. It begins with white space, which only the operator may learn.
pub(crate) const SPACED_SECRET: &str = " whsec_9f8e7d6c5b4a";

/// A request, and what is said about it.
pub(crate) struct Row {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) request: fn() -> Request<Body>,
    /// The whole `detail` for the sender. With `...` at its end, only its beginning.
    pub(crate) sender: &'static str,
    /// A part of the text for the operator, which no sender gets.
    pub(crate) operator: &'static str,
    /// Whether the record has the event's name and its request id: with a registered URL, and in body-only mode.
    pub(crate) names: [Names; 2],
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Names {
    Told,
    NotTold,
    /// A delivery that is not refused.
    NoRow,
}
use Names::{NoRow, NotTold, Told};

pub(crate) const ROWS: &[Row] = &[
    Row {
        code: "method_not_allowed",
        status: 405,
        request: || whole(genuine().by("PUT")),
        sender: "a delivery comes by POST.",
        operator: "",
        names: [NotTold, NotTold],
    },
    Row {
        code: "unsupported_media_type",
        status: 415,
        request: || whole(genuine().without_header("content-type")),
        sender: "a delivery's Content-Type is application/json. Docutray sends it: see that no proxy changes it.",
        operator: "",
        names: [NotTold, NotTold],
    },
    Row {
        code: "unsupported_content_encoding",
        status: 415,
        request: || whole(genuine().with_header("content-encoding", "gzip")),
        sender: "a delivery's body has no Content-Encoding: its signature covers the bytes that Docutray sends. See that no proxy compresses it.",
        operator: "",
        names: [NotTold, NotTold],
    },
    Row {
        code: "missing_header",
        status: 400,
        request: || whole(genuine().without_header("x-docutray-signature")),
        sender: "x-docutray-signature is missing.",
        operator: "pass all headers of the request",
        names: [NotTold, NotTold],
    },
    Row {
        code: "duplicate_header",
        status: 400,
        request: || whole(genuine().and_header("x-docutray-event", EVENT)),
        sender: "x-docutray-event was received more than once, or contains a comma.",
        operator: "check what adds headers to the request",
        names: [NotTold, NotTold],
    },
    Row {
        code: "malformed_header",
        status: 400,
        request: || whole(genuine().with_header("x-docutray-timestamp", "injected")),
        sender: "x-docutray-timestamp has to be ...",
        operator: "Pass the value as it was received",
        names: [NotTold, NotTold],
    },
    Row {
        code: "auth_signature_mismatch",
        status: 401,
        request: || whole(genuine().with_header("x-docutray-event", "INJECTED")),
        sender: "x-docutray-auth-signature is not the MAC of this delivery's metadata.",
        operator: "A configured secret begins or ends with white space",
        names: [NotTold, NoRow],
    },
    Row {
        code: "timestamp_too_old",
        status: 401,
        request: || whole(signed(EVENT, &payload("c_1"), now() - 600)),
        sender: "x-docutray-timestamp is 6...",
        operator: "raise the tolerance",
        names: [NotTold, NotTold],
    },
    Row {
        code: "timestamp_too_new",
        status: 401,
        request: || whole(signed(EVENT, &payload("c_1"), now() + 6_000)),
        sender: "x-docutray-timestamp is ...",
        operator: "Check that this host's clock is right",
        names: [NotTold, NotTold],
    },
    Row {
        code: "body_too_large",
        status: 413,
        request: || whole(signed(EVENT, &[b' '; LIMIT + 1], now())),
        sender: "the body is larger than 1024 bytes, or than the memory left.",
        operator: "Raise the limit on the body",
        names: [Told, NotTold],
    },
    Row {
        code: "incomplete_body",
        status: 400,
        request: || {
            let broken = Chunks::<Bytes>::new([]).and(Err(io::Error::other("the line is dead")));
            genuine().request_of(Body::new(broken))
        },
        sender: "the body ended early: send the delivery again.",
        operator: "its sender disconnected, or a limit of a layer or a proxy truncated it",
        names: [Told, NotTold],
    },
    Row {
        code: "incomplete_body",
        status: 408,
        request: || {
            let (feeder, body) = Fed::new();
            // The body never ends.
            std::mem::forget(feeder);
            genuine().request_of(Body::new(body))
        },
        sender: "the body did not arrive completely in time: send the delivery again.",
        operator: "had not arrived completely by the deadline",
        names: [Told, NotTold],
    },
    Row {
        code: OVERLOADED,
        status: 503,
        request: || whole(genuine()),
        sender: "this receiver holds as much of other deliveries as it can: send the delivery again later.",
        operator: "`body_budget`",
        names: [Told, NotTold],
    },
    Row {
        code: "signature_mismatch",
        status: 401,
        request: || whole(genuine().with_body(br#"{"secret_of_the_payload":1}"#)),
        sender: "x-docutray-signature is not the MAC of this body.",
        operator: "A configured secret begins or ends with white space",
        names: [Told, NotTold],
    },
    Row {
        code: "malformed_payload",
        status: 400,
        request: || whole(signed(EVENT, br#"{"secret_of_the_payload":1}"#, now())),
        sender: "conversion_id is missing, though this event requires it.",
        operator: "keep the body, and see whether Docutray's documentation",
        names: [Told, Told],
    },
    Row {
        code: "event_mismatch",
        status: 400,
        request: || whole(signed("CONVERSION_FAILED", &payload("c_1"), now())),
        sender: "the headers say CONVERSION_FAILED, for which the payload's status has to be ...",
        operator: "Headers and body are authentic",
        names: [Told, Told],
    },
];

pub(crate) const OVERLOADED: &str = "overloaded";

fn signed(event: &str, body: &[u8], timestamp: u64) -> Delivery {
    Delivery::signed_with(SPACED_SECRET, event, body, timestamp)
}

pub(crate) fn genuine() -> Delivery {
    signed(EVENT, &payload("c_1"), now())
}

fn whole(delivery: Delivery) -> Request<Body> {
    delivery.request().map(Body::new)
}
