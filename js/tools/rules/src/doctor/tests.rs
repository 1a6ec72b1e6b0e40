mod answers;
mod repeated;

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
    let headers = || request.headers.iter().map(|(name, value)| (name, value));
    if docutray_webhook::answer::admit(request.method, headers()).is_err() {
        return answer(415, "", 1.);
    }
    let verifier = Verifier::builder().secret(SECRET).url(URL).build().unwrap();
    match verifier.verify(headers(), body, NOW) {
        Ok(event) => answer(200, &format!(r#"{{"key":"{}"}}"#, event.key()), 1.),
        Err(error) => answer(
            error.status(),
            &format!(r#"{{"code":"{}"}}"#, error.code()),
            1.,
        ),
    }
}

fn judged(probe: &str, answers: &[Answered]) -> Diagnosis {
    let probed = Probed {
        probe: probe.into(),
        endpoint: endpoint(),
        answers: answers.into(),
    };
    judge(&probed).unwrap()
}

/// What is sent for a probe.
fn sent(probe: &str) -> Vec<Request> {
    let probe = probe.into();
    let endpoint = endpoint();
    requests(&Probing { probe, endpoint }).unwrap()
}

/// The state and the code of a probe's diagnosis.
fn found(probe: &str, answers: &[Answered]) -> (State, Option<&'static str>) {
    let diagnosis = judged(probe, answers);
    (diagnosis.state, diagnosis.code)
}

/// The answers, all alike, to a probe's requests.
fn each(probe: &str, answer: &Answered) -> Vec<Answered> {
    sent(probe).iter().map(|_| answer.clone()).collect()
}

#[test]
fn the_core_passes_every_probe() {
    for Outline { name, .. } in probes() {
        let requests = sent(name);
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
        for request in sent(name) {
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
    let probing = Probing {
        probe: "genuine".into(),
        endpoint: other,
    };
    for request in requests(&probing).unwrap() {
        assert!(request.headers.iter().all(|field| !ids.contains(field)));
    }
}

#[test]
fn the_marks_of_the_documented_sample_are_recognised() {
    let found = |code: &str| Found {
        state: State::Failed,
        code: Some(code.into()),
    };
    let mut diagnoses = vec![
        found("accepts_missing_auth_signature"),
        found("accepts_wrong_auth_signature"),
    ];
    assert_eq!(summary(&diagnoses).note, None);
    diagnoses.push(found("accepts_loose_timestamp"));
    let Summary {
        failed,
        passed,
        note,
        ..
    } = summary(&diagnoses);
    assert_eq!((failed, passed), (3, 0));
    assert!(note.unwrap().contains("==="));
}

#[test]
fn the_secret_is_not_in_debug_output() {
    let shown = format!("{:?}", endpoint());
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn an_unknown_probe_is_a_fault_with_the_names() {
    let probing = Probing {
        probe: "genuin".into(),
        endpoint: endpoint(),
    };
    let fault = requests(&probing).unwrap_err();
    assert_eq!((fault.code, fault.field), ("unknown_probe", Some("probe")));
    assert!(fault.message.contains("genuine, events"), "{fault}");
}

#[test]
fn a_delivery_is_dated_now_and_has_a_request_id_of_the_grammar() {
    let verifier = Verifier::builder().secret(SECRET).url(URL).build().unwrap();
    let request = sent("genuine").remove(0);
    let headers = request.headers.iter().map(|(name, value)| (name, value));
    let delivery: Delivery = verifier.authorize(headers, NOW).unwrap();
    assert_eq!(delivery.timestamp(), NOW);
}
