//! How a genuine delivery is changed, before it is signed and in transit.

use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    bytes::{ByteChange, byte_change},
    delivery::{Genuine, Headers, NOW, REQUEST_ID, SECRET, URL, genuine, signed, signed_with},
    headers::{HeaderChange, header_change},
    tree::{Tree, TreeChange, tree_change},
};

/// Of another sender.
pub const OTHER_SECRET: &str = "whsec_of_somebody_else";
/// Where this receiver is not registered.
pub const OTHER_URL: &str = "https://example.com/elsewhere";
const OTHER_REQUEST_ID: &str = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

/// Which parts may be changed. Mostly only one is, so that deliveries get as far as possible through the pipeline.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    tree: bool,
    signed_bytes: bool,
    event: bool,
    signer: bool,
    headers: bool,
    body: bool,
    clock: bool,
    limit: bool,
}

#[derive(Clone, Debug)]
pub struct Plan {
    which: Index,
    other: Index,
    /// Before signing.
    tree: Vec<TreeChange>,
    signed_bytes: Vec<ByteChange>,
    /// Signs under the name of another event.
    event: Option<Index>,
    /// Signs with another secret, or for another URL.
    signer: Option<bool>,
    /// In transit.
    headers: Vec<HeaderChange>,
    body: Vec<ByteChange>,
    /// Seconds since the signing.
    clock: Option<i64>,
    /// How many bytes the limit is above the body's length, or below it.
    limit: Option<i64>,
    pub cuts: Vec<Index>,
}

/// What a receiver gets, and what was signed.
#[derive(Debug)]
pub struct Sent {
    pub headers: Headers,
    pub body: Vec<u8>,
    pub now: u64,
    pub max_body: u64,
    /// Request ids and event names that were signed for this receiver.
    pub signed_metadata: Vec<(&'static str, String)>,
    pub signed_bodies: Vec<Vec<u8>>,
    pub is_untouched: bool,
    pub is_as_signed: bool,
}

pub fn plan() -> impl Strategy<Value = Plan> {
    parts().prop_flat_map(|parts| {
        let up_to = |is_changed: bool, most: usize| match is_changed {
            true => 1..=most,
            false => 0..=0,
        };
        let changes = (
            vec(tree_change(), up_to(parts.tree, 3)),
            vec(byte_change(), up_to(parts.signed_bytes, 2)),
            maybe(parts.event, any::<Index>()),
            maybe(parts.signer, any::<bool>()),
            vec(header_change(), up_to(parts.headers, 2)),
            vec(byte_change(), up_to(parts.body, 2)),
            maybe(parts.clock, clock()),
            maybe(parts.limit, -3..3_i64),
        );
        (
            any::<Index>(),
            any::<Index>(),
            changes,
            vec(any::<Index>(), 0..4),
        )
            .prop_map(|(which, other, changes, cuts)| {
                let (tree, signed_bytes, event, signer, headers, body, clock, limit) = changes;
                Plan {
                    which,
                    other,
                    tree,
                    signed_bytes,
                    event,
                    signer,
                    headers,
                    body,
                    clock,
                    limit,
                    cuts,
                }
            })
    })
}

fn parts() -> impl Strategy<Value = Parts> {
    let one = |part: fn(&mut Parts)| {
        let mut parts = Parts::default();
        part(&mut parts);
        Just(parts)
    };
    prop_oneof![
        1 => Just(Parts::default()),
        8 => one(|parts| parts.tree = true),
        4 => one(|parts| parts.signed_bytes = true),
        2 => one(|parts| parts.event = true),
        1 => one(|parts| parts.signer = true),
        8 => one(|parts| parts.headers = true),
        3 => one(|parts| parts.body = true),
        2 => one(|parts| parts.clock = true),
        2 => one(|parts| parts.limit = true),
        4 => any::<[bool; 8]>().prop_map(
            |[tree, signed_bytes, event, signer, headers, body, clock, limit]| Parts {
                tree,
                signed_bytes,
                event,
                signer,
                headers,
                body,
                clock,
                limit,
            },
        ),
    ]
}

fn maybe<T: Clone + std::fmt::Debug + 'static>(
    is_changed: bool,
    change: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    match is_changed {
        true => change.prop_map(Some).boxed(),
        false => Just(None).boxed(),
    }
}

fn clock() -> impl Strategy<Value = i64> {
    let edges = prop::sample::select([-300, 300, -301, 301, -1_000_000, 1_000_000].as_slice());
    prop_oneof![-600..600_i64, edges]
}

impl Plan {
    pub fn sent(&self) -> Sent {
        let Genuine { event, body } = self.which.get(genuine());
        let other = self.other.get(genuine());
        let event = self
            .event
            .map_or(event, |index| &index.get(genuine()).event);
        let to_sign = self.to_sign(body);
        let (secret, url) = match self.signer {
            None => (SECRET, URL),
            Some(true) => (OTHER_SECRET, URL),
            Some(false) => (SECRET, OTHER_URL),
        };
        let mut headers = signed_with(secret, url, REQUEST_ID, event, &to_sign);
        let other_headers = signed(OTHER_REQUEST_ID, &other.event, &other.body);
        let as_signed = headers.clone();
        for change in &self.headers {
            change.apply(&mut headers, &other_headers);
        }
        let mut sent = to_sign.clone();
        for change in &self.body {
            change.apply(&mut sent);
        }
        let length = i64::try_from(sent.len()).unwrap();
        let is_as_signed = headers == as_signed
            && sent == to_sign
            && self.signer.is_none()
            && self.clock.is_none()
            && self.limit.is_none_or(|above| above >= 0);
        let mut signed_metadata = vec![(OTHER_REQUEST_ID, other.event.clone())];
        let mut signed_bodies = vec![other.body.clone()];
        if self.signer.is_none() {
            signed_metadata.push((REQUEST_ID, event.clone()));
        }
        if self.signer != Some(true) {
            signed_bodies.push(to_sign.clone());
        }
        Sent {
            is_untouched: is_as_signed && to_sign == *body && self.event.is_none(),
            is_as_signed,
            headers,
            now: NOW.checked_add_signed(self.clock.unwrap_or(0)).unwrap(),
            max_body: self
                .limit
                .map_or(1 << 20, |above| u64::try_from(length + above).unwrap_or(0)),
            body: sent,
            signed_metadata,
            signed_bodies,
        }
    }

    /// The event and the body that are signed, without what happens in transit.
    pub fn signed(&self) -> (String, Vec<u8>) {
        let Genuine { event, body } = self.which.get(genuine());
        let named = self.event.map(|index| &index.get(genuine()).event);
        (named.unwrap_or(event).clone(), self.to_sign(body))
    }

    fn to_sign(&self, genuine: &[u8]) -> Vec<u8> {
        let mut body = genuine.to_vec();
        if !self.tree.is_empty() {
            let mut tree = Tree::parse(genuine);
            for change in &self.tree {
                tree.apply(change);
            }
            body = tree.text().into_bytes();
        }
        for change in &self.signed_bytes {
            change.apply(&mut body);
        }
        body
    }
}
