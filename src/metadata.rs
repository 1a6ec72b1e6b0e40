//! Step 2: verifies the MAC over `{request-id}|{timestamp}|{url}|{event}` under every secret and registered URL.
//!
//! `|` is not escaped, so no part may contain one. Step 1 has checked id, timestamp and event, and the URL comes from
//! the receiver's own configuration.

use crate::{
    error::{BodySignature, Error},
    headers::DeliveryHeaders,
    secrets::{Secrets, SignedBy},
};
use alloc::{string::String, vec::Vec};

/// The registered endpoint URLs, any of which the metadata may be signed for.
#[derive(Debug)]
pub(crate) enum Urls {
    Registered(Vec<String>),
    /// The explicit opt-out: the metadata is not verified.
    BodyOnly,
}

/// A delivery's metadata.
///
/// [`Verifier::authorize`](crate::Verifier::authorize) returns it, and every [`Event`](crate::Event) contains it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Delivery {
    request_id: String,
    timestamp: u64,
    event: String,
    metadata_authenticated: bool,
}

impl Delivery {
    /// Returns the UUID that Docutray gave this delivery (`X-Docutray-Request-Id`), as received. Docutray does not
    /// document whether a retry carries the same UUID.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Returns when the delivery was signed (`X-Docutray-Timestamp`): Unix time in seconds.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// Returns the event's name from its header (`X-Docutray-Event`), whether or not this version knows it.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Returns whether the auth signature was verified. A body-only verifier returns `false`: anybody who once saw a
    /// signed body could have written the request id, timestamp and event name.
    #[must_use]
    pub const fn metadata_authenticated(&self) -> bool {
        self.metadata_authenticated
    }
}

/// Metadata that passed step 2, with what is needed to verify the body.
#[derive(Debug)]
pub(crate) struct Authentic<S> {
    pub(crate) delivery: Delivery,
    pub(crate) signature: S,
    pub(crate) signed_by: SignedBy,
    /// Private, so that only this module can construct the type.
    _authenticated: (),
}

/// Verifies the MAC over the metadata.
///
/// `explain` returns what is known about the body, and is called only if the MAC does not fit.
pub(crate) fn authenticate<S>(
    headers: DeliveryHeaders<S>,
    secrets: &Secrets,
    urls: &Urls,
    explain: impl FnOnce(&S) -> BodySignature,
) -> Result<Authentic<S>, Error> {
    let signed_by =
        signed_by(&headers, secrets, urls).ok_or_else(|| Error::AuthSignatureMismatch {
            body: explain(&headers.signature),
            hints: secrets.hints(),
        })?;
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

fn signed_by<S>(headers: &DeliveryHeaders<S>, secrets: &Secrets, urls: &Urls) -> Option<SignedBy> {
    let Urls::Registered(urls) = urls else {
        return Some(SignedBy::Any);
    };
    let messages: Vec<_> = urls.iter().map(|url| message(headers, url)).collect();
    let messages: Vec<_> = messages.iter().map(<[_; 7]>::as_slice).collect();
    headers
        .auth_signature
        .and_then(|signature| secrets.signed_by(signature.mac(), &messages))
}

fn message<'a, S>(headers: &'a DeliveryHeaders<S>, url: &'a str) -> [&'a [u8]; 7] {
    parts(
        headers.request_id.as_str(),
        headers.timestamp.as_str(),
        url,
        headers.event.as_str(),
    )
}

/// Returns the parts of the signed text, in their order.
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
