//! Signs deliveries as Docutray does, for tests and tools. A receiver does not need it.

use crate::{
    header_names::{AUTH_SIGNATURE, EVENT, REQUEST_ID, SIGNATURE, TIMESTAMP},
    metadata,
    secrets::Key,
    unix_time::UnixTime,
};
use alloc::{format, string::String, string::ToString};
use core::fmt;

/// Signs deliveries with one secret.
///
/// ```
/// use docutray_webhook::{Verifier, signing::Signer};
///
/// let (url, now) = ("https://example.com/hooks", 1_705_314_600);
/// let body = br#"{"note":"of an event to come"}"#;
/// let id = "550e8400-e29b-41d4-a716-446655440000";
/// let headers = Signer::new("whsec_test").headers(id, now, url, "BATCH_ARCHIVED", body);
///
/// let verifier = Verifier::builder().secret("whsec_test").url(url).build()?;
/// assert_eq!(verifier.verify(headers, body, now)?.name(), "BATCH_ARCHIVED");
/// # Ok::<(), docutray_webhook::Error>(())
/// ```
pub struct Signer(Key);

impl Signer {
    /// Creates a signer. The secret's UTF-8 bytes are the key.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self(Key::new(secret.as_bytes()))
    }

    /// Returns the five headers of a delivery, as pairs of lower-case name and value. `timestamp` is Unix time in seconds.
    /// `url` is the endpoint's URL as registered. Nothing is checked: wrong values are signed as they are.
    #[must_use]
    pub fn headers(
        &self,
        request_id: &str,
        timestamp: impl Into<UnixTime>,
        url: &str,
        event: &str,
        body: &[u8],
    ) -> [(&'static str, String); 5] {
        let timestamp = timestamp.into();
        [
            (SIGNATURE, self.body_signature(body)),
            (
                AUTH_SIGNATURE,
                self.auth_signature(request_id, timestamp, url, event),
            ),
            (TIMESTAMP, timestamp.as_secs().to_string()),
            (REQUEST_ID, request_id.into()),
            (EVENT, event.into()),
        ]
    }

    /// Returns the `X-Docutray-Signature` of this body.
    #[must_use]
    pub fn body_signature(&self, body: &[u8]) -> String {
        self.signature(&[body])
    }

    /// Returns the `X-Docutray-Auth-Signature` of this metadata.
    #[must_use]
    pub fn auth_signature(
        &self,
        request_id: &str,
        timestamp: impl Into<UnixTime>,
        url: &str,
        event: &str,
    ) -> String {
        let timestamp = timestamp.into().as_secs().to_string();
        self.signature(&metadata::parts(request_id, &timestamp, url, event))
    }

    fn signature(&self, parts: &[&[u8]]) -> String {
        format!("sha256={}", self.0.mac(parts).to_hex())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(redacted)")
    }
}
