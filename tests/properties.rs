//! Promise: what Docutray signs passes however it arrives; what differs in one bit, or was never signed, does not; and
//! no input of any kind makes a verifier panic or spoils it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use docutray_webhook::{Code, HEADER_NAMES, Verifier, signing::Signer};
use proptest::{collection::vec, prelude::*, sample::Index};

const NOW: u64 = 1_705_314_600;
const URL: &str = "https://example.com/hooks";
const SECRET: &str = "whsec_9f8e7d6c5b4a";

fn verifier() -> Verifier {
    Verifier::builder().secret(SECRET).url(URL).build().unwrap()
}

fn signed(id: &str, event: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let headers = Signer::new(SECRET).headers(id, NOW, URL, event, body);
    headers
        .map(|(name, value)| (name.to_owned(), value.into_bytes()))
        .into()
}

fn request_id() -> impl Strategy<Value = String> {
    "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
}

/// A name of an event that is not documented: its payload is any object.
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

proptest! {
    #[test]
    fn what_is_signed_passes(id in request_id(), event in event(), body in object()) {
        let verified = verifier().verify(signed(&id, &event, body.as_bytes()), body.as_bytes(), NOW);
        let verified = verified.unwrap();
        prop_assert_eq!(verified.key().to_owned(), format!("{event}:{id}"));
        prop_assert_eq!(verified.raw(), body);
    }

    #[test]
    fn order_case_and_white_space_of_headers_do_not_matter(
        id in request_id(),
        event in event(),
        body in object(),
        order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
        space in "[ \t]{0,3}",
    ) {
        let headers = signed(&id, &event, body.as_bytes());
        let headers = order.into_iter().map(|index| {
            let (name, value) = &headers[index];
            (name.to_uppercase(), [space.as_bytes(), value, space.as_bytes()].concat())
        });
        prop_assert!(verifier().verify(headers, body.as_bytes(), NOW).is_ok());
    }

    #[test]
    fn chunks_do_not_matter(id in request_id(), event in event(), body in object(), cuts in vec(any::<Index>(), 0..6)) {
        let headers = signed(&id, &event, body.as_bytes());
        let whole = verifier().verify(headers.clone(), body.as_bytes(), NOW).unwrap();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let mut check = verifier().begin(headers, NOW).unwrap();
        for cut in cuts.windows(2) {
            check.update(&body.as_bytes()[cut[0]..cut[1]]).unwrap();
        }
        prop_assert_eq!(check.finish().unwrap(), whole);
    }

    #[test]
    fn one_bit_of_the_body_is_enough(id in request_id(), event in event(), body in object(), at in any::<Index>(), bit in 0..8_u8) {
        let headers = signed(&id, &event, body.as_bytes());
        let mut body = body.into_bytes();
        let at = at.index(body.len());
        body[at] ^= 1 << bit;
        let error = verifier().verify(headers, &body, NOW).unwrap_err();
        prop_assert_eq!(error.code(), Code::SignatureMismatch);
    }

    #[test]
    fn one_bit_of_a_header_is_enough(
        id in request_id(),
        event in event(),
        body in object(),
        header in 0..5_usize,
        at in any::<Index>(),
        bit in 0..8_u8,
    ) {
        let mut headers = signed(&id, &event, body.as_bytes());
        let value = &mut headers[header].1;
        let before = value.clone();
        let at = at.index(value.len());
        value[at] ^= 1 << bit;
        // A signature's digits are the same in either case, and nothing else is.
        prop_assume!(header > 1 || !value.eq_ignore_ascii_case(&before) || at < 7);
        prop_assert!(verifier().verify(headers, body.as_bytes(), NOW).is_err());
    }

    #[test]
    fn any_bytes_are_an_error_and_spoil_nothing(
        headers in vec((0..6_usize, vec(any::<u8>(), 0..80)), 0..8),
        body in vec(any::<u8>(), 0..200),
        now in any::<u64>(),
    ) {
        let verifier = verifier();
        let headers = headers.iter().map(|(name, value)| {
            (HEADER_NAMES.get(*name).copied().unwrap_or("x-other"), value)
        });
        prop_assert!(verifier.verify(headers, &body, now).is_err());
        let good = b"{}";
        let headers = signed("550e8400-e29b-41d4-a716-446655440000", "BATCH_ARCHIVED", good);
        prop_assert!(verifier.verify(headers, good, NOW).is_ok());
    }

    #[test]
    fn any_signed_body_has_a_verdict(
        body in vec(any::<u8>(), 0..200),
        event in prop::sample::select(vec!["CONVERSION_COMPLETED", "IDENTIFICATION_COMPLETED", "STEP_COMPLETED", "BATCH_ARCHIVED"]),
    ) {
        let headers = signed("550e8400-e29b-41d4-a716-446655440000", event, &body);
        if let Err(error) = verifier().verify(headers, &body, NOW) {
            prop_assert!(matches!(error.code(), Code::MalformedPayload | Code::EventMismatch));
        }
    }
}
