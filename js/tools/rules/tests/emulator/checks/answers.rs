//! An answer is that of the attempt that awaits it, and of no other.

use docutray_webhook_tools::emulator::Command;

use super::schedule;
use crate::world::Step;

pub(super) fn check(step: &Step) {
    let Command::Answered { attempt, .. } = &step.command else {
        return;
    };
    let (id, number) = attempt.rsplit_once('.').unwrap();
    let number: usize = number.parse().unwrap();
    let earlier = step.before.find(id);
    let asked = earlier.and_then(|earlier| earlier.attempts.get(number - 1));
    let is_awaited = asked.is_some_and(|asked| asked.answer.is_none());
    let code = step.effects.error.as_ref().map(|fault| fault.code);
    assert_eq!(code, (!is_awaited).then_some("attempt_ended"));
    if is_awaited {
        let delivery = step.after.find(id).unwrap();
        assert!(delivery.attempts[number - 1].answer.is_some());
        schedule::begins_with_the_failure(step, delivery, number);
    }
}
