use super::*;
use crate::{error::Code, signing::Signer};
use alloc::string::ToString as _;

const NOW: u64 = 1_705_314_600;
const URL: &str = "https://example.com/hooks";

fn settled(event: &str, signed: &[u8], sent: &[u8]) -> Result<Event, Rejection> {
    let verifier = Verifier::builder().secret("s").url(URL).build().unwrap();
    let id = "550e8400-e29b-41d4-a716-446655440000";
    let headers = Signer::new("s").headers(id, NOW, URL, event, signed);
    let mut check = verifier.begin(headers.clone(), NOW).unwrap();
    check.update(sent).unwrap();
    let settled = check.settle();
    assert_eq!(
        verifier.settle(headers.clone(), sent.to_vec(), NOW),
        settled
    );
    let is_unfit = matches!(settled, Err(Rejection::Unfit(_)));
    match verifier.check(headers, sent, NOW) {
        Ok(checked) => {
            let event = settled.as_ref().unwrap();
            assert_eq!(checked.delivery(), event.delivery());
            assert_eq!(checked.kind(), event.kind());
            assert_eq!(checked.id(), event.id());
            assert_eq!(checked.key(), event.key());
        }
        Err(error) => assert_eq!(error.is_authentic(), is_unfit),
    }
    settled
}

#[test]
fn the_limit_can_be_asked_for_before_the_body_arrives() {
    let builder = Verifier::builder().secret("s").url(URL);
    let verifier = builder.max_body(1_000).build().unwrap();
    assert_eq!(verifier.max_body(), 1_000);
    assert_eq!(verifier.admit(0), Ok(()));
    assert_eq!(verifier.admit(1_000), Ok(()));
    let too_large = Err(Error::BodyTooLarge { max_body: 1_000 });
    assert_eq!(verifier.admit(1_001), too_large);
    assert_eq!(verifier.admit(u64::MAX), too_large);
}

#[test]
fn what_looks_wrong_with_a_secret_can_be_logged() {
    let hints = |secret| {
        let verifier = Verifier::builder().secret(secret).url(URL).build().unwrap();
        verifier.secret_hints().count()
    };
    assert_eq!(hints("s"), 0);
    assert_eq!(hints("s\n"), 1);
}

#[test]
fn an_authentic_delivery_that_does_not_fit_is_returned_whole() {
    let bodies: [(&[u8], Code); 4] = [
        (b"\xff{}", Code::MalformedPayload),
        (b"[1, 2]", Code::MalformedPayload),
        (b"{\"conversion_id\":1}", Code::MalformedPayload),
        (
            b"{\"conversion_id\":\"c\",\"status\":\"ERROR\"}",
            Code::EventMismatch,
        ),
    ];
    for (body, code) in bodies {
        let Err(Rejection::Unfit(unfit)) = settled("CONVERSION_STARTED", body, body) else {
            panic!("{code} was expected");
        };
        assert_eq!(unfit.error.code(), code);
        let rejection = Rejection::from(unfit.clone());
        assert_eq!(rejection.to_string(), unfit.error.to_string());
        assert_eq!(Error::from(rejection), unfit.error);
        assert_eq!(unfit.body, body);
        assert_eq!(unfit.delivery.event(), "CONVERSION_STARTED");
    }
}

#[test]
fn the_body_of_a_forged_delivery_is_not_returned() {
    let refused = settled("CONVERSION_STARTED", b"[1]", b"[2]");
    let Err(Rejection::Refused(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(error.code(), Code::SignatureMismatch);
    let rejection = Rejection::from(error.clone());
    assert_eq!(rejection.to_string(), error.to_string());
    assert_eq!(Error::from(rejection), error);
}

#[test]
fn a_fitting_payload_is_returned_as_an_event() {
    let event = settled("BATCH_ARCHIVED", b"{}", b"{}").unwrap();
    assert_eq!(event.raw(), "{}");
    assert_eq!(event.id(), None);
    let body = br#"{"conversion_id":"c_1","status":"PROCESSING","request_timestamp":"t","document_type_code":"d"}"#;
    let event = settled("CONVERSION_STARTED", body, body).unwrap();
    assert_eq!(event.id(), Some("c_1"));
}
