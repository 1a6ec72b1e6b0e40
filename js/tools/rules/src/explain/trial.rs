//! Tries a delivery with the configured values or with others in their place. The core gives each verdict.

use core::time::Duration;

use docutray_webhook::{Delivery, Error, Event, Verifier, VerifierBuilder};

use super::request::ExplainRequest;
use crate::{fault::Fault, secret::Secret};

/// In bytes: the largest limit that the core accepts.
const LARGEST_BODY: u64 = 256 * 1024 * 1024;

/// A delivery and its receiver's configuration.
#[derive(Debug)]
pub(super) struct Trial<'a> {
    pub(super) request: &'a ExplainRequest,
    verifier: Verifier,
    claimed: Option<Delivery>,
}

impl<'a> Trial<'a> {
    pub(super) fn of(request: &'a ExplainRequest) -> Result<Self, Fault> {
        let mut builder = built(&request.secrets, request.url.as_deref());
        if let Some(tolerance) = request.tolerance {
            builder = builder.tolerance(Duration::from_secs(tolerance));
        }
        if let Some(max_body) = request.max_body {
            builder = builder.max_body(max_body);
        }
        let verifier = builder
            .build()
            .map_err(|error| Fault::configuration(&error))?;
        Ok(Self {
            request,
            verifier,
            claimed: claimed(request),
        })
    }

    /// The verdict of the receiver.
    pub(super) fn verify(&self) -> Result<Event, Error> {
        let Self {
            request, verifier, ..
        } = self;
        verifier.verify(self.headers(), &request.body.0, request.now)
    }

    /// What the headers say, if they are well-formed. It is not authentic.
    pub(super) const fn claimed(&self) -> Option<&Delivery> {
        self.claimed.as_ref()
    }

    /// Whether one of these secrets signed the metadata for this URL.
    pub(super) fn metadata_fits(&self, secrets: &[Secret], url: &str) -> bool {
        let headers = self.headers();
        let Ok(verifier) = built(secrets, Some(url)).build() else {
            return false;
        };
        verifier.authorize(headers, self.signed_at()).is_ok()
    }

    /// Whether one of these secrets signed this body.
    pub(super) fn body_fits(&self, secrets: &[Secret], body: &[u8]) -> bool {
        let builder = built(secrets, None).max_body(LARGEST_BODY);
        let headers = self.headers();
        let verdict =
            |verifier: Verifier| verifier.check(headers, body, self.signed_at()).map(drop);
        builder
            .build()
            .is_ok_and(|verifier| is_body_right(verdict(verifier)))
    }

    /// Whether the delivery is authentic with the two signatures exchanged.
    pub(super) fn fits_with_signatures_exchanged(&self) -> bool {
        let exchanged = self.headers().map(|(name, value)| {
            let name = match &*name.to_ascii_lowercase() {
                "x-docutray-signature" => "x-docutray-auth-signature",
                "x-docutray-auth-signature" => "x-docutray-signature",
                _ => name,
            };
            (name, value)
        });
        let Self {
            request, verifier, ..
        } = self;
        let verdict = verifier.check(exchanged, &request.body.0, self.signed_at());
        is_body_right(verdict.map(drop))
    }

    fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let headers = self.request.headers.iter();
        headers.map(|(name, value)| (&**name, &**value))
    }

    /// The time at which it is fresh.
    fn signed_at(&self) -> u64 {
        self.claimed
            .as_ref()
            .map_or(self.request.now, Delivery::timestamp)
    }
}

fn built(secrets: &[Secret], url: Option<&str>) -> VerifierBuilder {
    let builder = Verifier::builder().secrets(secrets.iter().map(Secret::expose));
    match url {
        Some(url) => builder.url(url),
        None => builder.body_only(),
    }
}

/// Reads the headers with a verifier that checks only their grammar, at the time at which they are fresh.
fn claimed(request: &ExplainRequest) -> Option<Delivery> {
    let verifier = built(&["-".into()], None).build().ok()?;
    let headers = || request.headers.iter().map(|(name, value)| (name, value));
    let at = match verifier.authorize(headers(), request.now) {
        Ok(delivery) => return Some(delivery),
        Err(
            Error::TimestampTooOld { timestamp, .. } | Error::TimestampTooNew { timestamp, .. },
        ) => timestamp,
        Err(_) => return None,
    };
    verifier.authorize(headers(), at).ok()
}

/// Whether the body's signature fits, even if the payload does not fit its event.
fn is_body_right(verdict: Result<(), Error>) -> bool {
    verdict.err().is_none_or(|error| error.is_authentic())
}
