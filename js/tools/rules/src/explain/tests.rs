use alloc::vec;

use docutray_webhook::{Code, Verifier, signing::Signer};

use super::*;
use crate::{
    forge::Forgery,
    samples::{SampleRequest, sample},
    sign::{Unsigned, sign},
    wire::DeliveryBytes,
};

pub(super) const NOW: u64 = 1_705_314_600;
pub(super) const URL: &str = "https://example.com/hooks";
pub(super) const SECRET: &str = "whsec_9f8e7d6c5b4a";
/// Its spaces and line ends, escapes and digits are what other programs write differently.
pub(super) const BODY: &str = r#"{"archive":"ñ/é","amount":1250.00,"lines":[{"a":1},[],{}]}"#;

pub(super) fn unsigned() -> Unsigned {
    Unsigned {
        secret: SECRET.into(),
        url: URL.into(),
        event: "DOCUMENT_ARCHIVED".into(),
        body: BODY.into(),
        now: NOW,
        request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
    }
}

pub(super) fn request(DeliveryBytes { headers, body }: DeliveryBytes) -> ExplainRequest {
    ExplainRequest {
        headers,
        body,
        secrets: vec![SECRET.into()],
        url: Some(URL.into()),
        target: None,
        now: NOW,
        tolerance: None,
        max_body: None,
    }
}

/// Explains it, and checks what holds for every explanation.
pub(super) fn explained(request: &ExplainRequest) -> Explanation {
    let explanation = explain(request).unwrap();
    let json = serde_json::to_string(&explanation).unwrap();
    let signer = Signer::new(SECRET);
    let macs = [&*request.body.0, BODY.as_bytes()].map(|body| signer.body_signature(body));
    for secret in macs.iter().map(|mac| &mac[7..]).chain(["9f8e7d6c5b4a"]) {
        assert!(!json.contains(secret), "{json}");
    }
    explanation
}

fn states(explanation: &Explanation) -> Vec<State> {
    explanation.steps.iter().map(|step| step.state).collect()
}

#[test]
fn a_verified_delivery_passes_every_step() {
    let explanation = explained(&request(sign(&unsigned())));
    assert_eq!(explanation.verdict, Verdict::Verified);
    assert_eq!(states(&explanation), [State::Passed; 6]);
    assert_eq!(explanation.event.as_deref(), Some("DOCUMENT_ARCHIVED"));
    assert!(explanation.key.unwrap().starts_with("DOCUMENT_ARCHIVED:"));
    assert_eq!((explanation.error, explanation.mistake), (None, None));
}

#[test]
fn without_a_url_the_metadata_is_skipped() {
    let request = ExplainRequest {
        url: None,
        ..request(sign(&unsigned()))
    };
    let explanation = explained(&request);
    assert_eq!(explanation.steps[1].state, State::Skipped);
    assert_eq!(explanation.verdict, Verdict::Verified);
}

#[test]
fn the_secret_that_signed_is_told_by_its_number() {
    let request = ExplainRequest {
        secrets: vec!["new".into(), SECRET.into()],
        ..request(sign(&unsigned()))
    };
    let finding = &explained(&request).steps[1].finding;
    assert!(finding.ends_with("secret 2 of 2."), "{finding}");
}

#[test]
fn each_forgery_fails_at_the_step_of_its_code() {
    let sample = sample(&SampleRequest::new("STEP_COMPLETED", NOW)).unwrap();
    let genuine = Unsigned {
        event: sample.event.into(),
        body: sample.body,
        ..unsigned()
    };
    for forgery in Forgery::ALL {
        let forged = forgery.forge(&genuine).unwrap();
        let explanation = explained(&request(forged.delivery));
        let Some(code) = forgery.code() else {
            assert_eq!(explanation.verdict, Verdict::Verified);
            continue;
        };
        let failed = match code {
            Code::MissingHeader | Code::DuplicateHeader | Code::MalformedHeader => 0,
            Code::AuthSignatureMismatch => 1,
            Code::TimestampTooOld | Code::TimestampTooNew => 2,
            Code::SignatureMismatch => 3,
            Code::MalformedPayload if *forgery != Forgery::Fields => 4,
            _ => 5,
        };
        for (place, state) in states(&explanation).into_iter().enumerate() {
            let expected = match place {
                place if place < failed => State::Passed,
                place if place == failed => State::Failed,
                _ => State::NotReached,
            };
            assert_eq!(state, expected, "{} at {place}", forgery.name());
        }
        let is_unfit = explanation.verdict == Verdict::Unfit;
        assert_eq!(is_unfit, failed > 3, "{}", forgery.name());
        assert_eq!(explanation.error.unwrap().code, code.as_str());
        let is_unreadable = [Forgery::Doubled, Forgery::TimestampText].contains(forgery);
        assert_eq!(explanation.event.is_none(), is_unreadable);
        // A forgery is no mistake.
        assert_eq!(explanation.mistake, None, "{}", forgery.name());
    }
}

#[test]
fn a_wrong_configuration_is_a_fault_of_its_field() {
    let good = request(sign(&unsigned()));
    let wrong = [
        (
            ExplainRequest {
                secrets: vec![],
                ..good.clone()
            },
            "secrets",
        ),
        (
            ExplainRequest {
                url: Some("/hooks".into()),
                ..good.clone()
            },
            "url",
        ),
        (
            ExplainRequest {
                tolerance: Some(0),
                ..good.clone()
            },
            "tolerance",
        ),
        (
            ExplainRequest {
                max_body: Some(u64::MAX),
                ..good
            },
            "maxBody",
        ),
    ];
    for (request, field) in wrong {
        let fault = explain(&request).unwrap_err();
        assert_eq!((fault.code, fault.field), ("invalid_config", Some(field)));
    }
    assert!(Verifier::builder().secret(SECRET).url(URL).build().is_ok());
}
