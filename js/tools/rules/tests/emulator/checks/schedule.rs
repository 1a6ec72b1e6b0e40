//! No schedule but Docutray's.

use docutray_webhook_tools::{
    emulator::{Answered, AttemptView, Changed, Command, DeliveryView, Failure},
    time::iso8601,
};

use crate::world::Step;

/// In milliseconds: 30 s, 1 min, 5 min, 15 min, 1 h.
const PAUSES: [u64; 5] = [30_000, 60_000, 300_000, 900_000, 3_600_000];

/// The clock goes on with the caller's and by what it is turned, and never back.
pub(super) fn clock_is_right(step: &Step) {
    let (before, after) = (&step.before.clock, &step.after.clock);
    let turned = match step.command {
        Command::Reset => return,
        Command::Advance { seconds } => u64::from(seconds) * 1000,
        _ => 0,
    };
    let to_turn = before.advancing_milliseconds + turned - after.advancing_milliseconds;
    let by_itself = step.passed * u64::from(before.speed);
    let is_told = step.effects.changed.contains(&Changed::Clock(true));
    let is_turned = to_turn > 0 || before.advancing_milliseconds != after.advancing_milliseconds;
    assert!(
        is_told || !is_turned && before.speed == after.speed,
        "{before:?} {after:?}"
    );
    let went = after.now_milliseconds - before.now_milliseconds;
    let is_at_its_end = after.now.starts_with("9999-12-31T23:59:59.999");
    assert!(
        went == by_itself + to_turn || is_at_its_end,
        "{before:?} {after:?}"
    );
}

pub(super) fn nothing_is_due(step: &Step, delivery: &DeliveryView) {
    let next = delivery.next_attempt_at.as_ref();
    let is_later = next.is_none_or(|at| *at > step.after.clock.now);
    assert!(is_later, "{delivery:?} at {}", step.after.clock.now);
}

/// A new attempt is made when it was announced, or as soon as the emulator was told the time after that.
pub(super) fn is_kept(step: &Step, delivery: &DeliveryView, attempt: &AttemptView) {
    let Some(before) = attempt.number.checked_sub(2) else {
        return;
    };
    let earlier = step.before.find(&delivery.id);
    let at = milliseconds(&attempt.at);
    assert!(
        at >= milliseconds(&delivery.attempts[before].at) + PAUSES[before],
        "{delivery:?}"
    );
    let is_next = earlier.is_some_and(|earlier| earlier.attempts.len() + 1 == attempt.number);
    let announced = earlier.and_then(|earlier| earlier.next_attempt_at.as_ref());
    if let (Some(announced), true) = (announced, is_next) {
        assert!(attempt.at >= *announced, "{delivery:?}");
        // Only time that passes by itself passes an announced time. A clock that is turned stops at it.
        let is_turned = !matches!(step.command, Command::Tick);
        assert!(!is_turned || attempt.at == *announced, "{delivery:?}");
    }
}

/// The pause begins with the failure, which took no time since the step began.
pub(super) fn begins_with_the_failure(step: &Step, delivery: &DeliveryView, answered: usize) {
    let next = match delivery.attempts.get(answered) {
        Some(attempt) => Some(&attempt.at),
        None => delivery.next_attempt_at.as_ref(),
    };
    let Some(next) = next else {
        return;
    };
    let failed = &delivery.attempts[answered - 1];
    let failed_at = if hangs(failed) {
        milliseconds(&failed.at) + 30_000
    } else {
        0
    };
    let failed_at = failed_at.max(step.before.clock.now_milliseconds);
    assert_eq!(
        milliseconds(next),
        failed_at + PAUSES[answered - 1],
        "{delivery:?}"
    );
}

fn hangs(attempt: &AttemptView) -> bool {
    let is_timeout = matches!(
        attempt.answer,
        Some(Answered::None {
            failure: Failure::Timeout,
            ..
        })
    );
    is_timeout && attempt.scripted
}

/// Reads what [`iso8601`] has written.
fn milliseconds(time: &str) -> u64 {
    let (mut low, mut high) = (0, 253_402_300_800_000_u64);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if *iso8601(middle) <= *time {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
