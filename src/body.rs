//! Steps 4 and 5: checks the body's size before hashing any of it, then its MAC over the exact bytes.
//!
//! The body is not decoded before this. Decoding replaces invalid UTF-8 by U+FFFD, so different bytes would become the
//! same text.

use crate::{
    error::{BodySignature, Error},
    freshness::Fresh,
    headers::Signature,
    limits::tuning::LARGEST_EXPLAINED,
    metadata::Delivery,
    secret_hints::SecretHints,
    secrets::{BodyMac, Secrets, SignedBy},
};
use alloc::vec::Vec;

/// The most memory, in bytes, that is reserved for an announced length before any byte has arrived.
const MAX_RESERVED_AHEAD: u64 = 64 * 1024;

/// Returns whether one of the secrets signed a body whose metadata is not authentic. It explains an error, and authenticates nothing.
pub(crate) fn explain(
    signature: &Signature,
    body: &[u8],
    secrets: &Secrets,
    max_body: u64,
) -> BodySignature {
    if length(body) > max_body.min(LARGEST_EXPLAINED.into()) {
        return BodySignature::Unknown;
    }
    let mut mac = secrets.body_mac(SignedBy::Any);
    mac.update(body);
    if mac.matches(signature.mac()) {
        BodySignature::Fits
    } else {
        BodySignature::FitsNone
    }
}

/// The body of a fresh delivery, its signature verified.
#[derive(Debug)]
pub(crate) struct VerifiedBody<B> {
    pub(crate) delivery: Delivery,
    pub(crate) bytes: B,
    /// Private, so that only this module can construct the type.
    _verified: (),
}

/// A fresh delivery whose body has not been received yet.
#[derive(Debug)]
pub(crate) struct Expected {
    delivery: Delivery,
    signature: Signature,
    mac: BodyMac,
    hints: SecretHints,
    max_body: u64,
}

impl Expected {
    pub(crate) fn new(fresh: Fresh<Signature>, secrets: &Secrets, max_body: u64) -> Self {
        let authentic = fresh.into_authentic();
        Self {
            signature: authentic.signature,
            mac: secrets.body_mac(authentic.signed_by),
            delivery: authentic.delivery,
            hints: secrets.hints(),
            max_body,
        }
    }

    /// Verifies a whole body.
    pub(crate) fn verify<B: AsRef<[u8]>>(mut self, body: B) -> Result<VerifiedBody<B>, Error> {
        if !self.admits(length(body.as_ref())) {
            return Err(self.too_large());
        }
        self.mac.update(body.as_ref());
        self.conclude(body)
    }

    const fn admits(&self, length: u64) -> bool {
        length <= self.max_body
    }

    const fn too_large(&self) -> Error {
        Error::BodyTooLarge {
            max_body: self.max_body,
        }
    }

    fn conclude<B>(self, bytes: B) -> Result<VerifiedBody<B>, Error> {
        if !self.mac.matches(self.signature.mac()) {
            return Err(Error::SignatureMismatch { hints: self.hints });
        }
        Ok(VerifiedBody {
            delivery: self.delivery,
            bytes,
            _verified: (),
        })
    }
}

/// A delivery whose body arrives in chunks.
#[derive(Debug)]
pub(crate) struct Arriving {
    expected: Expected,
    bytes: Vec<u8>,
    /// Never reset: a body of which a chunk was refused must never pass.
    too_large: bool,
}

impl Arriving {
    pub(crate) const fn new(expected: Expected) -> Self {
        Self {
            expected,
            bytes: Vec::new(),
            too_large: false,
        }
    }

    pub(crate) const fn delivery(&self) -> &Delivery {
        &self.expected.delivery
    }

    /// Fails if `more` further bytes would exceed the limit. The sender has only announced them, so little memory is
    /// reserved.
    pub(crate) fn expect(&mut self, more: u64) -> Result<(), Error> {
        self.admit(more, more.min(MAX_RESERVED_AHEAD))
    }

    pub(crate) fn update(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.admit(length(chunk), length(chunk))?;
        self.expected.mac.update(chunk);
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<VerifiedBody<Vec<u8>>, Error> {
        self.admitted()?;
        self.expected.conclude(self.bytes)
    }

    const fn admitted(&self) -> Result<(), Error> {
        if self.too_large {
            return Err(self.expected.too_large());
        }
        Ok(())
    }

    /// Fails if `more` further bytes exceed the limit. Makes room in memory for the `at_once` bytes that come next.
    fn admit(&mut self, more: u64, at_once: u64) -> Result<(), Error> {
        let total = length(&self.bytes).saturating_add(more);
        self.too_large |= !self.expected.admits(total) || !self.make_room(at_once);
        self.admitted()
    }

    /// Returns whether memory has room for this many bytes. A buffer that is too small doubles, but never beyond the limit.
    /// A failed allocation is reported as an error, since a panic would end a WebAssembly instance for good.
    fn make_room(&mut self, bytes: u64) -> bool {
        let held = length(&self.bytes);
        let doubled = held.min(self.expected.max_body.saturating_sub(held));
        let spare = self.bytes.capacity() - self.bytes.len();
        let (Ok(needed), Ok(grown)) = (usize::try_from(bytes), usize::try_from(bytes.max(doubled)))
        else {
            return false;
        };
        needed <= spare || self.bytes.try_reserve_exact(grown).is_ok()
    }
}

/// Returns the length in bytes. No platform's `usize` is wider than 64 bits.
const fn length(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

#[cfg(test)]
mod tests {
    use crate::{error::Code, signing::Signer, verifier::Verifier};
    use alloc::vec::Vec;

    const NOW: u64 = 1_705_314_600;
    const URL: &str = "https://example.com/hooks";
    const ID: &str = "550e8400-e29b-41d4-a716-446655440000";

    fn check(max_body: u64, body: &[u8]) -> crate::BodyCheck {
        let verifier = Verifier::builder()
            .secret("s")
            .url(URL)
            .max_body(max_body)
            .build()
            .unwrap();
        let headers = Signer::new("s").headers(ID, NOW, URL, "BATCH_ARCHIVED", body);
        verifier.begin(headers, NOW).unwrap()
    }

    #[test]
    fn the_limit_is_inclusive_however_the_body_is_chunked() {
        let mut check_at_limit = check(4, b"{  }");
        check_at_limit.expect_length(4).unwrap();
        for byte in b"{  }" {
            check_at_limit.update(&[*byte]).unwrap();
        }
        assert!(check_at_limit.finish().is_ok());

        let mut check_beyond = check(3, b"{  }");
        check_beyond.update(b"{  ").unwrap();
        let error = check_beyond.update(b"}").unwrap_err();
        assert_eq!(error.code(), Code::BodyTooLarge);
    }

    #[test]
    fn the_default_limit_is_16_mib() {
        let verifier = Verifier::builder().secret("s").url(URL).build().unwrap();
        let mut body = Vec::from(b"{}");
        body.resize(16 * 1024 * 1024, b' ');
        let verdict = |body: &[u8]| {
            let headers = Signer::new("s").headers(ID, NOW, URL, "BATCH_ARCHIVED", body);
            verifier.verify(headers, body, NOW).map(drop)
        };
        assert_eq!(verdict(&body), Ok(()));
        body.push(b' ');
        assert_eq!(verdict(&body).unwrap_err().code(), Code::BodyTooLarge);
    }

    #[test]
    fn a_body_with_a_refused_chunk_never_passes() {
        // The accepted chunks form the right body, but a chunk between them was refused.
        let mut check_refused = check(2, b"{}");
        check_refused.update(b"{").unwrap();
        assert!(check_refused.update(b"too long").is_err());
        assert!(check_refused.update(b"}").is_err());
        assert_eq!(
            check_refused.finish().unwrap_err().code(),
            Code::BodyTooLarge
        );
    }

    #[test]
    fn memory_is_reserved_for_what_arrives_and_little_for_what_is_announced() {
        let reserved = |check: &crate::BodyCheck| check.body.bytes.capacity();
        let mut announced = check(1 << 20, b"{}");
        announced.expect_length(1 << 20).unwrap();
        assert_eq!(reserved(&announced), 64 * 1024);

        let mut growing = check(1000, b"{}");
        let mut capacities = Vec::new();
        for chunk in [400, 1, 300, 200, 99] {
            growing.update(&b" ".repeat(chunk)).unwrap();
            capacities.push(reserved(&growing));
        }
        // The second chunk doubles the buffer, though never beyond the limit. The rest finds room.
        assert_eq!(capacities, [400, 800, 800, 1000, 1000]);
    }

    #[test]
    fn a_length_beyond_the_limit_or_the_memory_is_refused() {
        let announced = |max_body, length| check(max_body, b"{}").expect_length(length);
        assert!(announced(2, 2).is_ok());
        assert_eq!(announced(2, 3).unwrap_err().code(), Code::BodyTooLarge);
        let most = 256 * 1024 * 1024;
        assert!(announced(most, most).is_ok());
        assert!(announced(most, most + 1).is_err());
        let error = announced(most, u64::MAX).unwrap_err();
        assert_eq!(error.code(), Code::BodyTooLarge);
    }
}
