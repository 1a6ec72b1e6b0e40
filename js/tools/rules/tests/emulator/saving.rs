//! The state is saved, and an emulator goes on from it.

use docutray_webhook_tools::emulator::{Command, DeliveryState, InProcess, Options, Query, Shown};
use proptest::{prelude::*, sample::Index};

use crate::{NOW, always, drawn, only, options, started};

fn restored(state: &str) -> Result<InProcess, &'static str> {
    let options = Options {
        state: Some(state.into()),
        ..Options::new("", 0)
    };
    InProcess::new(options).map_err(|fault| {
        assert_eq!(fault.field, Some("state"));
        fault.code
    })
}

fn used() -> InProcess {
    let (mut docutray, _) = started(options());
    docutray
        .tell(
            serde_json::from_str(
                r#"{"type":"script","answers":[{"answer":"hang"},{"answer":500}]}"#,
            )
            .unwrap(),
        )
        .unwrap();
    docutray.trigger("CONVERSION_FAILED").unwrap();
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.advance(100, always(204));
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray
}

/// A process may end while it waits for an answer.
#[test]
fn an_answer_that_never_comes_is_a_timeout_and_the_delivery_is_tried_again() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_STARTED").unwrap();
    let mut docutray = restored(&docutray.emulator().save()).unwrap();
    docutray.set_time(NOW + 30_000);
    assert_eq!(only(&docutray).state, DeliveryState::Waiting);
    docutray.set_time(NOW + 60_000);
    docutray.deliver(always(204));
    assert_eq!(only(&docutray).state, DeliveryState::Delivered);
}

#[test]
fn the_speed_is_kept_unless_another_is_given() {
    let (mut docutray, _) = started(options());
    docutray.tell(Command::SetSpeed { speed: 60 }).unwrap();
    let state = docutray.emulator().save();
    for (given, speed) in [(None, 60), (Some(2), 2)] {
        let docutray = InProcess::new(Options {
            speed: given,
            state: Some(state.clone()),
            ..options()
        })
        .unwrap();
        let Ok(Shown::Clock(clock)) = docutray.emulator().query(&Query::Clock) else {
            panic!()
        };
        assert_eq!(clock.speed, speed);
    }
}

#[test]
fn another_version_is_named() {
    let state = used().emulator().save();
    let other = state.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(restored(&other).unwrap_err(), "unknown_state_version");
}

#[test]
fn a_fault_tells_the_place_and_nothing_of_the_state() {
    let state = used().emulator().save();
    let broken = state.replacen("\"enabled\":true", "\"enabled\":\"whsec_secret\"", 1);
    let options = Options {
        state: Some(broken),
        ..options()
    };
    let fault = InProcess::new(options).unwrap_err();
    assert_eq!(fault.code, "broken_state");
    assert!(!fault.message.contains("whsec"), "{fault}");
}

#[test]
fn a_state_that_contradicts_itself_is_refused() {
    let state = used().emulator().save();
    for (was, becomes) in [
        ("\"speed\":1", "\"speed\":0"),
        ("\"sequence\":1", "\"sequence\":2"),
        ("\"seed\":\"0a", "\"seed\":\"0"),
        (
            "\"answer\":{\"status\":500",
            "\"answer\":null,\"x\":{\"status\":500",
        ),
    ] {
        assert!(state.contains(was), "{was}");
        let code = restored(&state.replacen(was, becomes, 1)).unwrap_err();
        assert_eq!(code, "broken_state", "{becomes}");
    }
}

proptest! {
    #![proptest_config(drawn(300))]

    /// What is restored from a damaged file is refused, or works.
    #[test]
    fn a_damaged_state_does_no_harm(at in any::<Index>(), byte in prop::sample::select(b"0129\"{}[],:xtn".as_slice())) {
        let mut state = used().emulator().save().into_bytes();
        let at = at.index(state.len());
        state[at] = byte;
        if let Ok(mut docutray) = restored(&String::from_utf8(state).unwrap()) {
            for now in [0, NOW, u64::MAX] {
                docutray.set_time(now);
                docutray.advance(u32::MAX, always(500));
                let _full = docutray.trigger("STEP_FAILED");
            }
        }
    }
}
