//! `settle`: what is authentic is not lost, and what is not authentic does not come back.

use docutray_webhook_wasmtime_driver::{Instance, wit};
use wasmtime::component::ResourceAny;

use crate::delivery::{BODY, NOW, headers, verifier};

/// What both ways to settle a delivery give, which is the same.
#[expect(clippy::result_large_err, reason = "the type is the interface's")]
fn settled(
    instance: &mut Instance,
    verifier: ResourceAny,
    headers: &[wit::Header],
    body: &[u8],
) -> Result<wit::Event, wit::Rejection> {
    let settled = instance.settle(verifier, headers, body, NOW).unwrap();
    let check = instance.begin(verifier, headers, NOW).unwrap().unwrap();
    for chunk in body.chunks(3) {
        instance.update(check, chunk).unwrap().unwrap();
    }
    let streamed = instance.settle_stream(check).unwrap();
    assert_eq!(format!("{settled:?}"), format!("{streamed:?}"));
    settled
}

#[test]
fn an_authentic_body_that_does_not_fit_comes_back() {
    let (mut instance, verifier) = verifier();
    for (body, code) in [
        (&b"\xff\x00{"[..], wit::ErrorCode::MalformedPayload),
        (b"[1]", wit::ErrorCode::MalformedPayload),
        (
            br#"{"step_execution_id":"s","status":"completed"}"#,
            wit::ErrorCode::EventMismatch,
        ),
    ] {
        let rejection = settled(&mut instance, verifier, &headers(body), body).unwrap_err();
        assert_eq!(rejection.error.code, code);
        let unfit = rejection.unfit.expect("an authentic body");
        assert_eq!(unfit.body, body);
        assert_eq!(unfit.delivery.event, "STEP_STARTED");
        assert!(unfit.delivery.metadata_authenticated);
    }
}

#[test]
fn a_body_that_is_not_authentic_does_not_come_back() {
    let (mut instance, verifier) = verifier();
    let rejection = settled(&mut instance, verifier, &headers(BODY), b"[1]").unwrap_err();
    assert_eq!(rejection.error.code, wit::ErrorCode::SignatureMismatch);
    assert!(rejection.unfit.is_none());
    let refused = instance.settle(verifier, &[], BODY, NOW).unwrap();
    let rejection = refused.unwrap_err();
    assert_eq!(rejection.error.code, wit::ErrorCode::MissingHeader);
    assert!(rejection.unfit.is_none());
}

#[test]
fn what_fits_is_the_event() {
    let (mut instance, verifier) = verifier();
    let event = settled(&mut instance, verifier, &headers(BODY), BODY).unwrap();
    assert_eq!(event.kind_name, "STEP_STARTED");
    assert_eq!(event.key, "STEP_STARTED:s-1");
}
