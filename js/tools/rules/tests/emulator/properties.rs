//! Properties under any commands at any times.

use docutray_webhook_tools::emulator::{
    Answered, Command, DeliveryState, InProcess, Limits, Options, RetryHeaders,
};
use proptest::{prelude::*, sample::select};

use crate::{
    NOW, URL, always,
    checks::check,
    drawn,
    operation::{Timed, operations},
    world::World,
};

proptest! {
    #![proptest_config(drawn(64))]

    #[test]
    fn whatever_happens_the_rules_hold(
        operations in operations(),
        retry_headers in select(vec![RetryHeaders::New, RetryHeaders::Same]),
        deliveries in 1..30_usize,
    ) {
        let limits = Limits { deliveries, bytes: 1024 * 1024 };
        let mut world = World::new(retry_headers, limits);
        run(&mut world, &operations);
        every_delivery_ends(&mut world);
    }

    #[test]
    fn an_advance_of_all_pauses_ends_all_retries_that_are_answered_at_once(
        events in 1..20_usize,
        more in 0..10_000_u32,
        status in 300..600_u16,
    ) {
        let mut docutray = InProcess::new(Options::new("0a".repeat(32), NOW)).unwrap();
        docutray.create_webhook(URL).unwrap();
        for _ in 0..events {
            docutray.trigger("STEP_STARTED").unwrap();
        }
        docutray.advance(4_890 + more, always(status));
        for delivery in docutray.deliveries() {
            assert_eq!(delivery.state, DeliveryState::GivenUp);
        }
    }
}

fn run(world: &mut World, operations: &[Timed]) {
    for (milliseconds, operation) in operations {
        world.run(*milliseconds, operation, check);
    }
}

/// Nobody answers any more. The emulator is only woken when it has asked for it: then something happens, and not before.
fn every_delivery_ends(world: &mut World) {
    let mut wakes = 0;
    let mut step = world.step(Command::Tick);
    while let Some(wake_at) = step.effects.wake_at {
        for (now, is_time) in [(wake_at - 1, false), (wake_at, true)] {
            world.now = now;
            step = world.step(Command::Tick);
            check(world, &step);
            assert_eq!(!step.effects.changed.is_empty(), is_time);
        }
        wakes += 1;
        assert!(wakes < 2_000, "it does not come to an end");
    }
    assert_eq!(world.picture().open().count(), 0);
    let late = world.requests.pop().map(|request| Command::Answered {
        attempt: request.attempt,
        answer: Answered::status(204),
    });
    if let Some(late) = late {
        let step = world.step(late);
        assert_eq!(step.effects.error.as_ref().unwrap().code, "attempt_ended");
        check(world, &step);
    }
}
