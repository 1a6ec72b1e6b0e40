//! How a world goes on: what can happen in a situation, and what then is.

use crate::{
    action::Action,
    properties::properties,
    rules::{Answer, Broken, Call, Rules, Time, Token},
    seen::Seen,
    situation::Situation,
    worker::{Flight, Renewal, Step, Told, Worker},
    world::World,
};
use stateright::{Model, Property};

/// The clock's first time. It can be set back from there.
const START: Time = 20;
/// How many tokens the clock's smallest step is worth: more than are given out in one.
const TOKENS_PER_TICK: Token = 8;

impl Model for World {
    type State = Situation;
    type Action = Action;

    fn init_states(&self) -> Vec<Situation> {
        vec![Situation {
            now: START,
            record: None,
            is_away: false,
            workers: vec![Worker::IDLE; self.workers],
            late: Vec::new(),
            left: self.budget,
            seen: Seen::default(),
        }]
    }

    fn actions(&self, state: &Situation, actions: &mut Vec<Action>) {
        for (place, worker) in state.workers.iter().enumerate() {
            // Equal workers have equal futures.
            let is_same_as_last = place > 0 && state.workers.get(place - 1) == Some(worker);
            if !is_same_as_last {
                state.actions_of(place, *worker, actions);
            }
        }
        for place in 0..state.late.len() {
            if !state.is_away {
                actions.push(Action::ExecuteLate(place));
            }
            actions.push(Action::DropLate(place));
        }
        let left = state.left;
        if left.ticks > 0 {
            actions.push(Action::Tick);
        }
        if left.clock_jumps > 0 {
            actions.extend([Action::SetClock(self.jump), Action::SetClock(-self.jump)]);
        }
        if state.is_away || left.outages > 0 {
            actions.push(Action::Away(!state.is_away));
        }
        if let Some(record) = state.record {
            if record.forget_after <= state.now {
                actions.push(Action::Forget);
            }
            if left.data_losses > 0 {
                actions.push(Action::LoseData);
            }
        }
    }

    fn next_state(&self, last: &Situation, action: Action) -> Option<Situation> {
        let mut next = last.clone();
        self.step(&mut next, action)?;
        next.workers.sort_unstable();
        next.late.sort_unstable();
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties()
    }
}

impl World {
    fn step(&self, next: &mut Situation, action: Action) -> Option<()> {
        match action {
            Action::Deliver(place) => {
                next.left.deliveries -= 1;
                next.workers.get_mut(place)?.step = Step::Claiming(Flight::Sent);
            }
            Action::Execute(place) => {
                let worker = *next.workers.get(place)?;
                let answer = self.call(next, worker.call()?);
                *next.workers.get_mut(place)? = worker.answered(answer);
            }
            Action::Read(place) => self.read(next, place)?,
            Action::Fail(place) => next.failed(place)?,
            Action::GiveUp(place) => next.give_up(place)?,
            Action::StopCompleting(place) => next.stop_completing(place)?,
            Action::Succeed(place) => {
                next.seen.handled = true;
                let worker = next.workers.get_mut(place)?;
                worker.step = Step::Completing(worker.token()?, Flight::Sent);
            }
            Action::FailHandler(place) => {
                next.left.failures -= 1;
                let token = next.workers.get(place)?.token()?;
                let step = Step::Releasing(token, Flight::Sent);
                *next.workers.get_mut(place)? = Worker {
                    step,
                    ..Worker::IDLE
                };
            }
            Action::Renew(place) => {
                next.workers.get_mut(place)?.renewal = Renewal::Calling(Flight::Sent);
            }
            Action::ExecuteRenewal(place) => {
                let call = next.workers.get(place)?.renewing()?;
                let answer = self.call(next, call);
                next.workers.get_mut(place)?.renewal = Renewal::Calling(Flight::Answered(answer));
            }
            Action::ReadRenewal(place) => next.read_renewal(place)?,
            Action::FailRenewal(place) => next.workers.get_mut(place)?.renewal = Renewal::Waiting,
            Action::Crash(place) => {
                next.left.crashes -= 1;
                let worker = *next.workers.get(place)?;
                next.late.extend(worker.call());
                next.late.extend(worker.renewing());
                *next.workers.get_mut(place)? = Worker::IDLE;
            }
            Action::ExecuteLate(place) => self.execute_late(next, place),
            Action::DropLate(place) => {
                next.late.remove(place);
            }
            Action::Tick => {
                next.left.ticks -= 1;
                next.now += 1;
            }
            Action::SetClock(by) => {
                next.left.clock_jumps -= 1;
                next.now += by;
                next.seen.clock_set();
            }
            Action::Away(is_away) => {
                next.is_away = is_away;
                next.left.outages -= u8::from(is_away);
            }
            Action::Forget => next.record = None,
            Action::LoseData => {
                next.left.data_losses -= 1;
                next.record = None;
                next.now += 1;
                next.seen.data_lost();
            }
        }
        Some(())
    }

    /// The store carries out a call.
    fn call(&self, next: &mut Situation, call: Call) -> Answer {
        let least_token = next.now * TOKENS_PER_TICK;
        let (record, answer) = self.rules.apply(next.record, call, next.now, least_token);
        next.record = record;
        let Rules {
            lease, remember, ..
        } = self.rules;
        next.seen.call(call, answer, next.now, lease, remember);
        answer
    }

    fn read(&self, next: &mut Situation, place: usize) -> Option<()> {
        let worker = *next.workers.get(place)?;
        let busy = match self.rules.has(Broken::BusyIsAcknowledged) {
            true => Told::Acknowledged,
            false => Told::Again,
        };
        let answer = worker.answer()?;
        if let (Step::Completing(token, _), Answer::Ours(false)) = (worker.step, answer) {
            next.seen.lost(token, next.record, false);
        }
        let (mut read, told) = worker.reads(answer, busy);
        if let Step::Handling(token) = read.step {
            if self.rules.has(Broken::CompletedBeforeHandled) {
                read.step = Step::Completing(token, Flight::Sent);
            }
            let mut others = next.workers.iter();
            next.seen.overlapped |= others.any(|other| matches!(other.step, Step::Handling(_)));
        }
        *next.workers.get_mut(place)? = read;
        next.tell(told);
        Some(())
    }

    fn execute_late(&self, next: &mut Situation, place: usize) {
        let call = next.late.remove(place);
        if let Answer::Claimed { token, .. } = self.call(next, call) {
            next.late.push(Call::Release(token));
        }
    }
}
