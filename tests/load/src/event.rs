//! Events, and the deliveries that carry them.

use anyhow::{Result, anyhow};
use docutray_webhook::EventKind;
use docutray_webhook_deliveries::{SECRET, URL, now};
use docutray_webhook_tools::{
    forge::{About, Forgery},
    samples::{SampleRequest, sample},
    sign::{Unsigned, sign},
    wire::{Bytes, DeliveryBytes},
};
use fastrand::Rng;

use crate::draw::{uuid, weighted};

/// The sizes of bodies: at most so many bytes, and how often.
const SIZES: [(u32, usize); 3] = [(75, 4 << 10), (20, 64 << 10), (5, 1 << 20)];
/// The largest body of an event, in bytes.
pub(crate) const LARGEST: usize = 1 << 20;

/// An event of Docutray.
pub(crate) struct Event {
    kind: EventKind,
    /// By which a receiver knows it.
    pub(crate) key: String,
    body: Vec<u8>,
}

impl Event {
    /// An event of any documented kind and of any size. No other event of the run may have its id.
    pub(crate) fn of(id: &str, rng: &mut Rng) -> Result<Self> {
        let most = weighted(rng, &SIZES).unwrap_or(LARGEST);
        Self::of_size(rng.usize(1 << 10..=most), id, rng)
    }

    /// An event whose body has this many bytes, unless that of its kind has more.
    pub(crate) fn of_size(bytes: usize, id: &str, rng: &mut Rng) -> Result<Self> {
        let kind = rng.choice(EventKind::KNOWN.iter().copied());
        let kind = kind.unwrap_or(EventKind::ConversionStarted);
        let mut request = SampleRequest::new(kind.as_str(), now());
        request.id = Some(id.to_owned());
        let sample = sample(&request).map_err(|fault| anyhow!("{fault}"))?;
        Ok(Self {
            kind,
            key: format!("{}:{id}", kind.as_str()),
            body: filled(sample.body.0, bytes),
        })
    }

    /// A new delivery of it, signed now.
    pub(crate) fn signed(&self, rng: &mut Rng) -> DeliveryBytes {
        sign(&self.unsigned(rng))
    }

    /// A forgery of a delivery of it.
    pub(crate) fn forged(&self, way: Forgery, rng: &mut Rng) -> Result<(DeliveryBytes, About)> {
        let forged = way.forge(&self.unsigned(rng));
        let forged = forged.map_err(|fault| anyhow!("{}: {fault}", way.name()))?;
        Ok((forged.delivery, forged.about))
    }

    fn unsigned(&self, rng: &mut Rng) -> Unsigned {
        Unsigned {
            secret: SECRET.into(),
            url: URL.into(),
            event: self.kind.as_str().into(),
            body: Bytes(self.body.clone()),
            now: now(),
            request_id: uuid(rng),
        }
    }
}

/// Adds a field that no event has, so that the payload has this many bytes.
fn filled(mut payload: Vec<u8>, bytes: usize) -> Vec<u8> {
    const BEFORE: &[u8] = br#","filling":""#;
    const AFTER: &[u8] = br#""}"#;
    let whole = payload.trim_ascii_end().len();
    let own = whole.saturating_sub(1) + BEFORE.len() + AFTER.len();
    let Some(filling) = bytes.checked_sub(own) else {
        return payload;
    };
    payload.truncate(whole.saturating_sub(1));
    payload.extend_from_slice(BEFORE);
    payload.resize(payload.len() + filling, b'x');
    payload.extend_from_slice(AFTER);
    payload
}

#[cfg(test)]
mod tests {
    use docutray_webhook::Verifier;

    use super::*;

    fn verified(delivery: &DeliveryBytes) -> Result<String, docutray_webhook::Error> {
        let verifier = Verifier::builder().secret(SECRET).url(URL).build().unwrap();
        let headers = delivery.headers.iter().map(|(name, value)| (name, value));
        let event = verifier.verify(headers, &delivery.body.0, now())?;
        Ok(event.key().to_owned())
    }

    #[test]
    fn a_delivery_is_genuine_and_has_the_size_and_the_key() {
        let mut rng = Rng::with_seed(7);
        for bytes in [4096, LARGEST] {
            let event = Event::of_size(bytes, "a_1", &mut rng).unwrap();
            let delivery = event.signed(&mut rng);
            assert_eq!(delivery.body.0.len(), bytes);
            assert_eq!(verified(&delivery).unwrap(), event.key);
        }
    }

    #[test]
    fn a_forged_delivery_is_none_of_the_event() {
        let mut rng = Rng::with_seed(7);
        let event = Event::of("a_1", &mut rng).unwrap();
        for way in Forgery::ALL {
            let (delivery, _) = event.forged(*way, &mut rng).unwrap();
            if way.code().is_some() {
                assert!(verified(&delivery).is_err(), "{}", way.name());
            }
        }
    }
}
