//! What the demo sends: every event as Docutray signs it, and what a receiver must see through.

use docutray_webhook::{Code, signing::Signer};

/// What both receivers are told.
pub(crate) const SETTINGS: [(&str, &str); 3] = [
    ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
    ("DOCUTRAY_WEBHOOK_SECRET_OLD", OLD_SECRET),
    ("DOCUTRAY_WEBHOOK_URL", URL),
];
const SECRET: &str = "demo secret, made after the old one leaked";
const OLD_SECRET: &str = "demo secret, the old one";
pub(super) const URL: &str = "https://shop.example/hooks/docutray";

/// Seconds; twice the default tolerance.
const TOO_FAR: u64 = 600;

/// A delivery and what must come of it.
pub(crate) struct Delivery {
    pub(crate) title: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) expected: Expected,
}

/// The one right answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Accepted, as an event of this type.
    Event(&'static str),
    /// Accepted, as an event that was processed before.
    Duplicate,
    /// Refused, with this code.
    Refusal(Code),
}

const EVENTS: [(&str, &str); 9] = [
    (
        "CONVERSION_STARTED",
        include_str!("payloads/conversion_started.json"),
    ),
    ("CONVERSION_COMPLETED", CONVERSION_COMPLETED),
    (
        "CONVERSION_FAILED",
        include_str!("payloads/conversion_failed.json"),
    ),
    (
        "IDENTIFICATION_STARTED",
        include_str!("payloads/identification_started.json"),
    ),
    ("IDENTIFICATION_COMPLETED", IDENTIFICATION_COMPLETED),
    (
        "IDENTIFICATION_FAILED",
        include_str!("payloads/identification_failed.json"),
    ),
    ("STEP_STARTED", include_str!("payloads/step_started.json")),
    (
        "STEP_COMPLETED",
        include_str!("payloads/step_completed.json"),
    ),
    ("STEP_FAILED", include_str!("payloads/step_failed.json")),
];
const CONVERSION_COMPLETED: &str = include_str!("payloads/conversion_completed.json");
const IDENTIFICATION_COMPLETED: &str = include_str!("payloads/identification_completed.json");
/// No event of the documentation: it must come through all the same.
const ADDED_EVENT: &str = include_str!("payloads/document_archived.json");

/// Deliveries that a receiver accepts.
pub(crate) fn genuine(now: u64) -> Vec<Delivery> {
    let mut deliveries: Vec<_> = EVENTS
        .into_iter()
        .map(|(event, payload)| {
            signed(event, SECRET, now, event, payload).is(Expected::Event(event))
        })
        .collect();
    deliveries.push(
        signed(
            "an event added since",
            SECRET,
            now,
            "DOCUMENT_ARCHIVED",
            ADDED_EVENT,
        )
        .is(Expected::Event("UNKNOWN")),
    );
    // Another conversion: the same would be a repetition.
    let payload = CONVERSION_COMPLETED.replace("cnv_7Hk2pQx9", "cnv_2Wd8mRb4");
    let event = "CONVERSION_COMPLETED";
    deliveries.push(
        signed("old secret, under way", OLD_SECRET, now, event, &payload)
            .is(Expected::Event(event)),
    );
    deliveries
}

/// An id that some decoders of UTF-8 change, a byte order mark at its start, and a delivery that has it.
pub(crate) const MARKED_ID: &str = "\u{feff}cnv_5Tn1vZs6";
pub(crate) fn marked(now: u64) -> Delivery {
    let payload = CONVERSION_COMPLETED.replace("cnv_7Hk2pQx9", MARKED_ID);
    let event = "CONVERSION_COMPLETED";
    signed("an id with a byte order mark", SECRET, now, event, &payload)
}

/// Deliveries that a receiver refuses.
pub(crate) fn forged(now: u64) -> Vec<Delivery> {
    vec![
        conversion("body changed on the way", SECRET, now)
            .with_body(&CONVERSION_COMPLETED.replace("211582.00", "911582.00"))
            .is(Expected::Refusal(Code::SignatureMismatch)),
        conversion("ten minutes old", SECRET, now - TOO_FAR)
            .is(Expected::Refusal(Code::TimestampTooOld)),
        conversion("from ten minutes ahead", SECRET, now + TOO_FAR)
            .is(Expected::Refusal(Code::TimestampTooNew)),
        conversion("replayed as if new", SECRET, now - TOO_FAR)
            .with_header("x-docutray-timestamp", now.to_string())
            .is(Expected::Refusal(Code::AuthSignatureMismatch)),
        splice(now).is(Expected::Refusal(Code::EventMismatch)),
        conversion("wrong secret", "a guess", now)
            .is(Expected::Refusal(Code::AuthSignatureMismatch)),
        conversion("only the body signed", SECRET, now)
            .without_header("x-docutray-auth-signature")
            .is(Expected::Refusal(Code::MissingHeader)),
    ]
}

/// The headers of one delivery around the body, and the body's signature, of another: each part is authentic.
fn splice(now: u64) -> Delivery {
    conversion("two deliveries spliced", SECRET, now)
        .with_body(IDENTIFICATION_COMPLETED)
        .with_header(
            "x-docutray-signature",
            Signer::new(SECRET).body_signature(IDENTIFICATION_COMPLETED.as_bytes()),
        )
}

fn conversion(title: &'static str, secret: &str, timestamp: u64) -> Delivery {
    signed(
        title,
        secret,
        timestamp,
        "CONVERSION_COMPLETED",
        CONVERSION_COMPLETED,
    )
}

fn signed(
    title: &'static str,
    secret: &str,
    timestamp: u64,
    event: &'static str,
    payload: &str,
) -> Delivery {
    let body = payload.as_bytes().to_vec();
    let headers = Signer::new(secret)
        .headers(&request_id(title), timestamp, URL, event, &body)
        .into();
    Delivery {
        title,
        headers,
        body,
        expected: Expected::Event(event),
    }
}

/// A UUID for each delivery, the same in every run.
fn request_id(title: &str) -> String {
    let number = title.bytes().fold(0_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    format!(
        "{:08x}-0000-4000-8000-{:012x}",
        number >> 32,
        number & 0xffff_ffff
    )
}

impl Delivery {
    fn is(self, expected: Expected) -> Self {
        Self { expected, ..self }
    }

    fn with_body(self, body: &str) -> Self {
        Self {
            body: body.as_bytes().to_vec(),
            ..self
        }
    }

    fn with_header(mut self, name: &'static str, value: String) -> Self {
        self = self.without_header(name);
        self.headers.push((name, value));
        self
    }

    fn without_header(mut self, name: &str) -> Self {
        self.headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }
}
