//! The webhook secrets as HMAC-SHA256 keys (RFC 2104). Each key is prepared once, compared in constant time, wiped when
//! dropped, and never printed. This is the only file that uses cryptography.

#[cfg(test)]
mod tests;

use crate::secret_hints::SecretHints;
use alloc::{string::String, vec::Vec};
use core::{fmt, hint};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
#[cfg(not(docutray_webhook_leaks))]
use subtle::ConstantTimeEq;
use subtle::{Choice, ConditionallySelectable};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// More than a key's preparation or a verification uses of the stack, in bytes.
const WIPED_STACK: usize = 8 * 1024;

/// A MAC received in a header. It has no `PartialEq` and its bytes are private, so that only [`ComputedMac::is`] compares it.
#[derive(Clone, Copy)]
pub(crate) struct ReceivedMac([u8; 32]);

impl ReceivedMac {
    pub(crate) const fn new(mac: [u8; 32]) -> Self {
        Self(mac)
    }
}

impl fmt::Debug for ReceivedMac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceivedMac")
    }
}

/// A MAC computed with a secret. Whoever learns it can forge the delivery, so it is wiped when dropped, never printed,
/// and compared in constant time only.
pub(crate) struct ComputedMac(Zeroizing<[u8; 32]>);

impl ComputedMac {
    /// Returns whether this is the received MAC.
    #[cfg(not(docutray_webhook_leaks))]
    fn is(&self, received: &ReceivedMac) -> Choice {
        self.0.ct_eq(&received.0)
    }

    /// The same with a leak, which the tests of constant time have to find. No feature, so that no dependency can turn it on.
    #[cfg(docutray_webhook_leaks)]
    fn is(&self, received: &ReceivedMac) -> Choice {
        // Ends at the first byte that differs. Without the black box, the compiler compares all 32 bytes at once.
        let mut pairs = self.0.iter().zip(&received.0);
        let differs = pairs.any(|(one, other)| hint::black_box(one) != other);
        Choice::from(u8::from(!differs))
    }

    /// Returns the MAC for a signature header.
    #[cfg(any(test, feature = "signing"))]
    pub(crate) fn to_hex(&self) -> String {
        hex::encode(self.0.as_slice())
    }
}

/// Returns the SHA-256 (FIPS 180-4) of a body in lower-case hexadecimal digits. The body is not secret.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A secret as an HMAC key, both pads hashed.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

// A key is two SHA-256 states, which wipe themselves only with sha2's feature `zeroize`. Without the feature this does
// not compile.
const _: fn() = || {
    const fn wiped_on_drop<T: ZeroizeOnDrop>() {}
    wiped_on_drop::<Sha256>();
};

impl Key {
    /// Uses the secret's bytes as the key. They may be of any length.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes a key of any length"))
    }

    /// Returns the MAC over the concatenated parts.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> ComputedMac {
        let mut key = self.clone();
        for part in parts {
            key.0.update(part);
        }
        key.finish()
    }

    fn finish(self) -> ComputedMac {
        ComputedMac(Zeroizing::new(self.0.finalize().into_bytes().into()))
    }
}

/// Adds a secret's key and wipes what its preparation left on the stack.
pub(crate) fn push_key(keys: &mut Vec<Key>, secret: &[u8]) {
    push_unwiped(keys, secret);
    wipe_stack();
}

/// A separate function, so that all of its stack lies where [`wipe_stack`] wipes.
#[inline(never)]
fn push_unwiped(keys: &mut Vec<Key>, secret: &[u8]) {
    keys.push(Key::new(secret));
}

/// Overwrites the stack below the caller. `hmac` leaves the padded key there, where a memory dump would show it.
#[inline(never)]
fn wipe_stack() {
    // `zeroize` writes each element separately, so words take an eighth of the time that bytes would.
    let mut stack = [0_u64; WIPED_STACK / size_of::<u64>()];
    stack.zeroize();
    hint::black_box(&stack);
}

/// The secret that signed a delivery's metadata. The body must be signed with the same one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SignedBy {
    /// The secret at this index.
    One(u8),
    /// Not known, because the metadata was not verified: the body may be signed with any secret.
    Any,
}

/// A verifier's secrets, newest first.
pub(crate) struct Secrets {
    keys: Vec<Key>,
    hints: SecretHints,
}

impl Secrets {
    pub(crate) const fn new(keys: Vec<Key>, hints: SecretHints) -> Self {
        Self { keys, hints }
    }

    /// Returns what looks like a mistake in the secrets.
    pub(crate) const fn hints(&self) -> SecretHints {
        self.hints
    }

    /// Returns the secret with which one of the messages has the received MAC. Every secret is tried with every message, so
    /// the time does not show which one matched.
    pub(crate) fn signed_by(
        &self,
        received: &ReceivedMac,
        messages: &[&[&[u8]]],
    ) -> Option<SignedBy> {
        let mut found = Choice::from(0);
        let mut place = 0;
        for (index, key) in (0..).zip(&self.keys) {
            for message in messages {
                let equal = key.mac(message).is(received);
                place.conditional_assign(&index, equal);
                found |= equal;
            }
        }
        bool::from(found).then_some(SignedBy::One(place))
    }

    /// Starts the MAC of a body that the same secret must have signed.
    pub(crate) fn body_mac(&self, signed_by: SignedBy) -> BodyMac {
        BodyMac(match signed_by {
            SignedBy::One(place) => self
                .keys
                .get(usize::from(place))
                .cloned()
                .into_iter()
                .collect(),
            SignedBy::Any => self.keys.clone(),
        })
    }
}

/// The unfinished MAC of a body, one for each secret that may have signed it.
pub(crate) struct BodyMac(Vec<Key>);

impl BodyMac {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for key in &mut self.0 {
            key.0.update(bytes);
        }
    }

    /// Returns whether one of the MACs is the received one. Compares all of them.
    pub(crate) fn matches(self, received: &ReceivedMac) -> bool {
        let mut found = Choice::from(0);
        // Finishes copies. A key that was moved out of the vector would leave an unwiped copy behind.
        for key in &self.0 {
            found |= key.clone().finish().is(received);
        }
        found.into()
    }
}

impl Drop for Secrets {
    /// Also wipes the stack, where computing MACs has left copies of the keys.
    fn drop(&mut self) {
        self.keys.clear();
        wipe_stack();
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} redacted", self.keys.len())
    }
}

impl fmt::Debug for BodyMac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("redacted")
    }
}
