use alloc::format;

use super::*;

#[test]
fn answers_to_a_genuine_delivery() {
    use State::{Failed, Passed, Warning};
    let late = answer(204, "", 5000.);
    for (answer, expected) in [
        (answer(200, "", 4999.), (Passed, None)),
        (answer(299, "", 1.), (Passed, None)),
        (late, (Warning, Some("slow_answer"))),
        (answer(308, "", 1.), (Failed, Some("redirects"))),
        (answer(401, "", 1.), (Failed, Some("refuses_genuine"))),
        (answer(429, "", 1.), (Failed, Some("limits_rate"))),
        (answer(500, "", 1.), (Failed, Some("fails_on_genuine"))),
        (failure("reset"), (Failed, Some("closes_connection"))),
        (failure("timeout"), (Failed, Some("no_answer_in_time"))),
        (failure("refused"), (Failed, Some("unreachable"))),
    ] {
        assert_eq!(
            found("genuine", core::slice::from_ref(&answer)),
            expected,
            "{answer:?}"
        );
    }
    assert_eq!(found("genuine", &[]), (State::Skipped, None));
}

#[test]
fn answers_to_a_forgery() {
    use State::{Failed, Passed, Unseen, Warning};
    for (answer, expected) in [
        (answer(401, "", 1.), (Passed, None)),
        (answer(200, "", 1.), (Failed, Some("accepts_stale"))),
        (answer(302, "", 1.), (Warning, Some("redirects_forgery"))),
        (answer(429, "", 1.), (Unseen, Some("limits_rate"))),
        (answer(500, "", 1.), (Failed, Some("fails_on_forgery"))),
        (failure("reset"), (Warning, Some("closes_on_forgery"))),
        (failure("timeout"), (Failed, Some("hangs_on_forgery"))),
    ] {
        assert_eq!(
            found("stale", core::slice::from_ref(&answer)),
            expected,
            "{answer:?}"
        );
    }
}

#[test]
fn the_finding_names_the_requests_that_were_accepted() {
    let (yes, no) = (answer(200, "", 1.), answer(401, "", 1.));
    let diagnosis = judged("changed-metadata", &[no.clone(), yes, no]);
    assert_eq!(
        diagnosis.why,
        "It answered 200 as if all were right. Seen with: replayed with another request id."
    );
}

#[test]
fn nothing_that_the_endpoint_writes_is_in_a_finding() {
    let evil = "\u{1b}[31mevil";
    let body = format!(r#"{{"code":"{evil}","detail":"{evil}","verdict":"{evil}"}}"#);
    for Outline { name, .. } in probes() {
        for status in [200, 400, 500] {
            let diagnosis = judged(name, &each(name, &answer(status, &body, 1.)));
            assert!(
                !serde_json::to_string(&diagnosis).unwrap().contains("evil"),
                "{name}"
            );
        }
    }
    let own = judged(
        "genuine",
        &[answer(401, r#"{"code":"signature_mismatch"}"#, 1.)],
    );
    assert!(own.why.contains("401 (signature_mismatch)"), "{}", own.why);
}

#[test]
fn an_answer_that_discloses_a_mac_or_the_secret_fails() {
    let forgery = sent("wrong-auth-signature").remove(0);
    let signer = docutray_webhook::signing::Signer::new(SECRET);
    let id = forgery.header("X-Docutray-Request-Id").unwrap();
    let expected = signer.auth_signature(id, NOW, URL, "CONVERSION_COMPLETED");
    let told = answer(401, &format!("expected {expected}"), 1.);
    assert_eq!(
        found("wrong-auth-signature", &[told]).1,
        Some("discloses_mac")
    );
    let secret = answer(401, &format!("signed with {SECRET}"), 1.);
    assert_eq!(
        found("wrong-auth-signature", &[secret]).1,
        Some("discloses_secret")
    );
    // The body's signature is right, and the sender knows it.
    let echo = answer(401, forgery.header("X-Docutray-Signature").unwrap(), 1.);
    assert_eq!(found("wrong-auth-signature", &[echo]).1, None);
}

#[test]
fn what_is_odd_for_http_may_end_the_connection() {
    for probe in ["cut-body", "size-limit"] {
        assert_eq!(found(probe, &[failure("reset")]).0, State::Passed);
        assert_eq!(found(probe, &[answer(413, "", 1.)]).0, State::Passed);
    }
    assert_eq!(
        found("cut-body", &[answer(200, "", 1.)]),
        (State::Failed, Some("accepts_cut_body"))
    );
    assert_eq!(
        found("size-limit", &[answer(200, "", 1.)]),
        (State::Warning, Some("no_size_limit"))
    );
}

#[test]
fn an_unfit_delivery_may_be_kept_and_a_forgery_may_not() {
    let kept = answer(200, r#"{"verdict":"kept","code":"event_mismatch"}"#, 1.);
    for probe in ["spliced", "no-object", "auth-string-as-body"] {
        assert_eq!(found(probe, &each(probe, &kept)), (State::Passed, None));
    }
    let state = found("stale", core::slice::from_ref(&kept)).0;
    assert_eq!(state, State::Failed);
}
