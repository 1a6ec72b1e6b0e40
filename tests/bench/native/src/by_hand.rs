//! Verification by hand, without a library: both signatures over bytes and in constant time, a strict timestamp, and any JSON.

use anyhow::{Context as _, Result, ensure};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

const TOLERANCE: u64 = 300;

/// HMAC-SHA256 from one of several crates, with its key prepared once.
pub(crate) trait Mac {
    fn new(secret: &str) -> Self;
    /// Returns whether `tag` is the MAC of `message`, in constant time.
    fn verifies(&self, message: &[u8], tag: &[u8]) -> bool;
}

impl Mac for ring::hmac::Key {
    fn new(secret: &str) -> Self {
        Self::new(ring::hmac::HMAC_SHA256, secret.as_bytes())
    }

    fn verifies(&self, message: &[u8], tag: &[u8]) -> bool {
        ring::hmac::verify(self, message, tag).is_ok()
    }
}

impl Mac for aws_lc_rs::hmac::Key {
    fn new(secret: &str) -> Self {
        Self::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes())
    }

    fn verifies(&self, message: &[u8], tag: &[u8]) -> bool {
        aws_lc_rs::hmac::verify(self, message, tag).is_ok()
    }
}

impl Mac for Hmac<Sha256> {
    fn new(secret: &str) -> Self {
        Self::new_from_slice(secret.as_bytes()).expect("a key of any length is taken")
    }

    fn verifies(&self, message: &[u8], tag: &[u8]) -> bool {
        let mac = self.clone().chain_update(message);
        mac.verify_slice(tag).is_ok()
    }
}

/// Returns the verified payload.
pub(crate) fn verify(
    mac: &impl Mac,
    url: &str,
    headers: &[(String, String)],
    body: &[u8],
    now: u64,
) -> Result<Value> {
    let timestamp = header(headers, "x-docutray-timestamp")?;
    let request_id = header(headers, "x-docutray-request-id")?;
    let event = header(headers, "x-docutray-event")?;
    ensure!(
        timestamp.bytes().all(|byte| byte.is_ascii_digit()),
        "the timestamp is not a number"
    );
    ensure!(request_id.len() == 36, "the request id is no UUID");
    let metadata = format!("{request_id}|{timestamp}|{url}|{event}");
    let signature = signature(headers, "x-docutray-auth-signature")?;
    ensure!(
        mac.verifies(metadata.as_bytes(), &signature),
        "the metadata is not signed"
    );
    ensure!(
        now.abs_diff(timestamp.parse()?) <= TOLERANCE,
        "the delivery is not fresh"
    );
    let signature = self::signature(headers, "x-docutray-signature")?;
    ensure!(mac.verifies(body, &signature), "the body is not signed");
    Ok(serde_json::from_slice(body)?)
}

/// Returns the bytes of a header's signature.
pub(crate) fn signature(headers: &[(String, String)], name: &str) -> Result<Vec<u8>> {
    let value = header(headers, name)?;
    let digits = value.strip_prefix("sha256=").context("no signature")?;
    hex::decode(digits).ok().context("no hexadecimal digits")
}

/// Returns a header that occurs once.
fn header<'a>(headers: &'a [(String, String)], name: &str) -> Result<&'a str> {
    let mut values = headers
        .iter()
        .filter(|header| header.0.eq_ignore_ascii_case(name));
    let value = values.next().context("a header is missing")?;
    ensure!(values.next().is_none(), "a header came twice");
    Ok(&value.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{Delivery, NOW, SECRET, URL};

    fn is_careful<M: Mac>() {
        let delivery = Delivery::of(1024).unwrap();
        let verdict = |secret: &str, url: &str, body: &[u8], now| {
            verify(&M::new(secret), url, &delivery.headers, body, now).is_ok()
        };
        let mut altered = delivery.body.clone();
        altered.push(b' ');
        assert!(verdict(SECRET, URL, &delivery.body, NOW));
        assert!(!verdict("another", URL, &delivery.body, NOW));
        assert!(!verdict(SECRET, "https://example.com", &delivery.body, NOW));
        assert!(!verdict(SECRET, URL, &altered, NOW));
        assert!(!verdict(SECRET, URL, &delivery.body, NOW + 301));
    }

    #[test]
    fn each_accepts_what_is_genuine_and_nothing_else() {
        is_careful::<ring::hmac::Key>();
        is_careful::<aws_lc_rs::hmac::Key>();
        is_careful::<Hmac<Sha256>>();
    }
}
