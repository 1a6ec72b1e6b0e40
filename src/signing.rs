//! Signs deliveries as Docutray does, and checks JSON objects as payloads are checked: for tests and tools. A receiver does not
//! need it.

use crate::{
    error::Error,
    event_kind::EventKind,
    header_names::{AUTH_SIGNATURE, EVENT, REQUEST_ID, SIGNATURE, TIMESTAMP},
    metadata, payload,
    secrets::Key,
    unix_time::UnixTime,
};
use alloc::{format, string::String, string::ToString};
use core::{fmt, str};

/// Checks that a body is what every payload has to be: a JSON object in UTF-8, at most 128 levels deep. Returns its text.
/// It is for tools that show or change payloads, and verifies no signature.
///
/// # Errors
/// Fails with [`Error::MalformedPayload`], which says where.
pub fn json_object(body: &[u8]) -> Result<&str, Error> {
    let text = str::from_utf8(body).map_err(payload::not_utf8)?;
    payload::check(EventKind::Unknown, text)?;
    Ok(text)
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn a_json_object_is_what_a_payload_has_to_be() {
        for text in ["{}", " {\"status\":1,\"a\":[\"\\ud83d\"]}\n"] {
            assert_eq!(json_object(text.as_bytes()), Ok(text));
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(128), "]".repeat(128));
        for body in [
            &b"[]"[..],
            b"",
            b"{\"a\":01}",
            b"{\"a\":\"\xff\"}",
            deep.as_bytes(),
        ] {
            let error = json_object(body).unwrap_err();
            assert_eq!(error.code(), Code::MalformedPayload);
            assert_eq!(error.field(), None);
        }
    }
}
