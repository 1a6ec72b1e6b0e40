//! Promise: a small stack suffices for every body, however deeply nested. A host may give a call a small stack, and an
//! overflow ends the process.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::thread;

use docutray_webhook::{Error, PayloadFault, Verifier, signing::Signer};

/// The stack of the modules for JavaScript and WASI.
const STACK: usize = 64 << 10;
const NOW: u64 = 1_705_314_600;
const URL: &str = "https://example.com/hooks";
const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// Checks a body and also reads it as an event.
fn verdict(event: &'static str, body: String) -> Result<(), Error> {
    let call = move || {
        let verifier = Verifier::builder().secret("s").url(URL).build()?;
        let signer = Signer::new("s");
        let headers = signer.headers(REQUEST_ID, NOW, URL, event, body.as_bytes());
        let checked = verifier.check(headers.clone(), body.as_bytes(), NOW);
        let read = verifier.verify(headers, body.as_bytes(), NOW).map(drop);
        assert_eq!(checked.map(drop), read);
        read
    };
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn(call).unwrap().join().unwrap()
}

/// Returns a `STEP_COMPLETED`, which has fields of every shape, with this many levels. Its own object is the first.
fn completed(levels: usize, open: &str, close: &str) -> String {
    let (opened, closed) = (open.repeat(levels - 2), close.repeat(levels - 2));
    format!(
        r#"{{"step_execution_id":"e","status":"completed","request_timestamp":"","response_timestamp":"",
            "step_id":"","step_name":"","data":{{"a":{opened}0{closed}}},
            "identification":{{"document_type":"","confidence":1e-7}},
            "validation":{{"errors":{{"count":1,"messages":["m"]}},"warnings":{{"count":0,"messages":[]}}}}}}"#
    )
}

#[test]
fn the_deepest_allowed_payload_passes_on_a_small_stack() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deepest = completed(128, open, close);
        assert_eq!(verdict("STEP_COMPLETED", deepest), Ok(()));
        let deeper = completed(129, open, close);
        assert!(is_too_deep(&verdict("STEP_COMPLETED", deeper)));
    }
}

#[test]
fn a_body_of_only_brackets_is_refused_on_a_small_stack() {
    const LIMIT: usize = 16 << 20;
    for open in ["[", r#"{"":"#, r#"[{"a":"#] {
        let body = open.repeat(LIMIT / open.len());
        for body in [format!(r#"{{"a":{}"#, &body[..LIMIT - 8]), body] {
            assert!(is_too_deep(&verdict("CONVERSION_ARCHIVED", body)));
        }
    }
}

fn is_too_deep(verdict: &Result<(), Error>) -> bool {
    let Err(Error::MalformedPayload { path, fault, .. }) = verdict else {
        return false;
    };
    path.is_none() && *fault == PayloadFault::TooDeep
}
