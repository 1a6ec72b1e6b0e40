//! A delivery as Docutray signs it.

use std::time::SystemTime;

use bytes::Bytes;
use docutray_webhook::{HEADER_NAMES, signing::Signer};
use docutray_webhook_tools::wire::DeliveryBytes;
use http::Request;
use http_body_util::Full;

/// The secret that genuine deliveries are signed with.
pub const SECRET: &str = "whsec_9f8e7d6c5b4a";
/// The URL that they are registered for.
pub const URL: &str = "https://example.com/hooks/docutray";
/// The request id of each.
pub const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
/// The event whose payload is [`payload`].
pub const EVENT: &str = "CONVERSION_STARTED";

/// That of [`URL`], and a query, which no signature covers.
const PATH: &str = "/hooks/docutray?tenant=7";

/// A request to a receiver.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The method.
    pub method: &'static str,
    /// The path and the query.
    pub path: &'static str,
    /// Names in lower case, and values. A name may come twice.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
}

impl Delivery {
    /// Signs an event as Docutray does. `timestamp` is Unix time in seconds.
    #[must_use]
    pub fn signed(event: &str, body: &[u8], timestamp: u64) -> Self {
        Self::signed_with(SECRET, event, body, timestamp)
    }

    /// The same with another secret.
    #[must_use]
    pub fn signed_with(secret: &str, event: &str, body: &[u8], timestamp: u64) -> Self {
        let headers = Signer::new(secret).headers(REQUEST_ID, timestamp, URL, event, body);
        let json = ("content-type", "application/json".to_owned());
        Self {
            method: "POST",
            path: PATH,
            headers: [json].into_iter().chain(headers).collect(),
            body: Bytes::copy_from_slice(body),
        }
    }

    /// A delivery that the tools have made.
    ///
    /// # Panics
    /// If it has a header that Docutray does not send.
    #[must_use]
    pub fn of_bytes(delivery: DeliveryBytes) -> Self {
        let header = |(name, value): (String, String)| {
            let mut known = ["content-type", "user-agent"].iter().chain(HEADER_NAMES);
            let name = known.find(|known| name.eq_ignore_ascii_case(known));
            (*name.expect("a header of Docutray"), value)
        };
        Self {
            method: "POST",
            path: PATH,
            headers: delivery.headers.into_iter().map(header).collect(),
            body: delivery.body.0.into(),
        }
    }

    /// A genuine delivery, signed now, of the conversion with this id.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self::signed(EVENT, &payload(id), now())
    }

    /// A genuine delivery whose body has this many bytes.
    #[must_use]
    pub fn of_size(bytes: usize) -> Self {
        let mut body = payload("c_large");
        body.resize(bytes, b' ');
        Self::signed(EVENT, &body, now())
    }

    /// A GET without a body: somebody who opens the receiver's URL in a browser.
    #[must_use]
    pub const fn visit() -> Self {
        Self {
            method: "GET",
            path: PATH,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Changes the method.
    #[must_use]
    pub fn by(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    /// Changes the body. The signatures stay.
    #[must_use]
    pub fn with_body(self, body: &[u8]) -> Self {
        let body = Bytes::copy_from_slice(body);
        Self { body, ..self }
    }

    /// Adds a header, whether or not there is one of this name.
    #[must_use]
    pub fn and_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Removes a header.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self
    }

    /// Replaces a header.
    #[must_use]
    pub fn with_header(self, name: &'static str, value: impl Into<String>) -> Self {
        self.without_header(name).and_header(name, value)
    }

    /// The request as the crate `http` has it, its body in one piece.
    ///
    /// # Panics
    /// If a header is none that HTTP can carry.
    #[must_use]
    pub fn request(self) -> Request<Full<Bytes>> {
        let body = Full::new(self.body.clone());
        self.request_of(body)
    }

    /// The same with another body in place of its own.
    ///
    /// # Panics
    /// If a header is none that HTTP can carry.
    #[must_use]
    pub fn request_of<B>(self, body: B) -> Request<B> {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(body).expect("a request that HTTP can carry")
    }
}

/// A payload of [`EVENT`], for the conversion with this id.
#[must_use]
pub fn payload(id: &str) -> Vec<u8> {
    format!(
        r#"{{"conversion_id":"{id}","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z",
        "document_type_code":"invoice","original_filename":"secret_of_the_payload","amount":211582.00,"payer":"Müller"}}"#
    )
    .into_bytes()
}

/// Unix time in seconds.
///
/// # Panics
/// If the clock is before 1970.
#[must_use]
pub fn now() -> u64 {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed();
    elapsed.expect("the clock is after 1970").as_secs()
}
