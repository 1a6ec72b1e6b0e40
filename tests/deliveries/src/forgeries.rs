//! Deliveries that every receiver must refuse.

use docutray_webhook::Code;
use docutray_webhook_tools::{forge::Forgery as Way, sign::Unsigned, wire::Bytes};

use crate::delivery::{Delivery, EVENT, REQUEST_ID, SECRET, URL, now, payload};

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

/// Those of the tools that a verifier sees: at least one for each code that a delivery can be refused with, except for
/// [`too_large`].
#[must_use]
pub fn forgeries() -> Vec<Forgery> {
    let genuine = Unsigned {
        secret: SECRET.into(),
        url: URL.into(),
        event: EVENT.into(),
        body: Bytes(payload(ID)),
        now: now(),
        request_id: REQUEST_ID.into(),
    };
    let all = Way::ALL.iter();
    all.filter_map(|way| {
        let forged = way.forge(&genuine).ok()?;
        Some(Forgery {
            title: way.title(),
            code: way.code()?,
            delivery: Delivery::of_bytes(forged.delivery),
        })
    })
    .collect()
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

#[cfg(test)]
mod tests {
    use docutray_webhook::Verifier;

    use super::*;

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
