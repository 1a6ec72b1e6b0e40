//! A delivery of a probe, before and after it is signed.

use alloc::{format, string::String, vec::Vec};

use docutray_webhook::signing::Signer;

use super::{endpoint::Endpoint, request::Request};
use crate::{
    forge::Forgery,
    sign::{Unsigned, sign},
    wire::Bytes,
};

/// What is signed, and how many spaces behind its body are signed with it.
#[derive(Clone)]
pub(super) struct Delivery {
    unsigned: Unsigned,
    padding: usize,
}

impl Delivery {
    /// A delivery dated now. `name` tells it from the other deliveries of the run: its request id is made from it.
    pub(super) fn new(endpoint: &Endpoint, name: &str, event: &str, body: Vec<u8>) -> Self {
        let unsigned = Unsigned {
            secret: endpoint.secret.clone(),
            url: endpoint.url.clone(),
            event: event.into(),
            body: Bytes(body),
            now: endpoint.now,
            request_id: request_id(endpoint, name),
        };
        Self {
            unsigned,
            padding: 0,
        }
    }

    pub(super) fn dated(mut self, timestamp: u64) -> Self {
        self.unsigned.now = timestamp;
        self
    }

    pub(super) fn with_request_id(mut self, request_id: String) -> Self {
        self.unsigned.request_id = request_id;
        self
    }

    pub(super) fn with_secret(mut self, secret: &str) -> Self {
        self.unsigned.secret = secret.into();
        self
    }

    /// Adds spaces behind the body, so that it has this many bytes.
    pub(super) fn of_size(mut self, bytes: usize) -> Self {
        self.padding = bytes.saturating_sub(self.unsigned.body.0.len());
        self
    }

    /// The request that Docutray would send.
    pub(super) fn signed(mut self) -> Request {
        let length = self.unsigned.body.0.len();
        self.unsigned.body.0.resize(length + self.padding, b' ');
        let mut delivery = sign(&self.unsigned);
        delivery.body.0.truncate(length);
        Request {
            padding: self.padding,
            ..Request::new(&self.unsigned.event, delivery)
        }
    }

    /// The forged request. `None` if this forgery needs another event.
    pub(super) fn forged(self, forgery: Forgery) -> Option<Request> {
        let forged = forgery.forge(&self.unsigned).ok()?;
        Some(Request::new(forged.about.title, forged.delivery))
    }
}

/// The `X-Docutray-Auth-Signature` of metadata as it stands in the headers, a timestamp that is no number included.
pub(super) fn auth_signature(
    endpoint: &Endpoint,
    [request_id, timestamp, event]: [&str; 3],
) -> String {
    let url = &endpoint.url;
    let signed = format!("{request_id}|{timestamp}|{url}|{event}");
    Signer::new(endpoint.secret.expose()).body_signature(signed.as_bytes())
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
