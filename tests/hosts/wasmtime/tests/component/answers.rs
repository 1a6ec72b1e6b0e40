//! The interface `answers` is the crate's table: the same response for every outcome.

use docutray_webhook::{Code, answer, answer::Outcome as Core};
use docutray_webhook_wasmtime_driver::{
    answers::{Outcome, Response},
    wit,
};

use crate::delivery::{BODY, NOW, config, headers, verifier};

fn outcomes() -> [(Outcome, Core<'static>); 18] {
    [
        (Outcome::Processed, Core::Processed),
        (Outcome::Duplicate, Core::Duplicate),
        (Outcome::Acknowledged, Core::Acknowledged),
        (
            Outcome::Kept(wit::ErrorCode::EventMismatch),
            Core::Kept(Code::EventMismatch),
        ),
        (Outcome::MethodNotAllowed, Core::MethodNotAllowed),
        (Outcome::UnsupportedMediaType, Core::UnsupportedMediaType),
        (
            Outcome::UnsupportedContentEncoding,
            Core::UnsupportedContentEncoding,
        ),
        (Outcome::IncompleteBody, Core::IncompleteBody),
        (Outcome::BodyTimeout, Core::BodyTimeout),
        (Outcome::RawBodyGone, Core::RawBodyGone),
        (Outcome::Busy(7), Core::Busy { retry_after: 7 }),
        (Outcome::LeaseLost(8), Core::LeaseLost { retry_after: 8 }),
        (Outcome::Late(9), Core::Late { retry_after: 9 }),
        (Outcome::Overloaded, Core::Overloaded),
        (Outcome::StoreUnavailable, Core::StoreUnavailable),
        (Outcome::VerifierUnavailable, Core::VerifierUnavailable),
        (Outcome::HandlerFailed, Core::HandlerFailed),
        (Outcome::NoAnswer, Core::NoAnswer),
    ]
}

fn assert_same(told: &Response, outcome: &Core<'_>) {
    let answer = outcome.answer();
    assert_eq!((told.status, &told.body), (answer.status, &answer.body));
    let headers = answer.headers.into_iter();
    let headers: Vec<(String, String)> = headers
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(told.headers, headers);
    assert_eq!(told.verdict, outcome.verdict());
    assert_eq!(told.code.as_deref(), outcome.code());
}

#[test]
fn every_outcome_is_answered_as_the_crate_answers_it() {
    let (mut instance, _) = verifier();
    for (outcome, core) in outcomes() {
        assert_same(&instance.answer(&outcome).unwrap(), &core);
    }
}

#[test]
fn only_a_post_of_json_is_admitted() {
    let (mut instance, _) = verifier();
    let typed = |value: &str| ("content-type".to_owned(), value.as_bytes().to_vec());
    let coded = |value: &str| ("Content-Encoding".to_owned(), value.as_bytes().to_vec());
    let json = || typed("application/json");
    for (method, headers) in [
        ("POST", vec![typed("application/json; charset=utf-8")]),
        ("POST", vec![json(), coded("identity")]),
        ("POST", vec![json(), coded("gzip")]),
        ("POST", vec![json(), json()]),
        ("POST", vec![typed("text/plain")]),
        ("POST", vec![coded("gzip")]),
        ("post", vec![json()]),
        ("GET", vec![]),
    ] {
        let told = instance.admit(method, &headers).unwrap();
        match answer::admit(method, headers.clone()) {
            Ok(()) => assert!(told.is_ok(), "{method} {headers:?}"),
            Err(outcome) => assert_same(&told.unwrap_err(), &outcome),
        }
    }
}

/// The hint about white space in a secret is for whoever can mend it.
#[test]
fn a_sender_is_told_what_was_found_and_the_operator_what_to_do() {
    let (mut instance, _) = verifier();
    let spaced = wit::Config {
        secrets: vec!["whsec_of_another\n".to_owned()],
        ..config()
    };
    let verifier = instance.verifier(&spaced).unwrap().unwrap();
    let refused = instance.verify(verifier, &headers(BODY), BODY, NOW);
    let error = refused.unwrap().unwrap_err();
    assert_eq!(error.code_name, "auth_signature_mismatch");
    assert!(error.message.starts_with("auth_signature_mismatch: "));
    assert!(error.message.contains("white space"), "{}", error.message);
    assert!(!error.finding.contains("white space"), "{}", error.finding);
    let told = instance.answer(&Outcome::Refused(error.clone())).unwrap();
    assert!(told.body.contains(&error.finding), "{}", told.body);
    assert!(!told.body.contains("white space"), "{}", told.body);
    assert_eq!(told.status, error.status);
    assert_eq!(told.code, Some(error.code_name));
}

#[test]
fn a_configuration_that_cannot_work_is_the_operator_s_to_know() {
    let (mut instance, _) = verifier();
    let wrong = wit::Config {
        secrets: vec![],
        tolerance: Some(0),
        ..config()
    };
    let error = instance.verifier(&wrong).unwrap().unwrap_err();
    assert_eq!(error.field.as_deref(), Some("secrets"));
    assert!(error.message.contains("tolerance"), "{}", error.message);
    let told = instance.answer(&Outcome::Refused(error)).unwrap();
    assert_eq!(told.status, 500);
    assert!(!told.body.contains("secret"), "{}", told.body);
    assert!(!told.body.contains("tolerance"), "{}", told.body);
}
