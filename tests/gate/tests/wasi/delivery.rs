//! Requests, signed as Docutray signs, and what can be wrong with them.

use std::time::SystemTime;

use docutray_webhook::{Code, signing::Signer};

pub(crate) const SECRET: &str = "whsec_of_the_tests";
pub(crate) const URL: &str = "https://example.com/hooks";
/// The limit that the components are given, in bytes.
pub(crate) const MAX_BODY: &str = "65536";
pub(crate) const LIMIT: usize = 65_536;
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const EVENT: &str = "STEP_STARTED";

#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Delivery {
    pub(crate) fn genuine() -> Self {
        Self::signed(EVENT, &payload(""), now())
    }

    /// A genuine one of this size.
    pub(crate) fn of_size(bytes: usize) -> Self {
        let padding = " ".repeat(bytes - payload("").len());
        Self::signed(EVENT, &payload(&padding), now())
    }

    pub(crate) fn signed(event: &'static str, body: &[u8], timestamp: u64) -> Self {
        let headers = Signer::new(SECRET).headers(REQUEST_ID, timestamp, URL, event, body);
        let json = ("content-type", "application/json".to_owned());
        Self {
            method: "POST",
            path: "/hooks/docutray?tenant=7",
            headers: [json].into_iter().chain(headers).collect(),
            body: body.to_vec(),
        }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self
    }

    pub(crate) fn with_body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }
}

/// For each code that a delivery can be refused with, one that must be.
pub(crate) fn forged() -> Vec<(Code, Delivery)> {
    let (now, genuine) = (now(), Delivery::genuine());
    let mut changed = genuine.body.clone();
    changed[20] ^= 1;
    vec![
        (
            Code::MissingHeader,
            genuine.clone().without_header("x-docutray-auth-signature"),
        ),
        (
            Code::DuplicateHeader,
            genuine.clone().with_header("x-docutray-event", EVENT),
        ),
        (
            Code::MalformedHeader,
            genuine
                .clone()
                .without_header("x-docutray-timestamp")
                .with_header("x-docutray-timestamp", "today"),
        ),
        (
            Code::AuthSignatureMismatch,
            genuine
                .clone()
                .without_header("x-docutray-timestamp")
                .with_header("x-docutray-timestamp", (now - 1).to_string()),
        ),
        (
            Code::TimestampTooOld,
            Delivery::signed(EVENT, &payload(""), now - 600),
        ),
        (
            Code::TimestampTooNew,
            Delivery::signed(EVENT, &payload(""), now + 600),
        ),
        (Code::BodyTooLarge, Delivery::of_size(LIMIT + 1)),
        (Code::SignatureMismatch, genuine.with_body(&changed)),
        (Code::MalformedPayload, Delivery::signed(EVENT, b"{}", now)),
        (
            Code::EventMismatch,
            Delivery::signed("STEP_COMPLETED", &payload(""), now),
        ),
    ]
}

fn payload(padding: &str) -> Vec<u8> {
    format!(
        r#"{{"step_execution_id":"s-1","status":"PROCESSING","amount":211582.00,{padding}
    "request_timestamp":"2025-06-15T15:06:40.000Z","step_id":"step","step_name":"Prüfung"}}"#
    )
    .into_bytes()
}

pub(crate) fn now() -> u64 {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed();
    elapsed.unwrap().as_secs()
}
