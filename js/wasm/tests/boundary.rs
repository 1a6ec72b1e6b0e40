//! Passes deliveries through the boundary, written into the instance's memory as the package writes them. Checks what the
//! instance tells, and that a refusal leaves the verifier as it was.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "addresses and lengths come as doubles"
)]

use docutray_webhook::signing::Signer;
use docutray_webhook_js::{
    admit, admit_length, answer, authorize, begin, check, max_body, names, numbers, prepare,
    release, room,
};
use js_sys::{Float64Array, Reflect, Uint8Array};
use wasm_bindgen_test::wasm_bindgen_test;

const SECRET: &str = "whsec_test";
const URL: &str = "https://example.com/hooks";
const NOW: f64 = 1_705_314_600.0;
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const BODY: &str = concat!(
    r#"{"conversion_id":"c_1","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z","#,
    r#""document_type_code":"invoice"}"#
);
/// In bytes.
const KEPT: usize = 96 * 1024;
const MIB: usize = 1024 * 1024;
/// In bytes: the largest limit that a verifier takes.
const LARGEST_BODY: u32 = 256 << 20;

/// Returns a view of the instance's memory at an address.
fn memory(address: usize, length: usize) -> Uint8Array {
    let buffer = Reflect::get(&wasm_bindgen::memory(), &"buffer".into()).unwrap();
    let (address, length) = (address.try_into().unwrap(), length.try_into().unwrap());
    Uint8Array::new_with_byte_offset_and_length(&buffer, address, length)
}

fn told() -> [f64; 10] {
    let bytes = memory(numbers().addr(), 10 * 8);
    let (buffer, start) = (bytes.buffer(), bytes.byte_offset());
    let numbers = Float64Array::new_with_byte_offset_and_length(&buffer, start, 10);
    numbers.to_vec().try_into().unwrap()
}

fn told_bytes() -> Vec<u8> {
    let [address, length, ..] = told();
    memory(address as usize, length as usize).to_vec()
}

fn number(bytes: &[u8]) -> usize {
    u32::from_le_bytes(bytes.try_into().unwrap()) as usize
}

/// Returns the fields that the last call told.
fn told_fields() -> Vec<(u8, String)> {
    let bytes = told_bytes();
    let (count, rest) = bytes.split_at(4);
    let (entries, mut values) = rest.split_at(5 * number(count));
    let fields = entries.chunks(5).map(|entry| {
        let (value, more) = values.split_at(number(&entry[1..]));
        values = more;
        (entry[0], String::from_utf8(value.to_vec()).unwrap())
    });
    fields.collect()
}

fn value(tag: u8) -> Option<String> {
    let fields = told_fields();
    let found = fields.into_iter().find(|(its, _)| *its == tag);
    found.map(|(_, value)| value)
}

fn code() -> String {
    value(0).unwrap()
}

/// Returns the buffer, which has at least this many bytes.
fn buffer(bytes: usize) -> Uint8Array {
    let [.., place, size] = told();
    if size as usize >= bytes {
        return memory(place as usize, size as usize);
    }
    room(bytes);
    let [.., place, size] = told();
    assert!(size as usize >= bytes, "there is memory");
    memory(place as usize, size as usize)
}

fn write_at(start: usize, bytes: &[u8]) {
    let end = start + bytes.len();
    buffer(end)
        .subarray(start as u32, end as u32)
        .copy_from(bytes);
}

fn write_fields(fields: &[(u8, &str)]) -> usize {
    let number = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let mut bytes = number(fields.len()).to_vec();
    for (tag, value) in fields {
        bytes.push(*tag);
        bytes.extend(number(value.len()));
    }
    bytes.extend(fields.iter().flat_map(|(_, value)| value.bytes()));
    write_at(0, &bytes);
    bytes.len()
}

fn verifier(max_body: u32) -> usize {
    let fields = write_fields(&[(0, "whsec_new"), (0, SECRET), (1, URL)]);
    let made = prepare(fields, true, None, Some(max_body.into()));
    made.unwrap() as usize
}

fn header_names() -> Vec<String> {
    names();
    let fields = told_fields().into_iter();
    fields
        .filter(|(tag, _)| *tag == 1)
        .map(|(_, name)| name)
        .collect()
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

fn checked(verifier: usize, signed: &str, sent: &str) -> bool {
    let head = write_head(signed);
    write_at(head, sent.as_bytes());
    check(verifier, head, sent.len(), NOW)
}

/// Returns the three parts of a verdict's text.
fn parts() -> [String; 3] {
    let [_, _, request_id, event, key, ..] = told();
    let text = String::from_utf8(told_bytes()).unwrap();
    let mut rest = &text[..];
    let parts = [request_id, event, key].map(|length| {
        let (part, more) = rest.split_at(length as usize);
        rest = more;
        part.to_owned()
    });
    assert_eq!(rest, "");
    parts
}

#[wasm_bindgen_test]
fn names_are_told_with_the_version() {
    names();
    let fields = told_fields();
    assert_eq!(value(0).as_deref(), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(header_names(), docutray_webhook::HEADER_NAMES);
    let (tag, last) = fields.last().unwrap();
    assert_eq!((*tag, last.as_str()), (2, "UNKNOWN"));
}

#[wasm_bindgen_test]
fn a_valid_delivery_is_told_as_numbers_and_one_text() {
    assert!(checked(verifier(1000), BODY, BODY));
    assert_eq!(
        parts(),
        [REQUEST_ID, "CONVERSION_STARTED", "CONVERSION_STARTED:c_1"]
    );
    let [.., id, kind, timestamp, _, _] = told();
    assert_eq!((id, timestamp), (3.0, NOW));
    names();
    let events = told_fields().into_iter().filter(|(tag, _)| *tag == 2);
    let name = events.map(|(_, name)| name).nth(kind as usize);
    assert_eq!(name.as_deref(), Some("CONVERSION_STARTED"));
}

#[wasm_bindgen_test]
fn after_any_refusal_the_same_verifier_verifies() {
    let verifier = verifier(1000);
    let long = "x".repeat(1001);
    for (signed, sent, refusal, is_unfit) in [
        (BODY, "{}", "signature_mismatch", false),
        (long.as_str(), long.as_str(), "body_too_large", false),
        ("{}", "{}", "malformed_payload", true),
    ] {
        assert!(!checked(verifier, signed, sent));
        assert_eq!((code().as_str(), value(5).is_some()), (refusal, is_unfit));
        assert!(value(3).unwrap().starts_with(refusal));
        assert!(checked(verifier, BODY, BODY), "after {refusal}");
    }
    assert!(!check(verifier, write_fields(&[]), 0, NOW));
    assert_eq!(code(), "missing_header");
}

#[wasm_bindgen_test]
fn metadata_is_verified_without_the_body() {
    let verifier = verifier(1000);
    assert!(begin(verifier, write_head(BODY), 0.0, NOW));
    assert_eq!(parts(), [REQUEST_ID, "CONVERSION_STARTED", ""]);
    // The fraction of `now` is ignored.
    assert!(authorize(verifier, write_head(BODY), NOW + 300.9));
    assert!(!authorize(verifier, write_head(BODY), NOW + 301.0));
    assert_eq!(code(), "timestamp_too_old");
    assert_eq!(value(1).as_deref(), Some("x-docutray-timestamp"));
}

#[wasm_bindgen_test]
fn a_length_is_admitted_up_to_the_limit() {
    let verifier = verifier(1000);
    assert_eq!(max_body(verifier), 1000.0);
    assert!(admit_length(verifier, 1000.0));
    // Some are beyond 32 bits, where a truncated length would be 1. Infinity is the length of a body that was
    // refused before.
    for length in [1001.0, 4_294_967_297.0, f64::INFINITY] {
        assert!(!admit_length(verifier, length));
        assert_eq!(code(), "body_too_large");
        assert_eq!((value(1), value(2).as_deref()), (None, Some("413")));
        assert!(!begin(verifier, write_head(BODY), length, NOW));
        assert_eq!(code(), "body_too_large");
    }
}

#[wasm_bindgen_test]
fn there_is_room_for_a_body_that_was_admitted_and_its_head_stays() {
    let large = format!(r#"{} {BODY}"#, " ".repeat(MIB));
    let verifier = verifier(2 * MIB as u32);
    let head = write_head(&large);
    assert!(begin(verifier, head, large.len() as f64, NOW));
    let [.., size] = told();
    assert!(size as usize >= head + large.len());
    write_at(head, large.as_bytes());
    assert!(check(verifier, head, large.len(), NOW));
    let [.., size] = told();
    assert_eq!(size as usize, KEPT, "the buffer shrinks after a large body");
}

#[wasm_bindgen_test]
fn if_memory_is_used_up_the_buffer_stays_as_it_is() {
    room(1);
    let [.., place, size] = told();
    room(usize::MAX);
    let [.., same_place, same_size] = told();
    assert_eq!((place, size), (same_place, same_size));
    assert!(checked(verifier(1000), BODY, BODY));
}

#[wasm_bindgen_test]
fn lengths_beyond_the_buffer_tell_no_fields() {
    let verifier = verifier(LARGEST_BODY);
    let head = write_head(BODY);
    for body in [KEPT * 2, usize::MAX - head, usize::MAX] {
        assert!(!check(verifier, head, body, NOW));
        assert_eq!(told_fields(), []);
    }
}

#[wasm_bindgen_test]
fn all_wrong_options_are_told_by_their_javascript_names() {
    let urls = write_fields(&[(1, "example.com")]);
    assert_eq!(prepare(urls, true, Some(f64::NAN), None), None);
    let fields = told_fields().into_iter();
    let options = fields.filter(|(tag, _)| *tag == 6);
    let options: Vec<_> = options.map(|(_, name)| name).collect();
    assert_eq!(options, ["secret", "url", "tolerance"]);
    assert_eq!(code(), "invalid_config");
    assert_eq!(value(2).as_deref(), Some("500"));
    assert_eq!(value(1).as_deref(), Some("secret"));
}

#[wasm_bindgen_test]
fn secrets_are_wiped_from_the_buffer() {
    let is_wiped = |length: usize| {
        let bytes = buffer(length).to_vec();
        bytes.iter().take(length).all(|byte| *byte == 0)
    };
    let good = write_fields(&[(0, SECRET), (1, URL)]);
    assert!(prepare(good, true, None, None).is_some());
    assert!(is_wiped(good));
    let bad = write_fields(&[(0, SECRET), (1, "example.com")]);
    assert!(prepare(bad, true, None, None).is_none());
    assert!(is_wiped(bad));
}

#[wasm_bindgen_test]
fn a_released_verifier_is_gone_and_its_number_is_used_again() {
    let (one, other) = (verifier(1000), verifier(1000));
    release(one);
    assert!(!begin(one, write_head(BODY), 0.0, NOW));
    assert_eq!(told_fields(), []);
    assert!(checked(other, BODY, BODY));
    assert_eq!(verifier(1000), one);
    assert!(checked(one, BODY, BODY));
}

#[wasm_bindgen_test]
fn an_answer_is_told_as_fields_and_no_outcome_as_none() {
    answer(write_fields(&[(0, "busy")]), Some(0.5));
    let told = told_fields();
    assert_eq!(told[0], (0, "busy".to_owned()));
    assert_eq!(value(2).as_deref(), Some("503"));
    let retry_after = told.iter().position(|(_, name)| name == "retry-after");
    assert_eq!(told[retry_after.unwrap() + 1], (5, "1".to_owned()));
    answer(write_fields(&[(0, "busy")]), None);
    assert_eq!(told_fields(), []);
}

#[wasm_bindgen_test]
fn a_request_that_cannot_be_a_delivery_is_told_by_its_outcome() {
    admit(write_fields(&[(0, "POST"), (1, "application/json")]));
    assert_eq!(told_fields(), []);
    admit(write_fields(&[(0, "GET"), (1, "application/json")]));
    assert_eq!(code(), "method_not_allowed");
    admit(write_fields(&[(0, "POST")]));
    assert_eq!(code(), "unsupported_media_type");
    admit(write_fields(&[
        (0, "POST"),
        (1, "application/json"),
        (2, "gzip"),
    ]));
    assert_eq!(code(), "unsupported_content_encoding");
}
