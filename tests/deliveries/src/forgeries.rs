//! Deliveries that every receiver must refuse.

use docutray_webhook::{Code, signing::Signer};

use crate::delivery::{Delivery, EVENT, SECRET, now, payload};

/// In seconds: twice the default tolerance.
const TOO_FAR: u64 = 600;
/// For the id of the payload, so that a test sees whether one was processed.
const ID: &str = "c_forged";

/// A delivery that every receiver must refuse.
#[derive(Clone, Debug)]
pub struct Forgery {
    /// What is wrong with it, in a few words.
    pub title: &'static str,
    /// The code that it must be refused with.
    pub code: Code,
    /// The delivery.
    pub delivery: Delivery,
}

/// At least one for each code that a delivery can be refused with, except for [`too_large`].
#[must_use]
pub fn forgeries() -> Vec<Forgery> {
    let (now, body) = (now(), payload(ID));
    let genuine = || Delivery::signed(EVENT, &body, now);
    let early = || Delivery::signed(EVENT, &body, now - TOO_FAR);
    let late = Delivery::signed(EVENT, &body, now + TOO_FAR);
    let mut changed = body.clone();
    if let Some(byte) = changed.get_mut(20) {
        *byte ^= 1;
    }
    let guessed = Delivery::signed_with("a guess", EVENT, &body, now);
    let other_event = Delivery::signed("CONVERSION_COMPLETED", &body, now);
    [
        (
            "only the body signed",
            Code::MissingHeader,
            genuine().without_header("x-docutray-auth-signature"),
        ),
        (
            "the event named twice",
            Code::DuplicateHeader,
            genuine().and_header("x-docutray-event", EVENT),
        ),
        (
            "a timestamp in words",
            Code::MalformedHeader,
            genuine().with_header("x-docutray-timestamp", "today"),
        ),
        ("wrong secret", Code::AuthSignatureMismatch, guessed),
        (
            "replayed as if new",
            Code::AuthSignatureMismatch,
            early().with_header("x-docutray-timestamp", now.to_string()),
        ),
        ("ten minutes old", Code::TimestampTooOld, early()),
        ("from ten minutes ahead", Code::TimestampTooNew, late),
        (
            "body changed on the way",
            Code::SignatureMismatch,
            genuine().with_body(&changed),
        ),
        ("fields missing", Code::MalformedPayload, malformed()),
        ("status of another event", Code::EventMismatch, other_event),
        ("two deliveries spliced", Code::EventMismatch, spliced()),
    ]
    .map(|(title, code, delivery)| Forgery {
        title,
        code,
        delivery,
    })
    .into()
}

/// One whose body is larger than a receiver's limit, in bytes.
#[must_use]
pub fn too_large(limit: usize) -> Forgery {
    Forgery {
        title: "a body beyond the limit",
        code: Code::BodyTooLarge,
        delivery: Delivery::of_size(limit + 1),
    }
}

/// Authentic, with a payload that lacks what its event requires.
#[must_use]
pub fn malformed() -> Delivery {
    Delivery::signed(EVENT, br#"{"secret_of_the_payload":true}"#, now())
}

/// The headers of one delivery around the body, and the body's signature, of another: each part is authentic.
fn spliced() -> Delivery {
    let other = br#"{"identification_id":"i_forged","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z"}"#;
    Delivery::of(ID).with_body(other).with_header(
        "x-docutray-signature",
        Signer::new(SECRET).body_signature(other),
    )
}

#[cfg(test)]
mod tests {
    use docutray_webhook::Verifier;

    use super::*;
    use crate::URL;

    #[test]
    fn each_forgery_is_refused_with_its_code() {
        const LIMIT: usize = 1024;
        let builder = Verifier::builder().secret(SECRET).url(URL);
        let verifier = builder.max_body(LIMIT as u64).build().expect("a verifier");
        let mut forgeries = forgeries();
        forgeries.push(too_large(LIMIT));
        for Forgery {
            title,
            code,
            delivery,
        } in &forgeries
        {
            let headers = delivery.headers.iter().map(|(name, value)| (*name, value));
            let error = verifier.verify(headers, &delivery.body, now());
            assert_eq!(error.expect_err(title).code(), *code, "{title}");
        }
        // No delivery is refused with this one.
        let others = Code::ALL
            .iter()
            .filter(|code| **code != Code::InvalidConfig);
        for code in others {
            let has = forgeries.iter().any(|forgery| forgery.code == *code);
            assert!(has, "{code}");
        }
    }
}
