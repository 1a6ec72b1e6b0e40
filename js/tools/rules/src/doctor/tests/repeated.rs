use alloc::{format, vec, vec::Vec};

use super::*;

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
    use State::{Failed, Passed, Unseen};
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
            (Unseen, Some("processes_once_unseen")),
        ),
    ] {
        let answers = answers.map(Clone::clone);
        assert_eq!(found("together", &answers), expected, "{answers:?}");
    }
}
