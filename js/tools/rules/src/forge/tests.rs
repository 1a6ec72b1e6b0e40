use core::time::Duration;

use docutray_webhook::{Code, Error, Verifier, answer};

use super::*;
use crate::samples::SAMPLES;

const NOW: u64 = 1_705_314_600;
const URL: &str = "https://example.com/hooks";

fn genuine(name: &str) -> Unsigned {
    let sample = sample(&SampleRequest::new(name, NOW)).unwrap();
    Unsigned {
        secret: "whsec_test".into(),
        url: URL.into(),
        event: sample.event.into(),
        body: sample.body,
        now: NOW,
        request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
    }
}

/// The verdict of the most patient receiver.
fn verdict(DeliveryBytes { headers, body }: &DeliveryBytes) -> Result<(), Error> {
    let builder = Verifier::builder().secret("whsec_test").url(URL);
    let builder = builder.tolerance(Duration::from_secs(86_400));
    let headers = headers.iter().map(|(name, value)| (name, value));
    let verdict = builder.build().unwrap().verify(headers, &body.0, NOW);
    verdict.map(drop)
}

#[test]
fn the_core_refuses_each_forgery_of_each_event_with_its_code_and_field() {
    for sample in SAMPLES {
        let genuine = genuine(sample.name);
        assert_eq!(verdict(&sign(&genuine)), Ok(()), "{}", sample.name);
        for forgery in Forgery::ALL {
            let what = format!("{} of {}", forgery.name(), sample.name);
            let Ok(Forged { delivery, about }) = forgery.forge(&genuine) else {
                assert_eq!(sample.name, "unknown-event", "{what}");
                continue;
            };
            let Some(code) = forgery.code() else {
                assert_eq!(verdict(&delivery), Ok(()), "{what}");
                continue;
            };
            let error = verdict(&delivery).expect_err(&what);
            assert_eq!(error.code(), code, "{what}");
            assert_eq!(about.code, code.as_str(), "{what}");
            if about.field.is_some() {
                assert_eq!(error.field(), about.field, "{what}");
            }
        }
    }
}

#[test]
fn a_forgery_that_the_core_does_not_see_is_refused_by_its_http_headers() {
    for forgery in [Forgery::ContentType, Forgery::ContentEncoding] {
        let Forged { delivery, about } = forgery.forge(&genuine("STEP_FAILED")).unwrap();
        let headers = delivery.headers.iter().map(|(name, value)| (name, value));
        let outcome = answer::admit("POST", headers).unwrap_err();
        assert_eq!(outcome.code(), Some(about.code));
        assert_eq!(outcome.status(), about.status);
    }
}

#[test]
fn each_code_of_a_delivery_has_a_forgery() {
    let without = [Code::BodyTooLarge, Code::InvalidConfig];
    for code in Code::ALL.iter().filter(|code| !without.contains(code)) {
        let mut all = Forgery::ALL.iter();
        assert!(all.any(|forgery| forgery.code() == Some(*code)), "{code}");
    }
}

#[test]
fn a_name_finds_its_forgery_and_another_is_a_fault_with_the_names() {
    for forgery in Forgery::ALL {
        assert_eq!(Forgery::named(forgery.name()), Ok(*forgery));
    }
    let fault = Forgery::named("bodi").unwrap_err();
    assert_eq!((fault.code, fault.field), ("unknown_forgery", Some("name")));
    assert!(fault.message.contains("body, signature, "), "{fault}");
}
