//! Answers that take the place of the endpoint's.

use docutray_webhook_tools::emulator::{Command, DeliveryState, InProcess, MOST_SCRIPTED};

use crate::{always, only, options, started};

fn script(docutray: &mut InProcess, answers: &str) {
    let command = format!(r#"{{"type":"script","answers":{answers}}}"#);
    docutray
        .tell(serde_json::from_str(&command).unwrap())
        .unwrap();
}

#[test]
fn without_asking_the_endpoint() {
    let (mut docutray, _) = started(options());
    script(
        &mut docutray,
        r#"[{"answer":500},{"answer":"reset"},{"answer":204}]"#,
    );
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.advance(90, |_| panic!("the endpoint is not asked"));
    let delivery = only(&docutray);
    let answers: Vec<_> = delivery
        .attempts
        .iter()
        .map(|attempt| serde_json::to_value(&attempt.answer).unwrap())
        .collect();
    assert_eq!(
        (
            &answers[0]["status"],
            &answers[1]["failure"],
            &answers[2]["status"]
        ),
        (&500.into(), &"reset".into(), &204.into())
    );
    assert!(delivery.attempts.iter().all(|attempt| attempt.scripted));
    assert_eq!(delivery.state, DeliveryState::Delivered);
}

/// The endpoint has processed the event, and its answer is lost: the case for which receivers need idempotency.
#[test]
fn in_place_of_the_answer_of_an_endpoint_that_was_asked() {
    let (mut docutray, _) = started(options());
    script(&mut docutray, r#"[{"answer":"reset","delivered":true}]"#);
    docutray.trigger("STEP_STARTED").unwrap();
    let mut calls = 0;
    let mut endpoint = |request: &_| {
        calls += 1;
        always(200)(request)
    };
    docutray.deliver(&mut endpoint);
    assert_eq!(only(&docutray).state, DeliveryState::Waiting);
    docutray.advance(30, &mut endpoint);
    let delivery = only(&docutray);
    assert_eq!((calls, delivery.state), (2, DeliveryState::Delivered));
    let scripted: Vec<_> = delivery
        .attempts
        .iter()
        .map(|attempt| attempt.scripted)
        .collect();
    assert_eq!(scripted, [true, false]);
}

/// Nobody waits 30 real seconds for it.
#[test]
fn a_hanging_endpoint_fails_30_seconds_later() {
    for (delivered, requests) in [("false", 0), ("true", 1)] {
        let (mut docutray, _) = started(options());
        script(
            &mut docutray,
            &format!(r#"[{{"answer":"hang","delivered":{delivered}}}]"#),
        );
        docutray.trigger("STEP_STARTED").unwrap();
        let mut asked = 0;
        docutray.deliver(|_| {
            asked += 1;
            docutray_webhook_tools::emulator::Answered::status(200)
        });
        assert_eq!(asked, requests);
        assert_eq!(
            only(&docutray).next_attempt_at.unwrap(),
            "2024-01-15T10:31:00.000Z"
        );
    }
}

#[test]
fn what_is_no_answer_is_refused() {
    let (mut docutray, _) = started(options());
    for status in [100, 199, 600] {
        let command = format!(r#"{{"type":"script","answers":[{{"answer":{status}}}]}}"#);
        let fault = docutray
            .tell(serde_json::from_str(&command).unwrap())
            .unwrap_err();
        assert_eq!(
            (fault.code, fault.field),
            ("invalid_answer", Some("answers"))
        );
    }
    let many = vec![r#"{"answer":500}"#; MOST_SCRIPTED].join(",");
    script(&mut docutray, &format!("[{many}]"));
    let one_more: Command =
        serde_json::from_str(r#"{"type":"script","answers":[{"answer":500}]}"#).unwrap();
    assert_eq!(
        docutray.tell(one_more).unwrap_err().code,
        "too_many_answers"
    );
}
