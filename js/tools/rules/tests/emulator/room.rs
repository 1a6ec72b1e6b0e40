//! The history has an end, which it shows.

use docutray_webhook_tools::{
    emulator::{
        Answered, BODY_KEPT, Command, Filter, InProcess, Limits, Options, Query, Shown, Trigger,
    },
    wire::Bytes,
};

use crate::{always, options, started};

const MIB: usize = 1024 * 1024;

fn limited(deliveries: usize, bytes: usize) -> InProcess {
    started(Options {
        limits: Limits { deliveries, bytes },
        ..options()
    })
    .0
}

fn dropped(docutray: &InProcess) -> u64 {
    match docutray
        .emulator()
        .query(&Query::Deliveries(Filter::default()))
    {
        Ok(Shown::Deliveries { dropped, .. }) => dropped,
        other => panic!("{other:?}"),
    }
}

fn large(bytes: usize) -> Command {
    Command::Trigger(Trigger {
        event: Some("STEP_STARTED".into()),
        payload: Some(Bytes(vec![b' '; bytes])),
        ..Trigger::default()
    })
}

#[test]
fn the_oldest_that_have_ended_are_dropped() {
    let mut docutray = limited(3, MIB);
    for _ in 0..10 {
        docutray.trigger("STEP_STARTED").unwrap();
        docutray.deliver(always(204));
    }
    let kept: Vec<_> = docutray
        .deliveries()
        .iter()
        .map(|delivery| delivery.sequence)
        .collect();
    assert_eq!((kept, dropped(&docutray)), (vec![8, 9, 10], 7));
}

#[test]
fn open_ones_are_kept_and_more_are_refused() {
    let mut docutray = limited(3, MIB);
    for _ in 0..3 {
        docutray.trigger("STEP_STARTED").unwrap();
    }
    let fault = docutray.trigger("STEP_STARTED").unwrap_err();
    assert_eq!(fault.code, "history_full");
    assert!(
        fault.message.contains("3 deliveries are still open"),
        "{fault}"
    );
    docutray.deliver(always(204));
    docutray.trigger("STEP_STARTED").unwrap();
}

#[test]
fn bytes_count_too() {
    let mut docutray = limited(100, MIB);
    docutray.tell(large(700_000)).unwrap();
    docutray.deliver(always(204));
    docutray.tell(large(700_000)).unwrap();
    assert_eq!(dropped(&docutray), 1);
    assert_eq!(
        docutray.tell(large(700_000)).unwrap_err().code,
        "history_full"
    );
    assert_eq!(
        docutray.tell(large(2 * MIB)).unwrap_err().code,
        "history_full"
    );
}

/// An event for many webhooks is for all of them or for none.
#[test]
fn an_event_is_started_as_a_whole() {
    let mut docutray = limited(3, MIB);
    docutray.create_webhook(crate::URL).unwrap();
    docutray.trigger("STEP_STARTED").unwrap();
    assert_eq!(
        docutray.trigger("STEP_STARTED").unwrap_err().code,
        "history_full"
    );
    assert_eq!(docutray.deliveries().len(), 2);
}

/// An open delivery has room for the largest answers to all its attempts from the beginning.
#[test]
fn the_largest_answers_do_not_exceed_it() {
    let mut docutray = InProcess::new(Options {
        limits: Limits {
            deliveries: 1000,
            bytes: MIB,
        },
        ..options()
    })
    .unwrap();
    docutray
        .create_webhook(format!("https://example.com/{}", "a".repeat(2000)))
        .unwrap();
    while docutray.trigger("STEP_STARTED").is_ok() {}
    docutray.advance(4_890, |_| Answered::Answer {
        status: 500,
        headers: vec![("x".into(), "y".repeat(951)); 100],
        body: Bytes(vec![b'x'; MIB]),
        body_truncated: false,
        milliseconds: 1,
    });
    let deliveries = docutray.deliveries();
    let bytes: usize = deliveries.iter().map(crate::checks::bytes).sum();
    assert!(
        deliveries.len() > 5 && (MIB / 2..=MIB).contains(&bytes),
        "{bytes}"
    );
}

#[test]
fn of_an_answer_only_the_beginning_is_kept() {
    let mut docutray = limited(3, MIB);
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.deliver(|_| Answered::Answer {
        status: 500,
        headers: vec![("x".into(), "y".repeat(MIB))],
        body: Bytes(vec![b'x'; MIB]),
        body_truncated: false,
        milliseconds: 1,
    });
    let delivery = crate::only(&docutray);
    let Some(Answered::Answer {
        headers,
        body,
        body_truncated,
        ..
    }) = &delivery.attempts[0].answer
    else {
        panic!()
    };
    assert_eq!(
        (headers.len(), body.0.len(), *body_truncated),
        (0, BODY_KEPT, true)
    );
}

#[test]
fn limits_have_limits() {
    for (deliveries, bytes) in [(0, MIB), (10_001, MIB), (1, MIB - 1), (1, 257 * MIB)] {
        let fault = InProcess::new(Options {
            limits: Limits { deliveries, bytes },
            ..options()
        })
        .unwrap_err();
        assert_eq!(fault.code, "invalid_limit");
    }
}
