//! What the receivers are given: a verifier with a limit, deliveries, and forgeries for it.

use docutray_webhook::Verifier;

pub(crate) use docutray_webhook_deliveries::{
    Delivery, EVENT, Forgery, REQUEST_ID, SECRET, URL, malformed, now, payload,
};

/// The limit on a body, in bytes.
pub(crate) const LIMIT: usize = 1024;

pub(crate) fn verifier() -> Verifier {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    builder.max_body(LIMIT as u64).build().unwrap()
}

/// What every receiver must refuse.
pub(crate) fn forged() -> Vec<Forgery> {
    let mut forged = docutray_webhook_deliveries::forgeries();
    forged.push(docutray_webhook_deliveries::too_large(LIMIT));
    forged
}
