//! Signs a delivery as Docutray does, with all headers that Docutray sends.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use docutray_webhook::signing::Signer;
use serde::Deserialize;

use crate::{
    secret::Secret,
    wire::{Bytes, DeliveryBytes},
};

/// What Docutray writes into the `User-Agent` of its deliveries.
pub const USER_AGENT: &str = "Docutray-Webhook/1.0";
/// The media type of its bodies.
pub const CONTENT_TYPE: &str = "application/json";

/// A delivery before it is signed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unsigned {
    /// The webhook's secret.
    pub secret: Secret,
    /// The endpoint's URL as registered.
    pub url: String,
    /// The event's name.
    pub event: String,
    /// The payload.
    pub body: Bytes,
    /// When it is signed: Unix time in seconds.
    pub now: u64,
    /// A UUID.
    pub request_id: String,
}

/// Signs a delivery. Nothing is checked: wrong values are signed as they are.
#[must_use]
pub fn sign(unsigned: &Unsigned) -> DeliveryBytes {
    let Unsigned {
        secret,
        url,
        event,
        body: Bytes(body),
        now,
        request_id,
    } = unsigned;
    let signer = Signer::new(secret.expose());
    let signed = signer.headers(request_id, *now, url, event, body);
    let signed = signed.map(|(name, value)| (as_docutray_writes(name), value));
    let own = [("Content-Type", CONTENT_TYPE), ("User-Agent", USER_AGENT)];
    let own = own.map(|(name, value)| (name.to_string(), value.to_string()));
    DeliveryBytes {
        headers: own.into_iter().chain(signed).collect(),
        body: Bytes(body.clone()),
    }
}

/// `x-docutray-request-id` is `X-Docutray-Request-Id` in Docutray's deliveries.
fn as_docutray_writes(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or(("", word));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use docutray_webhook::Verifier;

    #[test]
    fn a_signed_delivery_has_docutray_s_headers_and_is_verified() {
        let unsigned = Unsigned {
            secret: "whsec_test".into(),
            url: "https://example.com/hooks".into(),
            event: "BATCH_ARCHIVED".into(),
            body: "{}".into(),
            now: 1_705_314_600,
            request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
        };
        let delivery = sign(&unsigned);
        let names: Vec<_> = delivery.headers.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            names,
            [
                "Content-Type",
                "User-Agent",
                "X-Docutray-Signature",
                "X-Docutray-Auth-Signature",
                "X-Docutray-Timestamp",
                "X-Docutray-Request-Id",
                "X-Docutray-Event",
            ]
        );
        let builder = Verifier::builder().secret("whsec_test").url(&unsigned.url);
        let verifier = builder.build().unwrap();
        let headers = delivery.headers.iter().map(|(name, value)| (name, value));
        let event = verifier.verify(headers, &delivery.body.0, unsigned.now);
        assert_eq!(event.unwrap().name(), "BATCH_ARCHIVED");
        assert!(!alloc::format!("{unsigned:?}").contains("whsec"));
    }
}
