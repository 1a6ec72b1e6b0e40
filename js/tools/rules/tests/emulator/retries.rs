//! Retries: when, how often, and with which headers.

use docutray_webhook_tools::emulator::{
    Answered, Command, DeliveryState, GivenUp, InProcess, MOST_UNDER_WAY, Options, RetryHeaders,
};

use crate::{NOW, always, header, only, options, started};

fn ats(docutray: &InProcess) -> Vec<String> {
    only(docutray)
        .attempts
        .into_iter()
        .map(|attempt| attempt.at)
        .collect()
}

/// 10:30:00, and 30 s, 1 min, 5 min, 15 min, 1 h after the one before.
const SCHEDULE: [&str; 6] = [
    "2024-01-15T10:30:00.000Z",
    "2024-01-15T10:30:30.000Z",
    "2024-01-15T10:31:30.000Z",
    "2024-01-15T10:36:30.000Z",
    "2024-01-15T10:51:30.000Z",
    "2024-01-15T11:51:30.000Z",
];

#[test]
fn the_clock_can_be_turned_through_all_retries() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.deliver(always(503));
    assert_eq!(only(&docutray).next_attempt_at.unwrap(), SCHEDULE[1]);
    docutray.advance(4_889, always(503));
    assert_eq!(ats(&docutray), SCHEDULE[..5]);
    docutray.advance(1, always(503));
    assert_eq!(ats(&docutray), SCHEDULE);
    let delivery = only(&docutray);
    assert_eq!(
        (delivery.state, delivery.given_up_because),
        (DeliveryState::GivenUp, Some(GivenUp::RetriesUsed))
    );
}

#[test]
fn the_same_times_pass_by_themselves() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_COMPLETED").unwrap();
    for second in 0..=4_890 {
        docutray.set_time(NOW + second * 1000);
        docutray.deliver(always(503));
    }
    assert_eq!(ats(&docutray), SCHEDULE);
}

#[test]
fn a_faster_clock_makes_them_come_sooner() {
    let (mut docutray, _) = started(Options {
        speed: Some(60),
        ..options()
    });
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.deliver(always(503));
    docutray.set_time(NOW + 499);
    assert!(docutray.next_request().is_none());
    docutray.set_time(NOW + 500);
    assert!(docutray.next_request().is_some());
}

#[test]
fn a_success_ends_them() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.deliver(always(503));
    docutray.advance(10_000, always(204));
    assert_eq!(ats(&docutray), SCHEDULE[..2]);
    assert_eq!(only(&docutray).state, DeliveryState::Delivered);
}

/// The 30 s are real: a clock that is turned or goes fast does not cut an answer short.
#[test]
fn an_endpoint_has_30_real_seconds() {
    let (mut docutray, _) = started(Options {
        speed: Some(1000),
        ..options()
    });
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.tell(Command::Advance { seconds: 4_890 }).unwrap();
    let request = docutray.next_request().unwrap();
    docutray.set_time(NOW + 29_999);
    assert_eq!(only(&docutray).state, DeliveryState::Sending);
    docutray.set_time(NOW + 30_000);
    let delivery = only(&docutray);
    let answer = serde_json::to_value(&delivery.attempts[0].answer).unwrap();
    assert_eq!(
        (&answer["failure"], &answer["milliseconds"]),
        (&"timeout".into(), &30_000.into())
    );
    // The answer comes too late.
    let late = Command::Answered {
        attempt: request.attempt,
        answer: Answered::status(200),
    };
    assert_eq!(docutray.tell(late).unwrap_err().code, "attempt_ended");
}

/// A request that had to wait for a connection would run into its time limit without having been sent.
#[test]
fn no_more_are_under_way_than_can_be_sent() {
    let (mut docutray, _) = started(options());
    for _ in 0..=MOST_UNDER_WAY {
        docutray.trigger("STEP_COMPLETED").unwrap();
    }
    let requests: Vec<_> = std::iter::from_fn(|| docutray.next_request()).collect();
    assert_eq!(requests.len(), MOST_UNDER_WAY);
    let tick = docutray.emulator().clone().step(NOW, Command::Tick);
    assert_eq!(tick.wake_at, Some(NOW + 30_000));
    docutray.answer(&requests[50].attempt, Answered::status(204));
    let [last] = docutray
        .deliveries()
        .split_off(MOST_UNDER_WAY)
        .try_into()
        .unwrap();
    assert_eq!(
        docutray.next_request().unwrap().attempt,
        last.attempts[0].id
    );
}

#[test]
fn a_clock_that_is_turned_waits_for_answers() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.tell(Command::Advance { seconds: 90 }).unwrap();
    assert_eq!(ats(&docutray), SCHEDULE[..1]);
    let request = docutray.next_request().unwrap();
    docutray.set_time(NOW + 2_000);
    docutray.answer(&request.attempt, Answered::status(500));
    docutray.deliver(always(500));
    assert_eq!(
        ats(&docutray),
        [
            "2024-01-15T10:30:00.000Z",
            "2024-01-15T10:30:32.000Z",
            "2024-01-15T10:31:32.000Z"
        ]
    );
}

/// Docutray does not say whether a retry has a request id and a date of its own.
#[test]
fn a_retry_has_new_headers_or_those_of_the_first_attempt() {
    for (retry_headers, same_id, age) in [
        (RetryHeaders::New, false, 0),
        (RetryHeaders::Same, true, 30),
    ] {
        let (mut docutray, _) = started(Options {
            retry_headers,
            ..options()
        });
        docutray.trigger("STEP_COMPLETED").unwrap();
        docutray.deliver(always(503));
        docutray.advance(30, always(503));
        let [first, retry] = only(&docutray).attempts.try_into().unwrap();
        let id = |headers| header(headers, "X-Docutray-Request-Id").to_owned();
        assert_eq!(id(&first.headers) == id(&retry.headers), same_id);
        let timestamp: u64 = header(&retry.headers, "X-Docutray-Timestamp")
            .parse()
            .unwrap();
        assert_eq!(NOW / 1000 - timestamp, age);
        assert_eq!(retry.note.is_some(), same_id);
    }
}

/// If only real time passes, the same headers are the same bytes.
#[test]
fn the_same_headers_stay_as_they_are_when_no_clock_is_turned() {
    let (mut docutray, _) = started(Options {
        retry_headers: RetryHeaders::Same,
        ..options()
    });
    docutray.set_time(NOW + 700);
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.deliver(always(503));
    docutray.set_time(NOW + 31_900);
    docutray.deliver(always(503));
    let [first, retry] = only(&docutray).attempts.try_into().unwrap();
    assert_eq!(first.headers, retry.headers);
}

#[test]
fn the_events_of_a_chain_come_when_they_would_happen() {
    let (mut docutray, _) = started(options());
    let trigger = serde_json::from_str(
        r#"{"type":"trigger","chain":{"family":"CONVERSION","ends":"FAILED"}}"#,
    );
    docutray.tell(trigger.unwrap()).unwrap();
    docutray.deliver(always(204));
    let [started, failed] = docutray.deliveries().try_into().unwrap();
    assert_eq!(
        (&*started.event, started.state),
        ("CONVERSION_STARTED", DeliveryState::Delivered)
    );
    assert_eq!(
        (&*failed.event, failed.state),
        ("CONVERSION_FAILED", DeliveryState::Waiting)
    );
    docutray.advance(3_600, always(204));
    let [_, failed] = docutray.deliveries().try_into().unwrap();
    assert_eq!(failed.state, DeliveryState::Delivered);
    assert!(*failed.attempts[0].at > *"2024-01-15T10:30:00.000Z");
}
