use alloc::{format, vec, vec::Vec};

use docutray_webhook::{Delivery, Verifier};

use super::*;
use crate::wire::Bytes;

const SECRET: &str = "whsec_9f8e7d6c5b4a";
const URL: &str = "https://example.com/hooks/docutray";
const NOW: u64 = 1_705_314_600;

fn endpoint() -> Endpoint {
    Endpoint {
        secret: SECRET.into(),
        url: URL.into(),
        run: "1a2b3c4d".into(),
        now: NOW,
    }
}

fn answer(status: u16, body: &str, milliseconds: f64) -> Answered {
    Answered::Status {
        status,
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: Bytes(body.into()),
        milliseconds,
    }
}

fn failure(failure: &str) -> Answered {
    Answered::Failure {
        failure: failure.into(),
        milliseconds: 1.,
    }
}

/// The answer that the core's verdict gives.
fn answer_of_core(request: &Request) -> Answered {
    let whole = [request.body.0.as_slice(), &vec![b' '; request.padding]].concat();
    let body = match request.pace {
        Pace::Cut { after } => whole.get(..after).unwrap_or_default(),
        _ => &whole,
    };
    let header = |wanted: &str| {
        let mut fields = request.headers.iter();
        fields
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    if docutray_webhook::answer::admit(request.method, header("Content-Type"), None).is_err() {
        return answer(415, "", 1.);
    }
    let verifier = Verifier::builder().secret(SECRET).url(URL).build().unwrap();
    let headers = request.headers.iter().map(|(name, value)| (name, value));
    match verifier.verify(headers, body, NOW) {
        Ok(event) => answer(200, &format!(r#"{{"key":"{}"}}"#, event.key()), 1.),
        Err(error) => answer(
            error.status(),
            &format!(r#"{{"code":"{}"}}"#, error.code()),
            1.,
        ),
    }
}

fn judged(probe: &str, answers: &[Answered]) -> Finding {
    judge(probe, &endpoint(), answers).unwrap()
}

/// The state and the code of a probe's finding.
fn found(probe: &str, answers: &[Answered]) -> (State, Option<&'static str>) {
    let finding = judged(probe, answers);
    (finding.state, finding.code)
}

/// The answers, all alike, to a probe's requests.
fn each(probe: &str, answer: &Answered) -> Vec<Answered> {
    requests(probe, &endpoint())
        .unwrap()
        .iter()
        .map(|_| answer.clone())
        .collect()
}

#[test]
fn the_core_passes_every_probe() {
    for Outline { name, .. } in probes() {
        let requests = requests(name, &endpoint()).unwrap();
        let answers: Vec<_> = requests.iter().map(answer_of_core).collect();
        let expected = match name {
            "repeated" | "together" => (State::Unseen, Some("processes_once_unseen")),
            "constant-time" => (State::Unseen, Some("constant_time")),
            _ => (State::Passed, None),
        };
        assert_eq!(found(name, &answers), expected, "{name}: {answers:?}");
    }
}

#[test]
fn a_receiver_that_accepts_all_fails_every_forgery() {
    let yes = answer(200, "", 1.);
    for Outline { name, group, .. } in probes() {
        if group != "Forgeries" {
            continue;
        }
        let (state, code) = found(name, &each(name, &yes));
        assert_eq!(state, State::Failed, "{name}");
        assert!(code.unwrap().starts_with("accepts_"), "{name}");
    }
}

#[test]
fn codes_are_of_one_probe_alone() {
    let (yes, no) = (answer(200, "", 1.), answer(400, "", 1.));
    let mut codes = Vec::new();
    for Outline { name, .. } in probes() {
        for answer in [&yes, &no] {
            let (state, code) = found(name, &each(name, answer));
            if state != State::Passed && !["repeated", "together"].contains(&name) {
                let code = code.unwrap();
                if code != "constant_time" {
                    assert!(!codes.contains(&code), "{code}");
                    codes.push(code);
                }
            }
        }
    }
    assert!(codes.len() > 20);
}

#[test]
fn ids_are_the_runs_own_and_can_be_recognised() {
    let mut ids = Vec::new();
    for Outline { name, .. } in probes() {
        for request in requests(name, &endpoint()).unwrap() {
            let body = String::from_utf8_lossy(&request.body.0).into_owned();
            if let Some(place) = body.find("_id\":\"") {
                assert!(
                    body.split_at(place)
                        .1
                        .starts_with("_id\":\"doctor_1a2b3c4d_")
                        || name == "no-object",
                    "{body}"
                );
            }
            ids.extend(
                request
                    .headers
                    .into_iter()
                    .filter(|(name, _)| name == "X-Docutray-Request-Id"),
            );
        }
    }
    let other = Endpoint {
        run: "other".into(),
        ..endpoint()
    };
    for request in requests("genuine", &other).unwrap() {
        assert!(request.headers.iter().all(|field| !ids.contains(field)));
    }
}

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
    let finding = judged("changed-metadata", &[no.clone(), yes, no]);
    assert_eq!(
        finding.why,
        "It answered 200 as if all were right. Seen with: another request id."
    );
}

#[test]
fn nothing_that_the_endpoint_writes_is_in_a_finding() {
    let evil = "\u{1b}[31mevil";
    let body = format!(r#"{{"code":"{evil}","detail":"{evil}","verdict":"{evil}"}}"#);
    for Outline { name, .. } in probes() {
        for status in [200, 400, 500] {
            let finding = judged(name, &each(name, &answer(status, &body, 1.)));
            assert!(
                !serde_json::to_string(&finding).unwrap().contains("evil"),
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
    let forgery = requests("wrong-auth-signature", &endpoint())
        .unwrap()
        .remove(0);
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
fn the_repeated_event_by_what_can_be_seen() {
    use State::{Failed, Passed, Unseen, Warning};
    let alike = |body: &str| each("repeated", &answer(200, body, 1.));
    let then = |first: &str, again: &str| {
        let again = answer(200, again, 1.);
        vec![answer(200, first, 1.), again.clone(), again]
    };
    let counted: Vec<_> = (1..4)
        .map(|count| answer(200, &format!(r#"{{"count":{count}}}"#), 1.))
        .collect();
    let times: Vec<_> = (1..4)
        .map(|count| answer(200, &format!(r#"{{"at":170000000{count}}}"#), 1.))
        .collect();
    let slow = |again| {
        vec![
            answer(200, "", 900.),
            answer(200, "", again),
            answer(200, "", again),
        ]
    };
    let good = answer(200, "", 1.);
    let refused = |status| vec![good.clone(), answer(status, "", 1.), good.clone()];
    let located = |place: &str| Answered::Status {
        status: 200,
        headers: vec![("location".into(), place.into())],
        body: Bytes(Vec::new()),
        milliseconds: 1.,
    };
    for (answers, expected) in [
        (alike("ok"), (Unseen, Some("processes_once_unseen"))),
        (then("ok", "already processed"), (Passed, None)),
        (
            then(r#"{"verdict":"processed"}"#, r#"{"verdict":"duplicate"}"#),
            (Passed, None),
        ),
        (
            then(r#"{"duplicate":false}"#, r#"{"duplicate":true}"#),
            (Passed, None),
        ),
        (
            alike(r#"{"duplicate":false}"#),
            (Unseen, Some("processes_once_unseen")),
        ),
        (
            alike(r#"{"verdict":"processed"}"#),
            (Failed, Some("processes_twice")),
        ),
        (
            each("repeated", &answer(201, "", 1.)),
            (Failed, Some("processes_twice")),
        ),
        (
            vec![located("/1"), located("/2"), located("/3")],
            (Failed, Some("processes_twice")),
        ),
        (counted, (Warning, Some("may_process_twice"))),
        (times, (Unseen, Some("processes_once_unseen"))),
        (slow(850.), (Warning, Some("may_process_twice"))),
        (slow(10.), (Passed, None)),
        (refused(409), (Failed, Some("refuses_repeated"))),
        (refused(500), (Failed, Some("fails_on_repeated"))),
        (
            vec![answer(401, "", 1.); 3],
            (Failed, Some("refuses_genuine")),
        ),
    ] {
        assert_eq!(found("repeated", &answers), expected, "{answers:?}");
    }
}

#[test]
fn two_at_the_same_time() {
    use State::{Failed, Passed, Unseen, Warning};
    let (good, busy) = (answer(200, "", 900.), answer(503, "", 1.));
    let processed = answer(200, r#"{"verdict":"processed"}"#, 1.);
    let duplicate = answer(200, r#"{"verdict":"duplicate"}"#, 1.);
    for (answers, expected) in [
        (
            [&good, &good, &good],
            (Unseen, Some("processes_once_unseen")),
        ),
        ([&busy, &good, &good], (Passed, None)),
        ([&duplicate, &processed, &duplicate], (Passed, None)),
        (
            [&processed, &processed, &duplicate],
            (Failed, Some("processes_twice")),
        ),
        ([&busy, &good, &busy], (Failed, Some("fails_on_genuine"))),
        (
            [&good, &answer(500, "", 1.), &good],
            (Failed, Some("fails_on_repeated")),
        ),
        (
            [&good, &answer(400, "", 1.), &good],
            (Failed, Some("refuses_repeated")),
        ),
        (
            [&good, &good, &answer(200, "", 6000.)],
            (Warning, Some("slow_answer")),
        ),
    ] {
        let answers = answers.map(Clone::clone);
        assert_eq!(found("together", &answers), expected, "{answers:?}");
    }
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
fn the_marks_of_the_documented_sample_are_recognised() {
    let found = |code: &str| Found {
        state: State::Failed,
        code: Some(code.into()),
    };
    let mut findings = vec![
        found("accepts_missing_auth_signature"),
        found("accepts_wrong_auth_signature"),
    ];
    assert_eq!(summary(&findings).note, None);
    findings.push(found("accepts_loose_timestamp"));
    let Summary {
        failed,
        passed,
        note,
        ..
    } = summary(&findings);
    assert_eq!((failed, passed), (3, 0));
    assert!(note.unwrap().contains("==="));
}

#[test]
fn the_secret_is_not_in_debug_output() {
    let shown = format!("{:?}", endpoint());
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn an_unknown_probe_is_none() {
    assert!(requests("no-such", &endpoint()).is_none());
    assert!(judge("no-such", &endpoint(), &[]).is_none());
}

#[test]
fn a_delivery_is_dated_now_and_has_a_request_id_of_the_grammar() {
    let verifier = Verifier::builder().secret(SECRET).url(URL).build().unwrap();
    let request = requests("genuine", &endpoint()).unwrap().remove(0);
    let headers = request.headers.iter().map(|(name, value)| (name, value));
    let delivery: Delivery = verifier.authorize(headers, NOW).unwrap();
    assert_eq!(delivery.timestamp(), NOW);
}
