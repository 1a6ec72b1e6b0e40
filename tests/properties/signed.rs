//! A signed delivery passes however it arrives, and one that differs in one bit does not.

use docutray_webhook::Code;
use proptest::{collection::vec, prelude::*, sample::Index};
use sha2::{Digest as _, Sha256};

use crate::{
    delivery::{Genuine, NOW, genuine, signed, verifier},
    fixed,
};

fn request_id() -> impl Strategy<Value = String> {
    "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
}

/// Draws the name of an event that is not documented. Its payload is any object.
fn event() -> impl Strategy<Value = String> {
    "BATCH_[A-Z0-9_]{0,58}"
}

fn object() -> impl Strategy<Value = String> {
    vec(("[a-z]{1,8}", any::<i64>()), 0..20).prop_map(|members| {
        let members = members.iter().enumerate();
        let members = members.map(|(index, (name, value))| format!("\"{name}{index}\":{value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    })
}

/// Draws a genuine delivery, or an unknown event with a drawn body.
fn event_and_body() -> impl Strategy<Value = (String, String)> {
    let known = any::<Index>().prop_map(|index| {
        let Genuine { event, body } = index.get(genuine());
        (event.clone(), String::from_utf8(body.clone()).unwrap())
    });
    prop_oneof![known, (event(), object())]
}

proptest! {
    #![proptest_config(fixed(256))]

    #[test]
    fn a_signed_delivery_passes(id in request_id(), (event, body) in event_and_body()) {
        let verified = verifier(1 << 20).verify(signed(&id, &event, body.as_bytes()), body.as_bytes(), NOW);
        let verified = verified.unwrap();
        let unknown = || hex::encode(Sha256::digest(&body));
        let in_key = verified.id().map_or_else(unknown, str::to_owned);
        prop_assert_eq!(verified.key(), format!("{event}:{in_key}"));
        prop_assert_eq!(verified.raw(), body);
    }

    #[test]
    fn the_order_case_and_white_space_of_headers_do_not_matter(
        id in request_id(),
        (event, body) in event_and_body(),
        order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
        space in "[ \t]{0,3}",
    ) {
        let headers = signed(&id, &event, body.as_bytes());
        let headers = order.into_iter().map(|index| {
            let (name, value) = &headers[index];
            (name.to_uppercase(), [space.as_bytes(), value, space.as_bytes()].concat())
        });
        prop_assert!(verifier(1 << 20).verify(headers, body.as_bytes(), NOW).is_ok());
    }

    #[test]
    fn chunks_do_not_matter(id in request_id(), (event, body) in event_and_body(), cuts in vec(any::<Index>(), 0..6)) {
        let headers = signed(&id, &event, body.as_bytes());
        let whole = verifier(1 << 20).verify(headers.clone(), body.as_bytes(), NOW).unwrap();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let mut check = verifier(1 << 20).begin(headers, NOW).unwrap();
        for cut in cuts.windows(2) {
            check.update(&body.as_bytes()[cut[0]..cut[1]]).unwrap();
        }
        prop_assert_eq!(check.finish().unwrap(), whole);
    }

    #[test]
    fn a_changed_bit_of_the_body_is_refused(id in request_id(), (event, body) in event_and_body(), at in any::<Index>(), bit in 0..8_u8) {
        let headers = signed(&id, &event, body.as_bytes());
        let mut body = body.into_bytes();
        let at = at.index(body.len());
        body[at] ^= 1 << bit;
        let error = verifier(1 << 20).verify(headers, &body, NOW).unwrap_err();
        prop_assert_eq!(error.code(), Code::SignatureMismatch);
    }

    #[test]
    fn a_changed_bit_of_a_header_is_refused(
        id in request_id(),
        (event, body) in event_and_body(),
        header in 0..5_usize,
        at in any::<Index>(),
        bit in 0..8_u8,
    ) {
        let mut headers = signed(&id, &event, body.as_bytes());
        let value = &mut headers[header].1;
        let before = value.clone();
        let at = at.index(value.len());
        value[at] ^= 1 << bit;
        // Only the case of a signature's digits does not matter.
        prop_assume!(header > 1 || !value.eq_ignore_ascii_case(&before) || at < 7);
        prop_assert!(verifier(1 << 20).verify(headers, body.as_bytes(), NOW).is_err());
    }
}
