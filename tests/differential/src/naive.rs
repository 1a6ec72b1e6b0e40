//! A second verifier, after the documents of the protocol and of the interface. It shares no code with the first. It is slow, keeps
//! everything, and compares MACs as text, so it is fit for nothing but comparisons.

mod fields;
mod headers;
mod payload;

use self::headers::{AUTH_SIGNATURE, SIGNATURE, TIMESTAMP, Values};
use crate::{
    delivery::Headers,
    verdict::{Accepted, Verdict, refused},
};

#[derive(Clone, Debug)]
pub struct Naive {
    pub secrets: Vec<String>,
    /// None: only bodies are verified.
    pub urls: Option<Vec<String>>,
    pub tolerance: u64,
    pub max_body: u64,
}

/// The signature of a message: HMAC of HACL*, which was verified formally.
pub fn signature(secret: &str, message: &[u8]) -> String {
    let mut mac = [0; 32];
    libcrux_hmac::hmac(
        libcrux_hmac::Algorithm::Sha256,
        secret.as_bytes(),
        message,
        &mut mac,
    );
    format!("sha256={}", hex::encode(mac))
}

impl Naive {
    pub fn verify(&self, headers: &Headers, body: &[u8], now: u64) -> Verdict {
        let values = Values::read(headers, self.urls.is_some())?;
        let signers = self.signers(&values);
        if signers.is_empty() {
            return refused("auth_signature_mismatch", Some(AUTH_SIGNATURE));
        }
        let timestamp: u64 = values.timestamp.parse().unwrap();
        if timestamp + self.tolerance < now {
            return refused("timestamp_too_old", Some(TIMESTAMP));
        }
        if now + self.tolerance < timestamp {
            return refused("timestamp_too_new", Some(TIMESTAMP));
        }
        if body.len() as u64 > self.max_body {
            return refused("body_too_large", None);
        }
        let fits = |secret: &&String| signature(secret, body) == values.signature;
        if !signers.iter().any(fits) {
            return refused("signature_mismatch", Some(SIGNATURE));
        }
        let id = payload::check(&values.event, body)?;
        let in_key = id
            .clone()
            .unwrap_or_else(|| hex::encode(libcrux_sha2::sha256(body)));
        Ok(Accepted {
            is_known: id.is_some(),
            key: format!("{}:{in_key}", values.event),
            name: values.event,
            id,
            request_id: values.request_id,
            timestamp,
            metadata_authenticated: self.urls.is_some(),
        })
    }

    /// The secrets with which the metadata was signed, for one of the URLs.
    fn signers(&self, values: &Values) -> Vec<&String> {
        let Values {
            timestamp,
            request_id,
            event,
            ..
        } = values;
        let Some(urls) = &self.urls else {
            return self.secrets.iter().collect();
        };
        let signed = |secret: &&String| {
            urls.iter().any(|url| {
                let message = format!("{request_id}|{timestamp}|{url}|{event}");
                Some(signature(secret, message.as_bytes())) == values.auth_signature
            })
        };
        self.secrets.iter().filter(signed).collect()
    }
}
