//! Step 1: reads the five `X-Docutray-*` headers. Each must be present once and match its grammar.
//!
//! The result, [`DeliveryHeaders`], is well-formed but not yet verified.

mod event_name;
mod grammar;
mod request_id;
mod signature;
mod timestamp;

use self::grammar::Grammar;
pub(crate) use self::{
    event_name::EventName, request_id::RequestId, signature::Signature, timestamp::Timestamp,
};
use crate::{
    error::Error,
    header_names::{AUTH_SIGNATURE, EVENT, REQUEST_ID, SIGNATURE, TIMESTAMP},
};

/// Whether a body's signature is required: `Signature` requires one, `Option<Signature>` does not.
pub(crate) trait Demand: Sized {
    /// Decides about the signature once all headers have been read.
    fn settle(slot: Slot<Signature>) -> Result<Self, Error>;
}

impl Demand for Signature {
    fn settle(slot: Slot<Self>) -> Result<Self, Error> {
        slot.required()
    }
}

impl Demand for Option<Signature> {
    fn settle(slot: Slot<Signature>) -> Result<Self, Error> {
        slot.optional()
    }
}

/// The parsed headers of a delivery, not yet verified. `S` is the body's signature, which `authorize` does not need.
#[derive(Debug)]
pub(crate) struct DeliveryHeaders<S> {
    pub(crate) signature: S,
    pub(crate) auth_signature: Option<Signature>,
    pub(crate) timestamp: Timestamp,
    pub(crate) request_id: RequestId,
    pub(crate) event: EventName,
    /// Private, so that only this module can construct the type.
    _grammar: (),
}

impl<S: Demand> DeliveryHeaders<S> {
    /// Reads every header. If several are at fault, the error names the first in the order of
    /// [`HEADER_NAMES`](crate::HEADER_NAMES), whatever order they arrived in.
    pub(crate) fn read(
        headers: impl IntoIterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
        auth_signature_demanded: bool,
    ) -> Result<Self, Error> {
        let mut signature = Slot::new(SIGNATURE);
        let mut auth_signature = Slot::new(AUTH_SIGNATURE);
        let mut timestamp = Slot::new(TIMESTAMP);
        let mut request_id = Slot::new(REQUEST_ID);
        let mut event = Slot::new(EVENT);
        for (name, value) in headers {
            let (name, value) = (name.as_ref(), value.as_ref());
            // The names differ, so at most one slot takes the value.
            signature.offer(name, value);
            auth_signature.offer(name, value);
            timestamp.offer(name, value);
            request_id.offer(name, value);
            event.offer(name, value);
        }
        Ok(Self {
            signature: S::settle(signature)?,
            auth_signature: if auth_signature_demanded {
                Some(auth_signature.required()?)
            } else {
                auth_signature.optional()?
            },
            timestamp: timestamp.required()?,
            request_id: request_id.required()?,
            event: event.required()?,
            _grammar: (),
        })
    }
}

/// What has been read of one header so far.
pub(crate) struct Slot<T> {
    header: &'static str,
    seen: Option<Result<T, Error>>,
}

impl<T: Grammar> Slot<T> {
    const fn new(header: &'static str) -> Self {
        Self { header, seen: None }
    }

    /// Takes the value if the name is this header's, in any case (RFC 9110, 5.1).
    fn offer(&mut self, name: &[u8], value: &[u8]) {
        if !name.eq_ignore_ascii_case(self.header.as_bytes()) {
            return;
        }
        self.seen = Some(match self.seen {
            None => self.read(value),
            Some(_) => Err(self.duplicate()),
        });
    }

    fn read(&self, value: &[u8]) -> Result<T, Error> {
        let value = trim(value);
        // HTTP joins repeated fields with a comma (RFC 9110, 5.2), and no Docutray value contains one.
        if value.contains(&b',') {
            return Err(self.duplicate());
        }
        T::parse(value).ok_or(Error::MalformedHeader {
            header: self.header,
            expected: T::EXPECTED,
            found: value.len(),
        })
    }

    const fn duplicate(&self) -> Error {
        Error::DuplicateHeader {
            header: self.header,
        }
    }

    fn optional(self) -> Result<Option<T>, Error> {
        self.seen.transpose()
    }

    fn required(self) -> Result<T, Error> {
        self.seen.unwrap_or(Err(Error::MissingHeader {
            header: self.header,
        }))
    }
}

/// Removes the white space that HTTP allows around a value: spaces and tabs (RFC 9110, 5.6.3), nothing else.
fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Code, header_names::HEADER_NAMES};
    use alloc::{string::ToString, vec::Vec};

    const HEX: &str = "sha256=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    fn good() -> Vec<(&'static str, &'static str)> {
        Vec::from([
            (SIGNATURE, HEX),
            (AUTH_SIGNATURE, HEX),
            (TIMESTAMP, "1705314600"),
            (REQUEST_ID, "550e8400-e29b-41d4-a716-446655440000"),
            (EVENT, "CONVERSION_COMPLETED"),
        ])
    }

    fn fault(headers: &[(&str, &str)]) -> (Code, alloc::string::String) {
        let error = DeliveryHeaders::<Signature>::read(headers.iter().copied(), true).unwrap_err();
        (error.code(), error.field().unwrap().to_string())
    }

    #[test]
    fn reads_all_five_headers() {
        let headers = DeliveryHeaders::<Signature>::read(good(), true).unwrap();
        assert_eq!(headers.timestamp.seconds(), 1_705_314_600);
        assert_eq!(headers.event.as_str(), "CONVERSION_COMPLETED");
    }

    #[test]
    fn each_header_is_required_once_and_in_its_grammar() {
        for (index, name) in HEADER_NAMES.iter().copied().enumerate() {
            let mut missing = good();
            missing.remove(index);
            assert_eq!(fault(&missing), (Code::MissingHeader, name.into()));

            let mut twice = good();
            twice.push(good()[index]);
            assert_eq!(fault(&twice), (Code::DuplicateHeader, name.into()));

            let mut malformed = good();
            malformed[index].1 = "";
            assert_eq!(fault(&malformed), (Code::MalformedHeader, name.into()));
        }
    }

    #[test]
    fn the_first_fault_in_the_order_of_the_names_is_reported() {
        let mut headers = good();
        headers[4].1 = "lower";
        headers[2].1 = "soon";
        headers.reverse();
        assert_eq!(fault(&headers), (Code::MalformedHeader, TIMESTAMP.into()));
    }

    #[test]
    fn an_optional_signature_must_still_be_well_formed() {
        type OptionalSignature = DeliveryHeaders<Option<Signature>>;
        let headers = OptionalSignature::read(good().split_off(2), false).unwrap();
        assert!(headers.signature.is_none() && headers.auth_signature.is_none());
        for index in 0..2 {
            let mut headers = good();
            headers[index].1 = "sha256=";
            let error = OptionalSignature::read(headers, false).unwrap_err();
            assert_eq!(error.code(), Code::MalformedHeader);
        }
    }

    #[test]
    fn trims_only_what_http_allows() {
        assert_eq!(trim(b" \t a b\t "), b"a b");
        assert_eq!(trim(b"\x0ba\r\n"), b"\x0ba\r\n");
        assert_eq!(trim(b" \t"), b"");
    }
}
