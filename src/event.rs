//! What a verified delivery tells: the event, its payload, its id and its idempotency key.

use crate::{
    body::VerifiedBody,
    error::Error,
    event_kind::EventKind,
    metadata::Delivery,
    payload::{self, Payload},
    secrets,
};
use alloc::{boxed::Box, format, string::String, vec::Vec};
use core::fmt::{self, Display};

/// A verified delivery: authentic, fresh, and with a payload that agrees with its event.
///
/// It cannot be changed, so what it says stays verified. [`into_parts`](Self::into_parts) gives its parts away.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    delivery: Delivery,
    payload: Payload,
    key: String,
    raw: String,
}

/// What [`Event::into_parts`] gives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EventParts {
    /// See [`Event::delivery`].
    pub delivery: Delivery,
    /// See [`Event::payload`].
    pub payload: Payload,
    /// See [`Event::key`].
    pub key: String,
    /// See [`Event::raw`].
    pub raw: String,
}

/// An authentic delivery whose payload does not fit: Docutray may have changed what it sends.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unfit {
    /// Why: [`Error::MalformedPayload`] or [`Error::EventMismatch`].
    pub error: Error,
    /// Request id, timestamp and event name, and whether they were authenticated.
    pub delivery: Delivery,
    /// The whole body as received.
    pub body: Vec<u8>,
}

impl fmt::Debug for Unfit {
    /// The body's length alone: what holds this is told to logs as an error is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unfit")
            .field("error", &self.error)
            .field("delivery", &self.delivery)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl Event {
    /// Step 6: the body as the event that its headers name.
    pub(crate) fn read(body: VerifiedBody<impl Into<Vec<u8>>>) -> Result<Self, Box<Unfit>> {
        let VerifiedBody {
            delivery, bytes, ..
        } = body;
        let unfit = |error, delivery, body| {
            Box::new(Unfit {
                error,
                delivery,
                body,
            })
        };
        let raw = match String::from_utf8(bytes.into()) {
            Ok(raw) => raw,
            Err(error) => {
                let fault = payload::not_utf8(error.utf8_error());
                return Err(unfit(fault, delivery, error.into_bytes()));
            }
        };
        match payload::read(EventKind::named(delivery.event()), &raw) {
            Ok(payload) => Ok(Self {
                key: key(payload.kind(), payload.id(), &delivery, &raw),
                delivery,
                payload,
                raw,
            }),
            Err(error) => Err(unfit(error, delivery, raw.into_bytes())),
        }
    }

    /// Request id, timestamp and event name, and whether they were authenticated.
    #[must_use]
    pub const fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// Which event it is.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        self.payload.kind()
    }

    /// What it says.
    #[must_use]
    pub const fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The event's name as the header gives it: for an unknown event the only thing that tells which it is.
    #[must_use]
    pub fn name(&self) -> &str {
        self.delivery.event()
    }

    /// The id of the conversion, identification or step execution; never empty. None for an unknown event.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.payload.id()
    }

    /// The idempotency key, `TYPE:id`: the same for every delivery of the same event, whatever its request id.
    ///
    /// For an unknown event it is `NAME:` and the SHA-256 of the body in hexadecimal digits. The request id would not do: a
    /// retry may carry another, and the headers of one delivery can be put before the body of another.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The whole body as received, which is a JSON object: every field, known or not, and every digit.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The parts, without a copy.
    #[must_use]
    pub fn into_parts(self) -> EventParts {
        let Self {
            delivery,
            payload,
            key,
            raw,
        } = self;
        EventParts {
            delivery,
            payload,
            key,
            raw,
        }
    }
}

/// What a verified delivery is, its payload checked and not built: for a host that parses the body itself.
///
/// Made by [`Verifier::check`](crate::Verifier::check).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checked {
    delivery: Delivery,
    kind: EventKind,
    /// Where in the key the id begins, which is its end.
    id: Option<usize>,
    key: String,
}

impl Checked {
    /// Step 6, as far as it tells whether the payload fits.
    pub(crate) fn read(body: VerifiedBody<&[u8]>) -> Result<Self, Error> {
        let text = str::from_utf8(body.bytes).map_err(payload::not_utf8)?;
        let kind = EventKind::named(body.delivery.event());
        let id = payload::check(kind, text)?;
        Ok(Self {
            id: id.map(|_| kind.as_str().len() + ":".len()),
            key: key(kind, id, &body.delivery, text),
            delivery: body.delivery,
            kind,
        })
    }

    /// See [`Event::delivery`].
    #[must_use]
    pub const fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// See [`Event::kind`].
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        self.kind
    }

    /// See [`Event::id`].
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.key.get(self.id?..)
    }

    /// See [`Event::key`].
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn key(kind: EventKind, id: Option<impl Display>, delivery: &Delivery, raw: &str) -> String {
    match id {
        Some(id) => format!("{}:{id}", kind.as_str()),
        None => {
            let digest = secrets::sha256_hex(raw.as_bytes());
            format!("{}:{digest}", delivery.event())
        }
    }
}
