//! Deliveries that every right receiver refuses, each made from a genuine one. A test compares each with the core's verdict.

mod changes;
mod forgery;

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use docutray_webhook::{EventKind, signing::Signer};
use serde::{Deserialize, Serialize};

use self::changes::{
    another_event, another_id, changed, replaced, value, with, with_body, without,
};
pub use self::forgery::{About, Forgery};
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
    /// Forges a delivery.
    ///
    /// # Errors
    /// [`Splice`](Self::Splice), [`Fields`](Self::Fields) and [`Status`](Self::Status) need an event that Docutray documents,
    /// because a receiver accepts any object as the payload of another. The codes are those of a delivery whose payload fits its
    /// event.
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

#[cfg(test)]
mod tests;
