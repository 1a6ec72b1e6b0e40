//! Step 2: the MAC over `{request-id}|{timestamp}|{url}|{event}`, under every secret and registered URL.
//!
//! `|` is not escaped, so the parts must not hold one: step 1 has seen to id, timestamp and event, and the URL is the
//! receiver's own.

use crate::{
    error::Error,
    headers::Claims,
    secrets::{Secrets, Signer},
};
use alloc::{string::String, vec::Vec};

/// The endpoint URLs that the metadata may have been signed for, as registered.
#[derive(Debug)]
pub(crate) enum Urls {
    Registered(Vec<String>),
    /// The explicit opt-out: there is nothing to hold the metadata to.
    BodyOnly,
}

/// What is known of a delivery without its body.
///
/// It comes out of [`Verifier::authorize`](crate::Verifier::authorize) and stands in every
/// [`Event`](crate::Event).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    request_id: String,
    timestamp: u64,
    event: String,
    metadata_authenticated: bool,
}

impl Delivery {
    /// The UUID that Docutray gave this delivery (`X-Docutray-Request-Id`), as received. Not documented: whether a
    /// retry carries the same.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// When the delivery was signed (`X-Docutray-Timestamp`): Unix time in seconds.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// The event's name as the header gives it (`X-Docutray-Event`), known to this version or not.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Whether the auth signature was verified. `false` from a body-only verifier: then request id, timestamp and
    /// event name are what anybody may have written who once saw a signed body.
    #[must_use]
    pub const fn metadata_authenticated(&self) -> bool {
        self.metadata_authenticated
    }
}

/// Claims whose MAC is right, or was not asked for, with what the body has to be held to.
#[derive(Debug)]
pub(crate) struct Authentic<S> {
    pub(crate) delivery: Delivery,
    pub(crate) signature: S,
    pub(crate) signer: Signer,
    /// Private, so that only this module says so.
    _authenticated: (),
}

/// Verifies the claims' MAC.
pub(crate) fn authenticate<S>(
    claims: Claims<S>,
    secrets: &Secrets,
    urls: &Urls,
) -> Result<Authentic<S>, Error> {
    let signer = signer(&claims, secrets, urls)?;
    Ok(Authentic {
        delivery: Delivery {
            timestamp: claims.timestamp.seconds(),
            request_id: claims.request_id.into_string(),
            event: claims.event.into_string(),
            metadata_authenticated: matches!(signer, Signer::One(_)),
        },
        signature: claims.signature,
        signer,
        _authenticated: (),
    })
}

fn signer<S>(claims: &Claims<S>, secrets: &Secrets, urls: &Urls) -> Result<Signer, Error> {
    let Urls::Registered(urls) = urls else {
        return Ok(Signer::Any);
    };
    let messages: Vec<_> = urls.iter().map(|url| message(claims, url)).collect();
    let messages: Vec<_> = messages.iter().map(<[_; 7]>::as_slice).collect();
    claims
        .auth_signature
        .and_then(|claimed| secrets.signer(claimed.claimed(), &messages))
        .ok_or(Error::AuthSignatureMismatch {
            spaced_secret: secrets.spaced(),
        })
}

fn message<'a, S>(claims: &'a Claims<S>, url: &'a str) -> [&'a [u8]; 7] {
    parts(
        claims.request_id.as_str(),
        claims.timestamp.as_str(),
        url,
        claims.event.as_str(),
    )
}

/// The parts of the signed text, in their order.
pub(crate) const fn parts<'a>(
    request_id: &'a str,
    timestamp: &'a str,
    url: &'a str,
    event: &'a str,
) -> [&'a [u8]; 7] {
    [
        request_id.as_bytes(),
        b"|",
        timestamp.as_bytes(),
        b"|",
        url.as_bytes(),
        b"|",
        event.as_bytes(),
    ]
}
