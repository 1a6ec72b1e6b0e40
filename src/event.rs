//! What a verified delivery tells: the event, its payload, its id and its idempotency key.

use crate::{
    body::VerifiedBody,
    error::Error,
    event_kind::EventKind,
    metadata::Delivery,
    payload::{self, Misfit, Payload},
};
use alloc::{borrow::Cow, boxed::Box, format, string::String, vec::Vec};
use core::fmt;

/// A verified delivery: authentic, fresh, and with a payload that agrees with its event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Request id, timestamp and event name, and whether they were authenticated.
    pub delivery: Delivery,
    /// Which event it is.
    pub kind: EventKind,
    /// What it says; the variant is that of `kind`.
    pub payload: Payload,
    raw: String,
}

/// An authentic delivery whose payload does not fit: Docutray may have changed what it sends.
#[derive(Clone, PartialEq, Eq)]
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

/// The same, its bytes still where they were.
pub(crate) struct Unread<'b> {
    pub(crate) error: Error,
    delivery: Delivery,
    bytes: Cow<'b, [u8]>,
}

impl From<Box<Unread<'_>>> for Unfit {
    fn from(unread: Box<Unread<'_>>) -> Self {
        Self {
            error: unread.error,
            delivery: unread.delivery,
            body: unread.bytes.into_owned(),
        }
    }
}

impl Event {
    /// Step 6: the body as the event that its headers name.
    pub(crate) fn read(body: VerifiedBody<'_>) -> Result<Self, Box<Unread<'_>>> {
        let kind = EventKind::named(body.delivery.event());
        match payload::read(kind, body.bytes) {
            Ok((payload, raw)) => Ok(Self {
                delivery: body.delivery,
                kind,
                payload,
                raw,
            }),
            Err(Misfit { error, bytes }) => Err(Box::new(Unread {
                error,
                delivery: body.delivery,
                bytes,
            })),
        }
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

    /// The idempotency key, `TYPE:id`: the same for every delivery of the same event, whatever its request id. For an
    /// unknown event `NAME:request-id`, which a retry may change.
    #[must_use]
    pub fn key(&self) -> String {
        match self.id() {
            Some(id) => format!("{}:{id}", self.kind.as_str()),
            None => format!("{}:{}", self.name(), self.delivery.request_id()),
        }
    }

    /// The whole body as received, which is a JSON object: every field, known or not, and every digit.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The whole body as received, without a copy: see [`raw`](Self::raw).
    #[must_use]
    pub fn into_raw(self) -> String {
        self.raw
    }
}
