//! Promise: the feature `serde` writes an event with the wire format's names, and free-form JSON as received.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use docutray_webhook::{Code, Event, EventKind, Verifier, signing::Signer};
use serde_json::json;

const NOW: u64 = 1_705_314_600;
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";

fn event(name: &str, body: &str) -> Event {
    let verifier = Verifier::builder().secret("s").body_only().build().unwrap();
    let headers = Signer::new("s").headers(REQUEST_ID, NOW, "", name, body.as_bytes());
    verifier.verify(headers, body.as_bytes(), NOW).unwrap()
}

#[test]
fn an_event_is_written_whole_with_free_form_json_as_received() {
    let body = r#"{ "conversion_id": "c", "status": "SUCCESS", "request_timestamp": "t", "response_timestamp": "u",
        "original_filename": null, "document_type_code": "invoice",
        "data": {"total" : 1.50e+01, "big": 12345678901234567890123, "half": "\ud83d", "half": 0}, "new": [ 1 ] }"#;
    let written = serde_json::to_string(&event("CONVERSION_COMPLETED", body)).unwrap();
    assert_eq!(
        written,
        r#"{"type":"CONVERSION_COMPLETED","name":"CONVERSION_COMPLETED","delivery":{"request_id":"550e8400-e29b-41d4-a716-446655440000","timestamp":1705314600,"event":"CONVERSION_COMPLETED","metadata_authenticated":false},"id":"c","key":"CONVERSION_COMPLETED:c","payload":{"conversion_id":"c","status":"SUCCESS","request_timestamp":"t","response_timestamp":"u","document_type_code":"invoice","data":{"total" : 1.50e+01, "big": 12345678901234567890123, "half": "\ud83d", "half": 0},"unknown_fields":{"new":[ 1 ]}}}"#
    );
}

#[test]
fn nested_records_are_written_with_the_wire_s_names() {
    let body = r#"{"step_execution_id": "e", "status": "completed", "request_timestamp": "t", "response_timestamp": "u",
        "step_id": "s", "step_name": "n", "data": {}, "identification": {"document_type": "d", "confidence": 0.5},
        "validation": {"errors": {"count": 1, "messages": ["m"]}, "warnings": {"count": 0, "messages": []}}}"#;
    let written = serde_json::to_value(event("STEP_COMPLETED", body).payload()).unwrap();
    let mut expected: serde_json::Value = serde_json::from_str(body).unwrap();
    let members = expected.as_object_mut().unwrap();
    members.insert("unknown_fields".to_owned(), json!({}));
    assert_eq!(written, expected);
}

#[test]
fn a_step_s_document_type_is_written_in_the_received_form() {
    let described = json!({"code": "invoice", "name": "Factura", "confidence": 0.5});
    let mut with_unknown = described.clone();
    with_unknown["extra"] = json!(1);
    for (found, expected) in [
        (json!("invoice"), json!("invoice")),
        (described.clone(), described.clone()),
        (with_unknown, described),
    ] {
        let identification = json!({"document_type": found, "confidence": 0.5});
        let body = json!({
            "step_execution_id": "e", "status": "completed", "request_timestamp": "t", "response_timestamp": "u",
            "step_id": "s", "step_name": "n", "data": {}, "identification": identification,
        });
        let event = event("STEP_COMPLETED", &body.to_string());
        let written = serde_json::to_value(event.payload()).unwrap();
        assert_eq!(written["identification"]["document_type"], expected);
        assert_eq!(written["identification"]["confidence"], json!(0.5));
    }
}

#[test]
fn an_unknown_event_has_no_id_and_its_payload_is_the_body() {
    let written = serde_json::to_value(event("CONVERSION_ARCHIVED", r#" {"a":1} "#)).unwrap();
    assert_eq!(written["type"], "UNKNOWN");
    assert_eq!(written["name"], "CONVERSION_ARCHIVED");
    assert_eq!(written.get("id"), None);
    assert_eq!(written["payload"], json!({"a": 1}));
}

#[test]
fn kinds_and_codes_are_written_with_the_wire_s_names() {
    let kinds = serde_json::to_value(EventKind::KNOWN).unwrap();
    let names: Vec<_> = EventKind::KNOWN.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(kinds, json!(names));
    let codes = serde_json::to_value(Code::ALL).unwrap();
    let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, json!(names));
}
