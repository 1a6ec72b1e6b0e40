//! The result of a verified delivery: the event with its payload, its id and its idempotency key.

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

/// A verified event: its delivery is authentic and fresh, and its payload agrees with the event's name.
///
/// An `Event` cannot be changed, so its content stays verified. [`into_parts`](Self::into_parts) returns its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    delivery: Delivery,
    payload: Payload,
    key: String,
    raw: String,
}

/// The parts of an [`Event`]: see [`Event::into_parts`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EventParts {
    /// See [`Event::delivery`].
    pub delivery: Delivery,
    /// See [`Event::payload`]. The event's kind and id are the payload's: [`Payload::kind`], [`Payload::id`].
    pub payload: Payload,
    /// See [`Event::key`].
    pub key: String,
    /// See [`Event::raw`].
    pub raw: String,
}

/// An authentic delivery whose payload does not fit its event. Docutray may have changed its payloads.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unfit {
    /// What does not fit: [`Error::MalformedPayload`] or [`Error::EventMismatch`].
    pub error: Error,
    /// The request id, timestamp and event name, and whether they were authenticated.
    pub delivery: Delivery,
    /// The whole body as received.
    pub body: Vec<u8>,
}

impl fmt::Debug for Unfit {
    /// Writes only the body's length, because errors that contain this value are logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unfit")
            .field("error", &self.error)
            .field("delivery", &self.delivery)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl Event {
    /// Step 6: reads the body as the event that the headers name.
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

    /// Returns the request id, timestamp and event name, and whether they were authenticated.
    #[must_use]
    pub const fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// Returns the event's kind.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        self.payload.kind()
    }

    /// Returns the payload.
    #[must_use]
    pub const fn payload(&self) -> &Payload {
        &self.payload
    }

    /// Returns the event's name as the header gives it. For an unknown event, only the name tells which event it is.
    #[must_use]
    pub fn name(&self) -> &str {
        self.delivery.event()
    }

    /// Returns the id of the conversion, identification or step execution, which is never empty. Returns `None` for an
    /// unknown event.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.payload.id()
    }

    /// Returns the idempotency key, `TYPE:id`. It is the same for every delivery of the same event, whatever its request id.
    ///
    /// For an unknown event it is `NAME:` and the SHA-256 of the body in hexadecimal digits. It does not use the request
    /// id: a retry may carry another one, and an attacker can combine the headers of one delivery with the body of another.
    ///
    /// It may be of any length: hash it where your store limits keys.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the whole body as received: the text of a JSON object, with all fields and all digits.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Returns the parts without copying them. [`Payload::kind`] and [`Payload::id`] return the event's kind and id.
    ///
    /// ```
    /// # use docutray_webhook::{Event, Verifier, signing::Signer};
    /// # let id = "550e8400-e29b-41d4-a716-446655440000";
    /// # let body = br#"{"conversion_id":"c_1","status":"PROCESSING","request_timestamp":"t","document_type_code":"d"}"#;
    /// # let headers = Signer::new("s").headers(id, 7, "", "CONVERSION_STARTED", body);
    /// # let verifier = Verifier::builder().secret("s").body_only().build()?;
    /// # let event: Event = verifier.verify(headers, body, 7)?;
    /// let parts = event.into_parts();
    /// assert_eq!(parts.payload.kind().as_str(), "CONVERSION_STARTED");
    /// assert_eq!(parts.payload.id(), Some("c_1"));
    /// # Ok::<(), docutray_webhook::Error>(())
    /// ```
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

/// A verified event whose payload was checked but not built, for a host that parses the body itself.
///
/// [`Verifier::check`](crate::Verifier::check) returns it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checked {
    delivery: Delivery,
    kind: EventKind,
    /// The offset in the key at which the id begins. The id extends to the key's end.
    id: Option<usize>,
    key: String,
}

impl Checked {
    /// Step 6: checks the payload without building it.
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

#[cfg(test)]
mod tests {
    use crate::{signing::Signer, verifier::Verifier};

    #[test]
    fn the_parts_are_what_the_event_shows() {
        let body = br#"{"conversion_id":"c","status":"ERROR","request_timestamp":"t","response_timestamp":"u",
            "document_type_code":"d","error":{"why":1.50}}"#;
        let id = "550e8400-e29b-41d4-a716-446655440000";
        let verifier = Verifier::builder().secret("s").body_only().build().unwrap();
        let headers = Signer::new("s").headers(id, 7, "", "CONVERSION_FAILED", body);
        let event = verifier.verify(headers, body, 7).unwrap();
        let parts = event.clone().into_parts();
        assert_eq!(&parts.delivery, event.delivery());
        assert_eq!(&parts.payload, event.payload());
        assert_eq!(parts.key, event.key());
        assert_eq!(parts.raw.as_bytes(), body);
    }
}
