//! The ways to forge a delivery, and what a right receiver says to each.

use alloc::{format, vec::Vec};

use docutray_webhook::{Code, answer::Outcome};
use serde::Serialize;

use crate::fault::Fault;

const SIGNATURE: Option<&str> = Some("x-docutray-signature");
const AUTH_SIGNATURE: Option<&str> = Some("x-docutray-auth-signature");
const TIMESTAMP: Option<&str> = Some("x-docutray-timestamp");
const EVENT: Option<&str> = Some("x-docutray-event");

/// A way to forge a delivery. All but [`NotJson`](Self::NotJson), [`Fields`](Self::Fields), [`Status`](Self::Status) and
/// [`Splice`](Self::Splice) need no secret or a wrong one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Forgery {
    /// One byte of the body is another.
    Body,
    /// The body's signature is one of another secret.
    Signature,
    /// The signature of the metadata is one of another secret.
    Auth,
    /// An old delivery with the timestamp of now.
    Timestamp,
    /// The header names another event.
    Event,
    /// The request id is another, as if it were a new delivery.
    RequestId,
    /// Headers of one delivery around the body, and the body's signature, of another.
    Splice,
    /// The signed metadata of a delivery sent as a body, with the signature that it has.
    AuthAsBody,
    /// Signed two days ago.
    Stale,
    /// Signed two days from now.
    Future,
    /// Without any signature.
    Unsigned,
    /// Without the signature of the metadata.
    Unauthenticated,
    /// Both signatures are of another secret.
    Secret,
    /// Signed for another endpoint.
    Url,
    /// A header comes twice.
    Doubled,
    /// The timestamp is a word.
    TimestampText,
    /// The signed body is no JSON.
    NotJson,
    /// The signed payload lacks the fields of its event.
    Fields,
    /// The signed payload has the status of another event.
    Status,
    /// The media type is not JSON's.
    ContentType,
    /// The body is announced as compressed.
    ContentEncoding,
}

/// What is known about a way to forge.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct About {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What is wrong with the delivery, for people.
    pub title: &'static str,
    /// The code with which a right receiver refuses it.
    pub code: &'static str,
    /// The header or the payload's field at fault, in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// The HTTP status of a right receiver's answer. One that keeps authentic deliveries whose payload does not fit may answer
    /// 200 where the code is `malformed_payload` or `event_mismatch`.
    pub status: u16,
}

impl Forgery {
    /// Every way.
    pub const ALL: &'static [Self] = &[
        Self::Body,
        Self::Signature,
        Self::Auth,
        Self::Timestamp,
        Self::Event,
        Self::RequestId,
        Self::Splice,
        Self::AuthAsBody,
        Self::Stale,
        Self::Future,
        Self::Unsigned,
        Self::Unauthenticated,
        Self::Secret,
        Self::Url,
        Self::Doubled,
        Self::TimestampText,
        Self::NotJson,
        Self::Fields,
        Self::Status,
        Self::ContentType,
        Self::ContentEncoding,
    ];

    /// Returns the way with this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let mut all = Self::ALL.iter().copied();
        all.find(|forgery| forgery.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|forgery| forgery.name()).collect();
            let message = format!("there is no such forgery; use one of {}", names.join(", "));
            Fault::of("name", "unknown_forgery", message)
        })
    }

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns what is wrong with such a delivery, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.row().title
    }

    /// Returns the code with which the core refuses it. `None` if a receiver refuses it by its HTTP headers, before the core sees
    /// it.
    #[must_use]
    pub const fn code(self) -> Option<Code> {
        self.row().code
    }

    /// Returns the header or the payload's field at fault. `None` if it depends on the event.
    #[must_use]
    pub const fn field(self) -> Option<&'static str> {
        self.row().field
    }

    /// Returns all that is known about it.
    #[must_use]
    pub fn about(self) -> About {
        let by_http = match self {
            Self::ContentEncoding => Outcome::UnsupportedContentEncoding,
            _ => Outcome::UnsupportedMediaType,
        };
        let by_http_code = by_http.code().unwrap_or_default();
        About {
            name: self.name(),
            title: self.title(),
            code: self.code().map_or(by_http_code, Code::as_str),
            field: self.field(),
            status: self.code().map_or(by_http.status(), Code::status),
        }
    }

    const fn row(self) -> Row {
        use Code::{
            AuthSignatureMismatch, DuplicateHeader, EventMismatch, MalformedHeader,
            MalformedPayload, MissingHeader, SignatureMismatch, TimestampTooNew, TimestampTooOld,
        };
        match self {
            Self::Body => row(
                "body",
                "body changed on the way",
                SignatureMismatch,
                SIGNATURE,
            ),
            Self::Signature => row(
                "signature",
                "body signed with another secret",
                SignatureMismatch,
                SIGNATURE,
            ),
            Self::Auth => row(
                "auth",
                "metadata signed with another secret",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::Timestamp => row(
                "timestamp",
                "replayed as if new",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::Event => row(
                "event",
                "event changed on the way",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::RequestId => row(
                "request-id",
                "replayed with another request id",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::Splice => row("splice", "two deliveries spliced", EventMismatch, None),
            Self::AuthAsBody => row(
                "auth-as-body",
                "signed metadata sent as a body",
                MalformedPayload,
                None,
            ),
            Self::Stale => row("stale", "signed two days ago", TimestampTooOld, TIMESTAMP),
            Self::Future => row("future", "from two days ahead", TimestampTooNew, TIMESTAMP),
            Self::Unsigned => row("unsigned", "not signed", MissingHeader, SIGNATURE),
            Self::Unauthenticated => row(
                "unauthenticated",
                "only the body signed",
                MissingHeader,
                AUTH_SIGNATURE,
            ),
            Self::Secret => row(
                "secret",
                "wrong secret",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::Url => row(
                "url",
                "signed for another endpoint",
                AuthSignatureMismatch,
                AUTH_SIGNATURE,
            ),
            Self::Doubled => row("doubled", "the event named twice", DuplicateHeader, EVENT),
            Self::TimestampText => row(
                "timestamp-text",
                "a timestamp in words",
                MalformedHeader,
                TIMESTAMP,
            ),
            Self::NotJson => row("not-json", "signed, but no JSON", MalformedPayload, None),
            Self::Fields => row("fields", "fields missing", MalformedPayload, None),
            Self::Status => row(
                "status",
                "status of another event",
                EventMismatch,
                Some("status"),
            ),
            Self::ContentType => by_http("content-type", "text/plain"),
            Self::ContentEncoding => by_http("content-encoding", "announced as compressed"),
        }
    }
}

/// What is known about a way to forge, in Rust's types.
struct Row {
    name: &'static str,
    title: &'static str,
    code: Option<Code>,
    field: Option<&'static str>,
}

const fn row(
    name: &'static str,
    title: &'static str,
    code: Code,
    field: Option<&'static str>,
) -> Row {
    Row {
        name,
        title,
        code: Some(code),
        field,
    }
}

const fn by_http(name: &'static str, title: &'static str) -> Row {
    Row {
        name,
        title,
        code: None,
        field: None,
    }
}
