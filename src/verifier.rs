//! The pipeline: the order of the steps, and the entry points that stop earlier or later in it.

use crate::{
    body::{self, Arriving, Expected},
    config::{Config, VerifierBuilder},
    error::{BodySignature, Error},
    event::{Checked, Event, Unfit},
    freshness::{self, Fresh},
    headers::{DeliveryHeaders, Demand, Signature},
    metadata::{self, Delivery, Urls},
    secret_hints::SecretHint,
    unix_time::UnixTime,
};
use alloc::{boxed::Box, vec::Vec};
use core::{error, fmt};

/// Verifies deliveries. Build it once and use it for every request, from any thread.
///
/// It reads no clock and keeps no state of deliveries: the same input gives the same verdict.
#[derive(Debug)]
pub struct Verifier {
    config: Config,
}

impl Verifier {
    /// Starts a configuration. A secret and a URL are required.
    pub fn builder() -> VerifierBuilder {
        VerifierBuilder::default()
    }

    /// Verifies a delivery whose whole body is available: both signatures, the timestamp and the payload.
    ///
    /// `headers` are all headers of the request, as pairs of name and value in any order. Pass an `http::HeaderMap` by
    /// reference, `&headers`. (A map that is moved does not compile: it would name a repeated header only once.) `body` is
    /// the exact bytes as received. `now` is [Unix time](UnixTime): seconds as a `u64`, or [`UnixTime::now`].
    ///
    /// ```
    /// # use docutray_webhook::{UnixTime, Verifier, signing::Signer};
    /// # use http::{HeaderMap, HeaderName};
    /// # let (secret, url, body) = ("whsec_test", "https://example.com/hooks", b"{}");
    /// # let id = "550e8400-e29b-41d4-a716-446655440000";
    /// # let signed = Signer::new(secret).headers(id, UnixTime::now(), url, "BATCH_ARCHIVED", body);
    /// # let request = http::Request::new(());
    /// # let mut headers = request.headers().clone();
    /// # headers.extend(signed.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())));
    /// let verifier = Verifier::builder().secret(secret).url(url).build()?;
    /// let headers: &HeaderMap = &headers;
    /// let event = verifier.verify(headers, body, UnixTime::now())?;
    /// assert_eq!(event.name(), "BATCH_ARCHIVED");
    /// # Ok::<(), docutray_webhook::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns the first check that failed, but never `invalid_config`. Headers are checked one after the other, in the order of
    /// [`HEADER_NAMES`](crate::HEADER_NAMES). Of a payload, first its JSON is checked, then its id and its status, then its other
    /// fields.
    pub fn verify(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        body: &[u8],
        now: impl Into<UnixTime>,
    ) -> Result<Event, Error> {
        let expected = self.expected(headers, now.into(), self.explaining(body))?;
        Event::read(expected.verify(body)?).map_err(|unfit| unfit.error)
    }

    /// Verifies a delivery as [`verify`](Self::verify) does, and takes the body without copying it. If the signatures are
    /// right but the payload does not fit, the error contains the body, so that nothing authentic is lost.
    ///
    /// # Errors
    /// Returns a [`Rejection`].
    pub fn settle(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        body: Vec<u8>,
        now: impl Into<UnixTime>,
    ) -> Result<Event, Rejection> {
        let expected = self.expected(headers, now.into(), self.explaining(&body))?;
        Ok(Event::read(expected.verify(body)?)?)
    }

    /// Verifies a delivery as [`verify`](Self::verify) does, but neither copies the body nor builds the payload. It is for
    /// a host that parses the body itself.
    ///
    /// # Errors
    /// The same as [`verify`](Self::verify). If [`Error::is_authentic`] returns `true`, the signatures are right and only
    /// the payload does not fit.
    pub fn check(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        body: &[u8],
        now: impl Into<UnixTime>,
    ) -> Result<Checked, Error> {
        let expected = self.expected(headers, now.into(), self.explaining(body))?;
        Checked::read(expected.verify(body)?)
    }

    /// Verifies a delivery's metadata without its body, for an authorizer that never sees the body.
    ///
    /// `X-Docutray-Signature` is not required. The result covers the request id, timestamp, URL and event name. **The body
    /// is not verified and may be forged; pass it to [`verify`](Self::verify).** A body-only verifier cannot authenticate
    /// metadata: it checks the grammar and the timestamp, and
    /// [`metadata_authenticated`](Delivery::metadata_authenticated) returns `false`.
    ///
    /// # Errors
    /// The same as [`verify`](Self::verify), up to the timestamp's errors.
    pub fn authorize(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        now: impl Into<UnixTime>,
    ) -> Result<Delivery, Error> {
        let fresh = self.fresh(headers, now.into(), |_: &Option<Signature>| {
            BodySignature::Unknown
        })?;
        Ok(fresh.into_authentic().delivery)
    }

    /// Verifies a delivery's metadata before its body arrives. The returned [`BodyCheck`] takes the body in chunks.
    ///
    /// # Errors
    /// The same as [`verify`](Self::verify), up to the timestamp's errors.
    pub fn begin(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        now: impl Into<UnixTime>,
    ) -> Result<BodyCheck, Error> {
        Ok(BodyCheck {
            body: Arriving::new(self.expected(headers, now.into(), |_| BodySignature::Unknown)?),
        })
    }

    /// Returns two verifiers with the default limits that accept no delivery: one with a URL, and one without.
    #[cfg(feature = "tower")]
    pub(crate) fn strangers() -> [Self; 2] {
        let builder = || Self::builder().secret("-");
        let builders = [builder().url("https://example.com/"), builder().body_only()];
        builders.map(|builder| builder.build().expect("the configuration is complete"))
    }

    /// Returns the size of the largest body that is accepted, in bytes.
    #[must_use]
    pub const fn max_body(&self) -> u64 {
        self.config.max_body
    }

    /// Returns what looks like a mistake in the secrets, such as quotation marks or a line end: for the operator's log when the
    /// verifier is built. The secrets are used exactly as given all the same.
    pub fn secret_hints(&self) -> impl Iterator<Item = SecretHint> + use<> {
        self.config.secrets.hints().iter()
    }

    /// Checks whether a body of this length, in bytes, is accepted. A receiver that buffers the body itself calls this to
    /// refuse a body early, when it is announced or has grown too large. The other methods check the length themselves.
    ///
    /// # Errors
    /// Fails with [`Error::BodyTooLarge`].
    pub const fn admit(&self, length: u64) -> Result<(), Error> {
        let max_body = self.config.max_body;
        if length > max_body {
            return Err(Error::BodyTooLarge { max_body });
        }
        Ok(())
    }

    /// Returns what explains a mismatch of the metadata's signature by the body's, where the whole body is at hand.
    fn explaining<'a>(&'a self, body: &'a [u8]) -> impl FnOnce(&Signature) -> BodySignature + 'a {
        let Config {
            secrets, max_body, ..
        } = &self.config;
        move |signature| body::explain(signature, body, secrets, *max_body)
    }

    fn expected(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        now: UnixTime,
        explain: impl FnOnce(&Signature) -> BodySignature,
    ) -> Result<Expected, Error> {
        let fresh = self.fresh(headers, now, explain)?;
        let Config {
            secrets, max_body, ..
        } = &self.config;
        Ok(Expected::new(fresh, secrets, *max_body))
    }

    fn fresh<S: Demand>(
        &self,
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        now: UnixTime,
        explain: impl FnOnce(&S) -> BodySignature,
    ) -> Result<Fresh<S>, Error> {
        let Config { secrets, urls, .. } = &self.config;
        let headers = DeliveryHeaders::read(headers, matches!(urls, Urls::Registered(_)))?;
        let authentic = metadata::authenticate(headers, secrets, urls, explain)?;
        freshness::check(authentic, now.as_secs(), self.config.tolerance)
    }
}

impl VerifierBuilder {
    /// Builds the verifier.
    ///
    /// # Errors
    /// Fails with [`Error::InvalidConfig`], which names each wrong option.
    pub fn build(self) -> Result<Verifier, Error> {
        let config = self.config()?;
        Ok(Verifier { config })
    }
}

/// Verifies a body that arrives in chunks. Its metadata is verified already. [`Verifier::begin`] returns it.
///
/// ```
/// # use docutray_webhook::{Verifier, signing::Signer};
/// # let (secret, url, now) = ("whsec_test", "https://example.com/hooks", 1_705_314_600);
/// # let chunks = [&b"{\"conversion_id\":\"c_1\",\"status\":\"PROCESSING\",\"request_timestamp\":"[..],
/// #     &b"\"2024-01-15T10:30:00.000Z\",\"document_type_code\":\"invoice\"}"[..]];
/// # let id = "550e8400-e29b-41d4-a716-446655440000";
/// # let headers = Signer::new(secret).headers(id, now, url, "CONVERSION_STARTED", &chunks.concat());
/// let verifier = Verifier::builder().secret(secret).url(url).build()?;
/// let mut check = verifier.begin(headers, now)?;
/// for chunk in chunks {
///     check.update(chunk)?;
/// }
/// let event = check.finish()?;
/// assert_eq!(event.key(), "CONVERSION_STARTED:c_1");
/// # Ok::<(), docutray_webhook::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "the body is verified by `finish`"]
pub struct BodyCheck {
    pub(crate) body: Arriving,
}

/// Why [`Verifier::settle`] and [`BodyCheck::settle`] return no event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Rejection {
    /// The delivery failed a check before its payload was read.
    Refused(Error),
    /// The delivery is authentic, but its payload does not fit: keep it.
    Unfit(Box<Unfit>),
}

impl Rejection {
    /// Returns the error, whether or not the delivery is authentic.
    #[must_use]
    pub const fn error(&self) -> &Error {
        match self {
            Self::Refused(error) => error,
            Self::Unfit(unfit) => &unfit.error,
        }
    }
}

impl fmt::Display for Rejection {
    /// Writes the error's message, for the operator.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error().fmt(f)
    }
}

impl error::Error for Rejection {}

impl From<Error> for Rejection {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// Returns the error and drops the body of an unfit delivery, so that `?` works after `settle` where nobody keeps such bodies.
impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Refused(error) => error,
            Rejection::Unfit(unfit) => unfit.error,
        }
    }
}

impl From<Box<Unfit>> for Rejection {
    fn from(unfit: Box<Unfit>) -> Self {
        Self::Unfit(unfit)
    }
}

impl BodyCheck {
    /// Returns the delivery of this body. Its metadata is verified, the body is not.
    #[must_use]
    pub const fn delivery(&self) -> &Delivery {
        self.body.delivery()
    }

    /// Announces how many more bytes will come, if that is known (`Content-Length`). A body that would exceed the limit is
    /// refused before its first byte. More or fewer bytes may come. Since anybody can announce a body without sending it,
    /// this reserves at most 64 KiB of memory.
    ///
    /// # Errors
    /// Fails with [`Error::BodyTooLarge`] if the body would exceed the limit or the memory left. All further calls then fail
    /// with it, too.
    pub fn expect_length(&mut self, bytes: u64) -> Result<(), Error> {
        self.body.expect(bytes)
    }

    /// Takes the next chunk of the body, of any size.
    ///
    /// # Errors
    /// Fails with [`Error::BodyTooLarge`] as soon as the body exceeds the limit or the memory left. All further calls then fail
    /// with it, too, so stop reading.
    pub fn update(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.body.update(chunk)
    }

    /// Ends the body: verifies its MAC, then reads the payload.
    ///
    /// # Errors
    /// The same as [`Verifier::verify`], from the body's size on.
    pub fn finish(self) -> Result<Event, Error> {
        let body = self.body.finish()?;
        Event::read(body).map_err(|unfit| unfit.error)
    }

    /// Ends the body as [`finish`](Self::finish) does. If the signatures are right but the payload does not fit, the error
    /// contains the body, so that nothing authentic is lost.
    ///
    /// # Errors
    /// Returns a [`Rejection`].
    pub fn settle(self) -> Result<Event, Rejection> {
        Ok(Event::read(self.body.finish()?)?)
    }
}

#[cfg(test)]
mod tests;
