//! The deliveries that the demo and the test of the examples send, each with the reaction that is right.

use docutray_webhook::{Code, EventKind};
use docutray_webhook_deliveries::{Delivery, Forgery, SECRET, forgeries, now};
use docutray_webhook_tools::samples::{SamplePayload, SampleRequest, sample};

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

const CONVERSION_COMPLETED: &str = "CONVERSION_COMPLETED";

/// Deliveries that a receiver accepts.
pub(crate) fn genuine() -> Vec<Trial> {
    let signed = |title, secret, sample: SamplePayload, kind| Trial {
        title,
        delivery: Delivery::signed_with(secret, sample.event, &sample.body.0, now()),
        expected: Expected::Event(kind),
    };
    let mut genuine: Vec<_> = EventKind::KNOWN
        .iter()
        .map(|kind| {
            signed(
                kind.as_str(),
                SECRET,
                payload(kind.as_str(), None),
                kind.as_str(),
            )
        })
        .collect();
    genuine.push(signed(
        "an event added since",
        SECRET,
        payload("unknown-event", None),
        "UNKNOWN",
    ));
    // The conversion has another id, since the same id would be a duplicate.
    let other = payload(CONVERSION_COMPLETED, Some("cnv_2Wd8mRb4"));
    genuine.push(signed(
        "old secret, under way",
        OLD_SECRET,
        other,
        CONVERSION_COMPLETED,
    ));
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
    let payload = payload(CONVERSION_COMPLETED, Some(MARKED_ID));
    Delivery::signed(CONVERSION_COMPLETED, &payload.body.0, now())
}

fn payload(name: &str, id: Option<&str>) -> SamplePayload {
    let mut request = SampleRequest::new(name, now());
    request.id = id.map(str::to_owned);
    sample(&request).expect("a sample of this name")
}
