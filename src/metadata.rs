//! Step 2: the MAC over `{request-id}|{timestamp}|{url}|{event}`, under every secret and registered URL.
//!
//! `|` is not escaped, so the parts must not hold one: step 1 has seen to id, timestamp and event, and the URL is the
//! receiver's own.

use crate::{
    error::Error,
    headers::DeliveryHeaders,
    secrets::{Secrets, SignedBy},
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Headers whose MAC is right, or was not asked for, with what the body has to be held to.
#[derive(Debug)]
pub(crate) struct Authentic<S> {
    pub(crate) delivery: Delivery,
    pub(crate) signature: S,
    pub(crate) signed_by: SignedBy,
    /// Private, so that only this module says so.
    _authenticated: (),
}

/// Verifies the MAC over the metadata.
pub(crate) fn authenticate<S>(
    headers: DeliveryHeaders<S>,
    secrets: &Secrets,
    urls: &Urls,
) -> Result<Authentic<S>, Error> {
    let signed_by = signed_by(&headers, secrets, urls)?;
    Ok(Authentic {
        delivery: Delivery {
            timestamp: headers.timestamp.seconds(),
            request_id: headers.request_id.into_string(),
            event: headers.event.into_string(),
            metadata_authenticated: matches!(signed_by, SignedBy::One(_)),
        },
        signature: headers.signature,
        signed_by,
        _authenticated: (),
    })
}

fn signed_by<S>(
    headers: &DeliveryHeaders<S>,
    secrets: &Secrets,
    urls: &Urls,
) -> Result<SignedBy, Error> {
    let Urls::Registered(urls) = urls else {
        return Ok(SignedBy::Any);
    };
    let messages: Vec<_> = urls.iter().map(|url| message(headers, url)).collect();
    let messages: Vec<_> = messages.iter().map(<[_; 7]>::as_slice).collect();
    headers
        .auth_signature
        .and_then(|signature| secrets.signed_by(signature.mac(), &messages))
        .ok_or(Error::AuthSignatureMismatch {
            spaced_secret: secrets.spaced(),
        })
}

fn message<'a, S>(headers: &'a DeliveryHeaders<S>, url: &'a str) -> [&'a [u8]; 7] {
    parts(
        headers.request_id.as_str(),
        headers.timestamp.as_str(),
        url,
        headers.event.as_str(),
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
