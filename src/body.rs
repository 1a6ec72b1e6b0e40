//! Steps 4 and 5: the body's size before anything of it is hashed, then its MAC over the exact bytes.
//!
//! Text exists only after this: bytes decoded first would make U+FFFD and any invalid UTF-8 the same body.

use crate::{
    error::Error,
    freshness::Fresh,
    headers::Signature,
    metadata::Delivery,
    secrets::{BodyMac, Secrets},
};
use alloc::vec::Vec;

/// In bytes: an announced length takes no more memory than this before the first byte has come.
const MOST_AHEAD: u64 = 64 * 1024;

/// Bytes that were signed as the body of a fresh delivery.
#[derive(Debug)]
pub(crate) struct VerifiedBody<B> {
    pub(crate) delivery: Delivery,
    pub(crate) bytes: B,
    /// Private, so that only this module says so.
    _verified: (),
}

/// The body of a fresh delivery, not yet received.
#[derive(Debug)]
pub(crate) struct Expected {
    delivery: Delivery,
    signature: Signature,
    mac: BodyMac,
    spaced_secret: bool,
    max_body: u64,
}

impl Expected {
    pub(crate) fn new(fresh: Fresh<Signature>, secrets: &Secrets, max_body: u64) -> Self {
        let authentic = fresh.into_authentic();
        Self {
            signature: authentic.signature,
            mac: secrets.body_mac(authentic.signed_by),
            delivery: authentic.delivery,
            spaced_secret: secrets.spaced(),
            max_body,
        }
    }

    /// The whole body at once.
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
            return Err(Error::SignatureMismatch {
                spaced_secret: self.spaced_secret,
            });
        }
        Ok(VerifiedBody {
            delivery: self.delivery,
            bytes,
            _verified: (),
        })
    }
}

/// The same, received in chunks.
#[derive(Debug)]
pub(crate) struct Arriving {
    expected: Expected,
    bytes: Vec<u8>,
    /// Stays once it is set: a body of which a part was left out must never pass.
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

    /// Refuses now what would be refused when this many more bytes had come. Whoever announces them has sent nothing
    /// yet, so they take little memory.
    pub(crate) fn expect(&mut self, more: u64) -> Result<(), Error> {
        self.admit(more, more.min(MOST_AHEAD))
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

    /// Admits this many more bytes, and makes room for as many as will come at once.
    fn admit(&mut self, more: u64, at_once: u64) -> Result<(), Error> {
        let total = length(&self.bytes).saturating_add(more);
        self.too_large |= !self.expected.admits(total) || !self.make_room(at_once);
        self.admitted()
    }

    /// Whether there is room in memory for these bytes. It is doubled where it is too small, but never beyond the limit. A
    /// failed allocation is an error like any other: a panic would end a WebAssembly instance for good.
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

/// In bytes; no platform's `usize` is wider than 64 bits.
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
    fn the_limit_is_inclusive_however_the_body_is_cut() {
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
    fn what_was_refused_once_never_passes() {
        // The body is right, but a part of another was offered and dropped in between.
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
    fn a_length_beyond_the_limit_or_the_memory_is_an_error() {
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
