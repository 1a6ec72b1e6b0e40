//! Deliveries that every right receiver refuses, each made from a genuine one. A test compares each with the core's verdict.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use docutray_webhook::{Code, EventKind, answer::Outcome, signing::Signer};
use serde::{Deserialize, Serialize};

use crate::{
    fault::Fault,
    samples::{SampleRequest, sample},
    sign::{Unsigned, sign},
    wire::{Bytes, DeliveryBytes},
};

const SIGNATURE: &str = "X-Docutray-Signature";
const AUTH_SIGNATURE: &str = "X-Docutray-Auth-Signature";
const TIMESTAMP: &str = "X-Docutray-Timestamp";
const REQUEST_ID: &str = "X-Docutray-Request-Id";
const EVENT: &str = "X-Docutray-Event";

/// In seconds: twice the longest tolerance that a receiver can configure, so that no right receiver accepts it.
const TOO_FAR: u64 = 2 * 86_400;
/// In seconds: a delivery of this age is still fresh for some receivers, and only its signature tells that it was re-dated.
const EARLIER: u64 = 600;

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

/// A forged delivery, and what a right receiver says to it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Forged {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: DeliveryBytes,
    /// What is wrong with it.
    #[serde(flatten)]
    pub about: About,
}

/// The input of [`forge`] in JSON.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ForgeRequest {
    /// The name of the forgery.
    pub name: String,
    /// The genuine delivery.
    pub delivery: Unsigned,
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
        match self {
            Self::Body => "body",
            Self::Signature => "signature",
            Self::Auth => "auth",
            Self::Timestamp => "timestamp",
            Self::Event => "event",
            Self::RequestId => "request-id",
            Self::Splice => "splice",
            Self::AuthAsBody => "auth-as-body",
            Self::Stale => "stale",
            Self::Future => "future",
            Self::Unsigned => "unsigned",
            Self::Unauthenticated => "unauthenticated",
            Self::Secret => "secret",
            Self::Url => "url",
            Self::Doubled => "doubled",
            Self::TimestampText => "timestamp-text",
            Self::NotJson => "not-json",
            Self::Fields => "fields",
            Self::Status => "status",
            Self::ContentType => "content-type",
            Self::ContentEncoding => "content-encoding",
        }
    }

    /// Returns what is wrong with such a delivery, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Body => "body changed on the way",
            Self::Signature => "body signed with another secret",
            Self::Auth => "metadata signed with another secret",
            Self::Timestamp => "replayed as if new",
            Self::Event => "event changed on the way",
            Self::RequestId => "replayed with another request id",
            Self::Splice => "two deliveries spliced",
            Self::AuthAsBody => "signed metadata sent as a body",
            Self::Stale => "signed two days ago",
            Self::Future => "from two days ahead",
            Self::Unsigned => "not signed",
            Self::Unauthenticated => "only the body signed",
            Self::Secret => "wrong secret",
            Self::Url => "signed for another endpoint",
            Self::Doubled => "the event named twice",
            Self::TimestampText => "a timestamp in words",
            Self::NotJson => "signed, but no JSON",
            Self::Fields => "fields missing",
            Self::Status => "status of another event",
            Self::ContentType => "text/plain",
            Self::ContentEncoding => "announced as compressed",
        }
    }

    /// Returns the code with which the core refuses it. `None` if a receiver refuses it by its HTTP headers, before the core sees
    /// it.
    #[must_use]
    pub const fn code(self) -> Option<Code> {
        Some(match self {
            Self::Body | Self::Signature => Code::SignatureMismatch,
            Self::Auth
            | Self::Timestamp
            | Self::Event
            | Self::RequestId
            | Self::Secret
            | Self::Url => Code::AuthSignatureMismatch,
            Self::Splice | Self::Status => Code::EventMismatch,
            Self::AuthAsBody | Self::NotJson | Self::Fields => Code::MalformedPayload,
            Self::Stale => Code::TimestampTooOld,
            Self::Future => Code::TimestampTooNew,
            Self::Unsigned | Self::Unauthenticated => Code::MissingHeader,
            Self::Doubled => Code::DuplicateHeader,
            Self::TimestampText => Code::MalformedHeader,
            Self::ContentType | Self::ContentEncoding => return None,
        })
    }

    /// Returns the header or the payload's field at fault. `None` if it depends on the event.
    #[must_use]
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::Body | Self::Signature | Self::Unsigned => Some("x-docutray-signature"),
            Self::Auth
            | Self::Timestamp
            | Self::Event
            | Self::RequestId
            | Self::Secret
            | Self::Url
            | Self::Unauthenticated => Some("x-docutray-auth-signature"),
            Self::Stale | Self::Future | Self::TimestampText => Some("x-docutray-timestamp"),
            Self::Doubled => Some("x-docutray-event"),
            Self::Status => Some("status"),
            Self::Splice
            | Self::AuthAsBody
            | Self::NotJson
            | Self::Fields
            | Self::ContentType
            | Self::ContentEncoding => None,
        }
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

    /// Forges a delivery.
    ///
    /// # Errors
    /// [`Splice`](Self::Splice), [`Fields`](Self::Fields) and [`Status`](Self::Status) need an event that Docutray documents,
    /// because a receiver accepts any object as the payload of another.
    pub fn forge(self, genuine: &Unsigned) -> Result<Forged, Fault> {
        let delivery = match self {
            Self::Body => with_body(sign(genuine), changed(&genuine.body)),
            Self::Signature => Parts::of(genuine).signed_by_another(SIGNATURE),
            Self::Auth => Parts::of(genuine).signed_by_another(AUTH_SIGNATURE),
            Self::Secret => sign(&another_secret(genuine)),
            Self::Url => sign(&Unsigned {
                url: "https://another.example/hooks".into(),
                ..genuine.clone()
            }),
            Self::Timestamp => replaced(
                sign(&signed_at(genuine, genuine.now.saturating_sub(EARLIER))),
                TIMESTAMP,
                &genuine.now.to_string(),
            ),
            Self::Stale => sign(&signed_at(genuine, genuine.now.saturating_sub(TOO_FAR))),
            Self::Future => sign(&signed_at(genuine, genuine.now.saturating_add(TOO_FAR))),
            Self::Event => replaced(sign(genuine), EVENT, another_event(&genuine.event)),
            Self::RequestId => {
                replaced(sign(genuine), REQUEST_ID, &another_id(&genuine.request_id))
            }
            Self::Unsigned => without(without(sign(genuine), SIGNATURE), AUTH_SIGNATURE),
            Self::Unauthenticated => without(sign(genuine), AUTH_SIGNATURE),
            Self::Doubled => with(sign(genuine), EVENT, &genuine.event),
            Self::TimestampText => replaced(sign(genuine), TIMESTAMP, "today"),
            Self::ContentType => replaced(sign(genuine), "Content-Type", "text/plain"),
            Self::ContentEncoding => with(sign(genuine), "Content-Encoding", "gzip"),
            Self::AuthAsBody => Parts::of(genuine).metadata_as_body(),
            Self::NotJson => sign(&with_payload(genuine, b"no JSON".into())),
            Self::Fields => {
                documented(&genuine.event)?;
                sign(&with_payload(
                    genuine,
                    b"{\"note\":\"no field of the event\"}".into(),
                ))
            }
            Self::Status => sign(&Unsigned {
                event: another_stage(&genuine.event)?.into(),
                ..genuine.clone()
            }),
            Self::Splice => Parts::of(genuine).with_signed_body(another_family(genuine)?),
        };
        let about = self.about();
        Ok(Forged { delivery, about })
    }
}

/// Forges a delivery by the forgery's name.
///
/// # Errors
/// If there is no such forgery, or it needs a documented event.
pub fn forge(request: &ForgeRequest) -> Result<Forged, Fault> {
    Forgery::named(&request.name)?.forge(&request.delivery)
}

/// A genuine delivery, and what signs parts of it.
struct Parts<'a> {
    genuine: &'a Unsigned,
    delivery: DeliveryBytes,
}

impl<'a> Parts<'a> {
    fn of(genuine: &'a Unsigned) -> Self {
        let delivery = sign(genuine);
        Self { genuine, delivery }
    }

    /// Replaces a signature by that of another secret.
    fn signed_by_another(self, name: &str) -> DeliveryBytes {
        let other = sign(&another_secret(self.genuine));
        let signature = value(&other, name);
        replaced(self.delivery, name, &signature)
    }

    /// Needs no secret: the signature of the metadata is that of a body with the same bytes.
    fn metadata_as_body(self) -> DeliveryBytes {
        let Unsigned {
            url,
            event,
            now,
            request_id,
            ..
        } = self.genuine;
        let metadata = format!("{request_id}|{now}|{url}|{event}");
        let signature = value(&self.delivery, AUTH_SIGNATURE);
        let delivery = replaced(self.delivery, SIGNATURE, &signature);
        with_body(delivery, metadata.into_bytes())
    }

    fn with_signed_body(self, body: Vec<u8>) -> DeliveryBytes {
        let signer = Signer::new(self.genuine.secret.expose());
        let signature = signer.body_signature(&body);
        with_body(replaced(self.delivery, SIGNATURE, &signature), body)
    }
}

fn another_secret(genuine: &Unsigned) -> Unsigned {
    Unsigned {
        secret: format!("not {}", genuine.secret.expose()).into(),
        ..genuine.clone()
    }
}

fn signed_at(genuine: &Unsigned, now: u64) -> Unsigned {
    Unsigned {
        now,
        ..genuine.clone()
    }
}

fn with_payload(genuine: &Unsigned, body: Vec<u8>) -> Unsigned {
    Unsigned {
        body: Bytes(body),
        ..genuine.clone()
    }
}

/// The body with another byte in its middle. Of an empty one, a space.
fn changed(Bytes(body): &Bytes) -> Vec<u8> {
    let mut body = body.clone();
    let middle = body.len() / 2;
    match body.get_mut(middle) {
        Some(byte) => *byte ^= 1,
        None => body.push(b' '),
    }
    body
}

fn another_event(event: &str) -> &'static str {
    match event {
        "CONVERSION_COMPLETED" => "CONVERSION_FAILED",
        _ => "CONVERSION_COMPLETED",
    }
}

/// Another UUID: its last digit differs.
fn another_id(id: &str) -> String {
    let mut id = id.to_string();
    let last = if id.pop() == Some('0') { '1' } else { '0' };
    id.push(last);
    id
}

fn documented(event: &str) -> Result<EventKind, Fault> {
    event.parse().map_err(|_| {
        let message = "this forgery needs an event that Docutray documents: a receiver accepts any object as the payload of another";
        Fault::of("delivery", "undocumented_event", message)
    })
}

/// The event of the same family in another stage, whose payloads have another status.
fn another_stage(event: &str) -> Result<&'static str, Fault> {
    Ok(match documented(event)? {
        EventKind::ConversionStarted => "CONVERSION_COMPLETED",
        EventKind::ConversionCompleted | EventKind::ConversionFailed => "CONVERSION_STARTED",
        EventKind::IdentificationStarted => "IDENTIFICATION_COMPLETED",
        EventKind::IdentificationCompleted | EventKind::IdentificationFailed => {
            "IDENTIFICATION_STARTED"
        }
        EventKind::StepStarted => "STEP_COMPLETED",
        _ => "STEP_STARTED",
    })
}

/// A payload of another family.
fn another_family(genuine: &Unsigned) -> Result<Vec<u8>, Fault> {
    documented(&genuine.event)?;
    let other = if genuine.event.starts_with("IDENTIFICATION_") {
        "CONVERSION_STARTED"
    } else {
        "IDENTIFICATION_STARTED"
    };
    let Bytes(body) = sample(&SampleRequest::new(other, genuine.now))?.body;
    Ok(body)
}

fn with_body(delivery: DeliveryBytes, body: Vec<u8>) -> DeliveryBytes {
    DeliveryBytes {
        body: Bytes(body),
        ..delivery
    }
}

fn with(mut delivery: DeliveryBytes, name: &str, value: &str) -> DeliveryBytes {
    delivery.headers.push((name.into(), value.into()));
    delivery
}

fn without(mut delivery: DeliveryBytes, name: &str) -> DeliveryBytes {
    delivery.headers.retain(|header| header.0 != name);
    delivery
}

fn replaced(mut delivery: DeliveryBytes, name: &str, value: &str) -> DeliveryBytes {
    for header in &mut delivery.headers {
        if header.0 == name {
            header.1 = value.into();
        }
    }
    delivery
}

fn value(delivery: &DeliveryBytes, name: &str) -> String {
    let mut headers = delivery.headers.iter();
    let found = headers.find(|header| header.0 == name);
    found.map(|header| header.1.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
