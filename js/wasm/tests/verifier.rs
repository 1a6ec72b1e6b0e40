//! Deliveries through the bindings: what comes back, and that a refusal leaves the verifier as it was.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod objects;

use docutray_webhook::signing::Signer;
use docutray_webhook_js::{Verifier, header_names};
use js_sys::{Array, JsString, Uint8Array};
use objects::{Thrown, object, property};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const SECRET: &str = "whsec_test";
const URL: &str = "https://example.com/hooks";
const NOW: f64 = 1_705_314_600.0;
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const BODY: &str = concat!(
    r#"{"conversion_id":"c_1","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z","#,
    r#""document_type_code":"invoice"}"#
);

fn verifier(max_body: u32) -> Verifier {
    let options = object(&[
        ("secret", SECRET.into()),
        ("url", URL.into()),
        ("maxBody", max_body.into()),
    ]);
    Verifier::new(&options).expect("the options are good")
}

fn headers(body: &str) -> Array<JsString> {
    Signer::new(SECRET)
        .headers(
            REQUEST_ID,
            1_705_314_600,
            URL,
            "CONVERSION_STARTED",
            body.as_bytes(),
        )
        .into_iter()
        .flat_map(|(name, value)| [JsString::from(name), JsString::from(value)])
        .collect::<Array>()
        .unchecked_into()
}

fn bytes(body: &str) -> JsValue {
    Uint8Array::new_from_slice(body.as_bytes()).into()
}

fn verify(verifier: &Verifier, headers: &Array<JsString>, body: &str) -> Result<JsValue, Thrown> {
    verifier
        .verify(headers, bytes(body).unchecked_ref(), NOW)
        .map_err(Thrown::from)
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name).as_string()
}

#[wasm_bindgen_test]
fn a_good_delivery_comes_out_with_the_bytes_that_were_verified() {
    let event = verify(&verifier(1000), &headers(BODY), BODY).unwrap();
    assert_eq!(text(&event, "type").as_deref(), Some("CONVERSION_STARTED"));
    assert_eq!(text(&event, "id").as_deref(), Some("c_1"));
    assert_eq!(
        text(&event, "key").as_deref(),
        Some("CONVERSION_STARTED:c_1")
    );
    let raw = Uint8Array::from(property(&event, "raw"));
    assert_eq!(raw.to_vec(), BODY.as_bytes());
    let delivery = property(&event, "delivery");
    assert_eq!(text(&delivery, "requestId").as_deref(), Some(REQUEST_ID));
    assert_eq!(property(&delivery, "timestamp").as_f64(), Some(NOW));
    assert_eq!(
        property(&delivery, "metadataAuthenticated").as_bool(),
        Some(true)
    );
}

#[wasm_bindgen_test]
fn after_any_refusal_the_same_verifier_verifies() {
    let verifier = verifier(1000);
    let long = "x".repeat(1001);
    for (headers, body, code) in [
        (Array::new_typed(), BODY, "missing_header"),
        (headers(BODY), "{}", "signature_mismatch"),
        (headers(&long), long.as_str(), "body_too_large"),
        (headers("{}"), "{}", "malformed_payload"),
    ] {
        let error = verify(&verifier, &headers, body).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.message().starts_with(code), "{}", error.message());
        assert!(
            verify(&verifier, &self::headers(BODY), BODY).is_ok(),
            "after {code}"
        );
    }
}

#[wasm_bindgen_test]
fn a_body_in_pieces_is_the_body() {
    let mut check = verifier(1000).begin(&headers(BODY), NOW).unwrap();
    let (start, end) = BODY.split_at(50);
    for piece in [start, "", end] {
        check.update(bytes(piece).unchecked_ref()).unwrap();
    }
    assert!(check.finish().is_ok());
}

#[wasm_bindgen_test]
fn a_body_longer_than_one_copy_is_the_body() {
    let body = BODY.replace("invoice", &"i".repeat(100_000));
    assert!(verify(&verifier(200_000), &headers(&body), &body).is_ok());
}

#[wasm_bindgen_test]
fn a_length_over_the_limit_is_refused_before_the_body() {
    let mut check = verifier(1000).begin(&headers(BODY), NOW).unwrap();
    // Past 32 bits too: cut off there it would be 1.
    let error = Thrown::from(check.expect_length(4_294_967_297.0).unwrap_err());
    assert_eq!(error.code(), "body_too_large");
    assert_eq!(error.status(), 413.0);
    assert_eq!(error.field(), None);
}

#[wasm_bindgen_test]
fn the_fraction_of_the_time_counts_for_nothing() {
    let verifier = verifier(1000);
    let at = |now| verifier.authorize(&headers(BODY), now);
    assert!(at(NOW + 300.9).is_ok());
    let error = Thrown::from(at(NOW + 301.0).unwrap_err());
    assert_eq!(error.code(), "timestamp_too_old");
    assert_eq!(error.field().as_deref(), Some("x-docutray-timestamp"));
}

#[wasm_bindgen_test]
fn the_names_are_those_of_the_signed_headers() {
    assert!(
        header_names()
            .iter()
            .all(|name| headers(BODY).iter().any(|text| text == name.as_str()))
    );
}
