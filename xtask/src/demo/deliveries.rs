//! The deliveries that the demo and the test of the examples send, each with the reaction that is right.

use docutray_webhook::Code;
use docutray_webhook_deliveries::{Delivery, Forgery, SECRET, forgeries, now};

use crate::example::OLD_SECRET;

/// A delivery, and the reaction that is right.
pub(crate) struct Trial {
    pub(crate) title: &'static str,
    pub(crate) delivery: Delivery,
    pub(crate) expected: Expected,
}

/// The one right reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Accepted, as an event of this type.
    Event(&'static str),
    /// Accepted, as an event that was processed before.
    Duplicate,
    /// Refused, with this code.
    Refusal(Code),
}

macro_rules! payload {
    ($name:literal) => {
        include_str!(concat!("payloads/", $name, ".json"))
    };
}

/// Each event of the documentation, with a payload.
const EVENTS: [(&str, &str); 9] = [
    ("CONVERSION_STARTED", payload!("conversion_started")),
    (CONVERSION_COMPLETED, COMPLETED),
    ("CONVERSION_FAILED", payload!("conversion_failed")),
    ("IDENTIFICATION_STARTED", payload!("identification_started")),
    (
        "IDENTIFICATION_COMPLETED",
        payload!("identification_completed"),
    ),
    ("IDENTIFICATION_FAILED", payload!("identification_failed")),
    ("STEP_STARTED", payload!("step_started")),
    ("STEP_COMPLETED", payload!("step_completed")),
    ("STEP_FAILED", payload!("step_failed")),
];
const CONVERSION_COMPLETED: &str = "CONVERSION_COMPLETED";
const COMPLETED: &str = payload!("conversion_completed");
/// The id in that payload.
const ID: &str = "cnv_7Hk2pQx9";
/// An event that the documentation does not name. Receivers must accept it.
const ADDED_EVENT: &str = payload!("document_archived");

/// Deliveries that a receiver accepts.
pub(crate) fn genuine() -> Vec<Trial> {
    let signed = |title, secret, event: &str, payload: &str, kind| Trial {
        title,
        delivery: Delivery::signed_with(secret, event, payload.as_bytes(), now()),
        expected: Expected::Event(kind),
    };
    let mut genuine: Vec<_> = EVENTS
        .into_iter()
        .map(|(event, payload)| signed(event, SECRET, event, payload, event))
        .collect();
    let (added, unknown) = ("DOCUMENT_ARCHIVED", "UNKNOWN");
    genuine.push(signed(
        "an event added since",
        SECRET,
        added,
        ADDED_EVENT,
        unknown,
    ));
    // The conversion has another id, since the same id would be a duplicate.
    let payload = COMPLETED.replace(ID, "cnv_2Wd8mRb4");
    let (title, event) = ("old secret, under way", CONVERSION_COMPLETED);
    genuine.push(signed(title, OLD_SECRET, event, &payload, event));
    genuine
}

/// Deliveries that a receiver refuses.
pub(crate) fn forged() -> Vec<Trial> {
    let trial = |forgery: Forgery| Trial {
        title: forgery.title,
        delivery: forgery.delivery,
        expected: Expected::Refusal(forgery.code),
    };
    forgeries().into_iter().map(trial).collect()
}

/// An id that begins with a byte order mark, which some decoders of UTF-8 drop.
pub(crate) const MARKED_ID: &str = "\u{feff}cnv_5Tn1vZs6";

/// A delivery with that id.
pub(crate) fn marked() -> Delivery {
    let payload = COMPLETED.replace(ID, MARKED_ID);
    Delivery::signed(CONVERSION_COMPLETED, payload.as_bytes(), now())
}
