//! Deliveries through the boundary, written into the instance's memory as the package writes them: what comes back, and
//! that a refusal leaves the verifier as it was.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "addresses and lengths come as doubles"
)]

mod objects;

use docutray_webhook::signing::Signer;
use docutray_webhook_js::{
    admit_length, authorize, begin, body_room, check, event_names, head_room, header_names,
    max_body, prepare, release, verdict,
};
use js_sys::{Array, Float64Array, Reflect, Uint8Array};
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

/// A view of the instance's memory from an address on.
fn memory(address: usize, length: usize) -> Uint8Array {
    let buffer = Reflect::get(&wasm_bindgen::memory(), &"buffer".into()).unwrap();
    let (address, length) = (address.try_into().unwrap(), length.try_into().unwrap());
    Uint8Array::new_with_byte_offset_and_length(&buffer, address, length)
}

fn write_fields(fields: &[(u8, &str)]) -> usize {
    let mut bytes = Vec::new();
    for (tag, value) in fields {
        bytes.push(*tag);
        bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value.as_bytes());
    }
    memory(head_room(bytes.len()).addr(), bytes.len()).copy_from(&bytes);
    bytes.len()
}

fn options(urls: &[&str], more: &[(&str, JsValue)]) -> JsValue {
    let urls: Array = urls.iter().map(|url| JsValue::from_str(url)).collect();
    let options = object(&[("urls", urls.into())]);
    for (name, value) in more {
        Reflect::set(&options, &(*name).into(), value).unwrap();
    }
    options.into()
}

fn verifier(max_body: u32) -> usize {
    let secrets = write_fields(&[(0, "whsec_new"), (0, SECRET)]);
    prepare(secrets, options(&[URL], &[("maxBody", max_body.into())])).unwrap()
}

fn write_head(body: &str) -> usize {
    let names = header_names();
    let headers = Signer::new(SECRET).headers(
        REQUEST_ID,
        1_705_314_600,
        URL,
        "CONVERSION_STARTED",
        body.as_bytes(),
    );
    let tag = |name: &str| names.iter().position(|known| known == name).unwrap();
    let fields: Vec<_> = headers
        .iter()
        .map(|(name, value)| (u8::try_from(tag(name)).unwrap(), value.as_str()))
        .collect();
    write_fields(&fields)
}

fn write_body(body: &str) {
    memory(body_room(body.len()).addr(), body.len()).copy_from(body.as_bytes());
}

fn checked(verifier: usize, signed: &str, sent: &str) -> Result<(), Thrown> {
    let head = write_head(signed);
    write_body(sent);
    check(verifier, head, NOW).map_err(Thrown::from)
}

/// The text's three parts, the id's length, the event's place, the timestamp.
fn told() -> (Vec<String>, f64, f64, f64) {
    let bytes = memory(verdict().addr(), 7 * 8);
    let numbers =
        Float64Array::new_with_byte_offset_and_length(&bytes.buffer(), bytes.byte_offset(), 7)
            .to_vec();
    let [address, request_id, event, key, id, kind, timestamp] = numbers[..] else {
        panic!("{numbers:?}");
    };
    let mut start = address as usize;
    let parts = [request_id, event, key].map(|length| {
        let text = memory(start, length as usize).to_vec();
        start += length as usize;
        String::from_utf8(text).unwrap()
    });
    (parts.into(), id, kind, timestamp)
}

#[wasm_bindgen_test]
fn a_good_delivery_is_told_in_numbers_and_one_text() {
    checked(verifier(1000), BODY, BODY).unwrap();
    let (parts, id, kind, timestamp) = told();
    assert_eq!(
        parts,
        [REQUEST_ID, "CONVERSION_STARTED", "CONVERSION_STARTED:c_1"]
    );
    assert_eq!((id, timestamp), (3.0, NOW));
    let name = event_names().into_iter().nth(kind as usize);
    assert_eq!(name.as_deref(), Some("CONVERSION_STARTED"));
}

#[wasm_bindgen_test]
fn after_any_refusal_the_same_verifier_verifies() {
    let verifier = verifier(1000);
    let long = "x".repeat(1001);
    for (signed, sent, code, is_unfit) in [
        (BODY, "{}", "signature_mismatch", false),
        (long.as_str(), long.as_str(), "body_too_large", false),
        ("{}", "{}", "malformed_payload", true),
    ] {
        let error = checked(verifier, signed, sent).unwrap_err();
        assert_eq!((error.code().as_str(), error.unfit()), (code, is_unfit));
        assert!(error.message().starts_with(code), "{}", error.message());
        assert!(checked(verifier, BODY, BODY).is_ok(), "after {code}");
    }
    let error = Thrown::from(check(verifier, write_fields(&[]), NOW).unwrap_err());
    assert_eq!(error.code(), "missing_header");
}

#[wasm_bindgen_test]
fn a_body_is_checked_once() {
    let verifier = verifier(1000);
    checked(verifier, BODY, BODY).unwrap();
    let again = Thrown::from(check(verifier, write_head(BODY), NOW).unwrap_err());
    assert_eq!(again.code(), "signature_mismatch");
}

#[wasm_bindgen_test]
fn metadata_is_checked_alone() {
    let verifier = verifier(1000);
    begin(verifier, write_head(BODY), NOW).unwrap();
    assert_eq!(told().0, [REQUEST_ID, "CONVERSION_STARTED", ""]);
    // The fraction of the time counts for nothing.
    assert!(authorize(verifier, write_head(BODY), NOW + 300.9).is_ok());
    let old = authorize(verifier, write_head(BODY), NOW + 301.0);
    let error = Thrown::from(old.unwrap_err());
    assert_eq!(error.code(), "timestamp_too_old");
    assert_eq!(error.field().as_deref(), Some("x-docutray-timestamp"));
}

#[wasm_bindgen_test]
fn a_length_is_admitted_up_to_the_limit() {
    let verifier = verifier(1000);
    assert_eq!(max_body(verifier), 1000.0);
    assert!(admit_length(verifier, 1000.0).is_ok());
    // Past 32 bits too: cut off there it would be 1. A body that was refused before has no length.
    for length in [1001.0, 4_294_967_297.0, f64::INFINITY] {
        let error = Thrown::from(admit_length(verifier, length).unwrap_err());
        assert_eq!(
            (error.code().as_str(), error.status()),
            ("body_too_large", 413.0)
        );
        assert_eq!(error.field(), None);
    }
}

#[wasm_bindgen_test]
fn everything_that_is_wrong_with_the_options_is_told_by_their_names_in_javascript() {
    let wrong = options(&["example.com"], &[("tolerance", f64::NAN.into())]);
    let error = prepare(write_fields(&[]), wrong).unwrap_err();
    let problems: Array = property(&error, "problems").unchecked_into();
    let named = problems.iter().map(|one| property(&one, "option"));
    let named: Vec<_> = named.map(|name| name.as_string().unwrap()).collect();
    assert_eq!(named, ["secret", "url", "tolerance"]);
    let error = Thrown::from(error);
    assert_eq!(
        (error.code().as_str(), error.status()),
        ("invalid_config", 500.0)
    );
    assert_eq!(error.field().as_deref(), Some("secret"));
}

#[wasm_bindgen_test]
fn secrets_are_wiped_from_the_buffer_they_came_in() {
    let secrets = write_fields(&[(0, SECRET)]);
    let buffer = head_room(secrets).addr();
    prepare(secrets, options(&[URL], &[])).unwrap();
    assert!(
        memory(buffer, secrets)
            .to_vec()
            .iter()
            .all(|byte| *byte == 0)
    );
    let secrets = write_fields(&[(0, SECRET)]);
    assert!(prepare(secrets, JsValue::UNDEFINED).is_err());
    assert!(
        memory(buffer, secrets)
            .to_vec()
            .iter()
            .all(|byte| *byte == 0)
    );
}

#[wasm_bindgen_test]
fn a_verifier_that_was_released_is_none_and_its_number_is_given_again() {
    let (one, other) = (verifier(1000), verifier(1000));
    release(one);
    let error = begin(one, write_head(BODY), NOW).unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>());
    assert!(checked(other, BODY, BODY).is_ok());
    assert_eq!(verifier(1000), one);
    assert!(checked(one, BODY, BODY).is_ok());
}
