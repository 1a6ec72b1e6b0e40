//! Requests as Docutray sends them, and faulty ones.

use ::http::Request;
use bytes::Bytes;
use docutray_webhook::{Code, Verifier, signing::Signer};
use http_body_util::Full;
use std::time::SystemTime;

pub(crate) const SECRET: &str = "whsec_9f8e7d6c5b4a";
pub(crate) const URL: &str = "https://example.com/hooks";
pub(crate) const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
pub(crate) const EVENT: &str = "CONVERSION_STARTED";
/// The limit on a body, in bytes.
pub(crate) const LIMIT: usize = 1024;

#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) method: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

pub(crate) fn verifier() -> Verifier {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    builder.max_body(LIMIT as u64).build().unwrap()
}

impl Delivery {
    /// Returns a genuine delivery of the conversion with this id.
    pub(crate) fn of(id: &str) -> Self {
        Self::signed(EVENT, &payload(id), now())
    }

    /// Returns a genuine delivery with a body of this size.
    pub(crate) fn of_size(bytes: usize) -> Self {
        let mut body = payload("c_large");
        body.resize(bytes, b' ');
        Self::signed(EVENT, &body, now())
    }

    pub(crate) fn signed(event: &str, body: &[u8], timestamp: u64) -> Self {
        let headers = Signer::new(SECRET).headers(REQUEST_ID, timestamp, URL, event, body);
        let json = ("content-type", "application/json".to_owned());
        Self {
            method: "POST",
            headers: [json].into_iter().chain(headers).collect(),
            body: Bytes::copy_from_slice(body),
        }
    }

    pub(crate) fn by(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    pub(crate) fn with_body(self, body: &[u8]) -> Self {
        let body = Bytes::copy_from_slice(body);
        Self { body, ..self }
    }

    pub(crate) fn and_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self
    }

    pub(crate) fn with_header(self, name: &'static str, value: impl Into<String>) -> Self {
        self.without_header(name).and_header(name, value)
    }

    /// Returns the request with its body in one chunk.
    pub(crate) fn request(self) -> Request<Full<Bytes>> {
        let body = Full::new(self.body.clone());
        self.request_of(body)
    }

    /// Returns the request with another body.
    pub(crate) fn request_of<B>(self, body: B) -> Request<B> {
        let mut request = Request::builder()
            .method(self.method)
            .uri("/hooks/docutray?tenant=7");
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(body).unwrap()
    }
}

/// Returns, for each code that a delivery can be refused with, one delivery that is.
pub(crate) fn forged() -> Vec<(Code, Delivery)> {
    let (now, genuine) = (now(), || Delivery::of("c_forged"));
    let mut changed = genuine().body.to_vec();
    changed[20] ^= 1;
    vec![
        (
            Code::MissingHeader,
            genuine().without_header("x-docutray-auth-signature"),
        ),
        (
            Code::DuplicateHeader,
            genuine().and_header("x-docutray-event", EVENT),
        ),
        (
            Code::MalformedHeader,
            genuine().with_header("x-docutray-timestamp", "today"),
        ),
        (
            Code::AuthSignatureMismatch,
            genuine().with_header("x-docutray-timestamp", (now - 1).to_string()),
        ),
        (
            Code::TimestampTooOld,
            Delivery::signed(EVENT, &payload("c_forged"), now - 600),
        ),
        (
            Code::TimestampTooNew,
            Delivery::signed(EVENT, &payload("c_forged"), now + 600),
        ),
        (Code::BodyTooLarge, Delivery::of_size(LIMIT + 1)),
        (Code::SignatureMismatch, genuine().with_body(&changed)),
        (Code::MalformedPayload, malformed()),
        (
            Code::EventMismatch,
            Delivery::signed("CONVERSION_COMPLETED", &payload("c_forged"), now),
        ),
    ]
}

/// Returns an authentic delivery whose payload does not fit.
pub(crate) fn malformed() -> Delivery {
    Delivery::signed(EVENT, br#"{"secret_of_the_payload":true}"#, now())
}

pub(crate) fn payload(id: &str) -> Vec<u8> {
    format!(
        r#"{{"conversion_id":"{id}","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z",
        "document_type_code":"invoice","original_filename":"secret_of_the_payload"}}"#
    )
    .into_bytes()
}

pub(crate) fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}
