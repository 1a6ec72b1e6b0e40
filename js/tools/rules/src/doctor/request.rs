//! A request as it is to be sent.

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use crate::wire::{Bytes, DeliveryBytes, Fields};

pub(super) const SIGNATURE: &str = "X-Docutray-Signature";
pub(super) const AUTH_SIGNATURE: &str = "X-Docutray-Auth-Signature";
pub(super) const TIMESTAMP: &str = "X-Docutray-Timestamp";
pub(super) const REQUEST_ID: &str = "X-Docutray-Request-Id";
pub(super) const EVENT: &str = "X-Docutray-Event";
pub(super) const CONTENT_TYPE: &str = "Content-Type";
/// Docutray's own headers.
pub(super) const OWN: [&str; 5] = [SIGNATURE, AUTH_SIGNATURE, TIMESTAMP, REQUEST_ID, EVENT];

/// A request to the endpoint.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// What is special about it, in a few words.
    pub title: String,
    /// The method.
    pub method: &'static str,
    /// The header fields, in order, with the case of their names. How the body is framed is the sender's part.
    pub headers: Fields,
    /// The body.
    pub body: Bytes,
    /// How many spaces follow the body. They are signed, and are not in `body` because they may be many.
    pub padding: usize,
    /// How the body is sent.
    pub pace: Pace,
    /// Whether the next request is sent at the same time.
    pub with_next: bool,
}

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "how")]
pub enum Pace {
    /// At once, with its length.
    Whole,
    /// In parts, with a pause between two of them.
    #[serde(rename_all = "camelCase")]
    Parts {
        /// How many parts.
        parts: usize,
        /// The pause.
        pause_milliseconds: u32,
        /// Whether each part is a chunk of HTTP, so that no length is sent.
        is_chunked: bool,
    },
    /// With its whole length announced, but the connection is ended after this many bytes.
    Cut {
        /// How many bytes are sent.
        after: usize,
    },
}

impl Request {
    pub(super) fn new(title: &str, DeliveryBytes { headers, body }: DeliveryBytes) -> Self {
        Self {
            title: title.into(),
            method: "POST",
            headers,
            body,
            padding: 0,
            pace: Pace::Whole,
            with_next: false,
        }
    }

    pub(super) fn titled(mut self, title: &str) -> Self {
        self.title = title.into();
        self
    }

    pub(super) const fn by(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    pub(super) const fn paced(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    pub(super) const fn with_next(mut self) -> Self {
        self.with_next = true;
        self
    }

    /// Changes the body. The signatures stay.
    pub(super) fn with_body(mut self, body: Vec<u8>) -> Self {
        self.body = Bytes(body);
        self
    }

    /// Replaces the value of a header, which stays in its place.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        for field in self.headers.iter_mut().filter(|(other, _)| other == name) {
            field.1 = value.into();
        }
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    /// Adds a header behind the one of this name.
    pub(super) fn doubled(mut self, name: &str, value: &str) -> Self {
        let place = self.headers.iter().position(|(other, _)| other == name);
        let place = place.map_or(self.headers.len(), |place| place + 1);
        self.headers.insert(place, (name.into(), value.into()));
        self
    }

    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        let (_, value) = fields.find(|(name, _)| name == wanted)?;
        Some(value)
    }
}
