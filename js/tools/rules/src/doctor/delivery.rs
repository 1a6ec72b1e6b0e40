//! A delivery of a probe, before and after it is signed.

use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use docutray_webhook::signing::Signer;

use super::{Endpoint, Pace, Request};
use crate::wire::Bytes;

pub(super) const SIGNATURE: &str = "X-Docutray-Signature";
pub(super) const AUTH_SIGNATURE: &str = "X-Docutray-Auth-Signature";
pub(super) const TIMESTAMP: &str = "X-Docutray-Timestamp";
pub(super) const REQUEST_ID: &str = "X-Docutray-Request-Id";
pub(super) const EVENT: &str = "X-Docutray-Event";
pub(super) const CONTENT_TYPE: &str = "Content-Type";

/// What is signed.
#[derive(Clone)]
pub(super) struct Delivery {
    secret: String,
    url: String,
    event: String,
    body: Vec<u8>,
    padding: usize,
    timestamp: u64,
    request_id: String,
}

impl Delivery {
    /// A delivery dated now. `name` tells it from the other deliveries of the run: its request id is made from it.
    pub(super) fn new(endpoint: &Endpoint, name: &str, event: &str, body: Vec<u8>) -> Self {
        Self {
            secret: endpoint.secret.clone(),
            url: endpoint.url.clone(),
            event: event.into(),
            body,
            padding: 0,
            timestamp: endpoint.now,
            request_id: request_id(endpoint, name),
        }
    }

    pub(super) fn dated(mut self, timestamp: u64) -> Self {
        self.timestamp = timestamp;
        self
    }

    pub(super) fn with_request_id(mut self, request_id: String) -> Self {
        self.request_id = request_id;
        self
    }

    pub(super) fn for_url(mut self, url: &str) -> Self {
        self.url = url.into();
        self
    }

    pub(super) fn with_secret(mut self, secret: &str) -> Self {
        self.secret = secret.into();
        self
    }

    /// Adds spaces behind the body, so that it has this many bytes.
    pub(super) fn of_size(mut self, bytes: usize) -> Self {
        self.padding = bytes.saturating_sub(self.body.len());
        self
    }

    /// The request that Docutray would send.
    pub(super) fn signed(self) -> Request {
        let whole;
        let signed = if self.padding == 0 {
            &self.body
        } else {
            whole = [self.body.as_slice(), &vec![b' '; self.padding]].concat();
            &whole
        };
        let signer = Signer::new(&self.secret);
        let auth = signer.auth_signature(&self.request_id, self.timestamp, &self.url, &self.event);
        let fields = [
            (CONTENT_TYPE, "application/json".into()),
            ("User-Agent", "Docutray-Webhook/1.0".into()),
            (SIGNATURE, signer.body_signature(signed)),
            (AUTH_SIGNATURE, auth),
            (TIMESTAMP, self.timestamp.to_string()),
            (REQUEST_ID, self.request_id),
            (EVENT, self.event.clone()),
        ];
        Request {
            title: self.event,
            method: "POST",
            headers: fields.map(|(name, value)| (name.into(), value)).into(),
            body: Bytes(self.body),
            padding: self.padding,
            pace: Pace::Whole,
            with_next: false,
        }
    }
}

/// The `X-Docutray-Auth-Signature` of metadata as it stands in the headers, a timestamp that is no number included.
pub(super) fn auth_signature(
    secret: &str,
    request_id: &str,
    timestamp: &str,
    url: &str,
    event: &str,
) -> String {
    Signer::new(secret).body_signature(auth_string(request_id, timestamp, url, event).as_bytes())
}

/// What the `X-Docutray-Auth-Signature` signs.
pub(super) fn auth_string(request_id: &str, timestamp: &str, url: &str, event: &str) -> String {
    format!("{request_id}|{timestamp}|{url}|{event}")
}

/// A UUID (version 8: RFC 9562, 5.8) that this run alone has, the same for the same name.
pub(super) fn request_id(endpoint: &Endpoint, name: &str) -> String {
    let mac = Signer::new(&endpoint.run).body_signature(name.as_bytes());
    let digits: Vec<char> = mac.chars().skip("sha256=".len()).collect();
    let part =
        |from: usize, length: usize| digits.iter().skip(from).take(length).collect::<String>();
    format!(
        "{}-{}-8{}-8{}-{}",
        part(0, 8),
        part(8, 4),
        part(12, 3),
        part(15, 3),
        part(18, 12)
    )
}
