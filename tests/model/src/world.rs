//! The world around one event: a store, its clock, workers, and a sender that sends the event again and again.

use crate::{
    rules::{Answer, Broken, Call, Record, Rules, Time, Token},
    seen::{PROMISES, Promise, Seen},
    worker::{Flight, Renewal, Step, Told, Worker},
};
use stateright::{Model, Property};

/// The clock's first time. It can be set back from there.
const START: Time = 20;
/// How many tokens the clock's smallest step is worth: more than are given out in one.
const TOKENS_PER_TICK: Token = 8;

/// How much may happen. Each number bounds the exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Budget {
    /// How long time may pass.
    pub ticks: u8,
    /// How often the event is delivered.
    pub deliveries: u8,
    /// How often a handler may fail.
    pub failures: u8,
    /// How many workers may crash.
    pub crashes: u8,
    /// How many calls may get no answer in time, whether the store carries them out or not.
    pub lost_answers: u8,
    /// How often the store may be away: every call fails until it is back.
    pub outages: u8,
    /// How often the store's clock may be set.
    pub clock_jumps: u8,
    /// How often the store may lose its data.
    pub data_losses: u8,
}

/// What is explored.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// The rules of the store.
    pub rules: Rules,
    /// How many workers there are.
    pub workers: usize,
    /// How far the clock jumps, either way.
    pub jump: Time,
    /// What may happen at most.
    pub budget: Budget,
}

/// A state of the world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Situation {
    /// The store's clock.
    pub now: Time,
    /// The store's record of the event.
    pub record: Option<Record>,
    is_away: bool,
    /// Sorted, since it does not matter which worker is which.
    workers: Vec<Worker>,
    /// Calls that nobody waits for any more and that the store may still carry out. Sorted.
    late: Vec<Call>,
    left: Budget,
    /// What was seen so far.
    pub seen: Seen,
}

/// A step of the world. A number is the place of a worker or of a late call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The sender sends the event to a worker.
    Deliver(usize),
    /// The store carries out the worker's call.
    Execute(usize),
    /// The worker reads the answer.
    Read(usize),
    /// The worker's call fails.
    Fail(usize),
    /// The worker waits no longer.
    GiveUp(usize),
    /// The worker has waited for a completion for so long that it stops trying.
    StopCompleting(usize),
    /// The worker renews its lease.
    Renew(usize),
    /// The store carries out the renewal.
    ExecuteRenewal(usize),
    /// The worker reads the answer to the renewal.
    ReadRenewal(usize),
    /// The renewal fails, or its answer is lost.
    FailRenewal(usize),
    /// The handler succeeds.
    Succeed(usize),
    /// The handler fails.
    FailHandler(usize),
    /// The worker's process ends and starts again.
    Crash(usize),
    /// The store carries out a late call.
    ExecuteLate(usize),
    /// A late call never arrives.
    DropLate(usize),
    /// Time passes.
    Tick,
    /// The store's clock is set forward or back by this much.
    SetClock(Time),
    /// The store goes away, or comes back.
    Away(bool),
    /// The store deletes a record that it may forget.
    Forget,
    /// The store loses its data. It has to start again, which takes time.
    LoseData,
}

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
        let mut properties: Vec<_> = PROMISES
            .into_iter()
            .map(|(promise, name)| Property::<Self>::always(name, condition(promise)))
            .collect();
        properties.push(Property::always(
            "an event that nobody has can be claimed after a lease",
            |world: &Self, state: &Situation| world.is_claimable_after_a_lease(state),
        ));
        properties.extend(reached());
        properties
    }
}

/// Stateright takes functions that capture nothing.
fn condition(promise: Promise) -> fn(&World, &Situation) -> bool {
    match promise {
        Promise::NoEventIsLost => |_, state| state.keeps(Promise::NoEventIsLost),
        Promise::NoneIsProcessedAfterItWasCompleted => {
            |_, state| state.keeps(Promise::NoneIsProcessedAfterItWasCompleted)
        }
        Promise::TokensGrow => |_, state| state.keeps(Promise::TokensGrow),
        Promise::OneClaimIsCompleted => |_, state| state.keeps(Promise::OneClaimIsCompleted),
        Promise::LeasesExclude => |_, state| state.keeps(Promise::LeasesExclude),
        Promise::OnlyTheLatestClaimCounts => {
            |_, state| state.keeps(Promise::OnlyTheLatestClaimCounts)
        }
        Promise::NoLeaseIsLostInVain => |_, state| state.keeps(Promise::NoLeaseIsLostInVain),
    }
}

/// What has to happen somewhere. A model in which it never does proves nothing.
fn reached() -> [Property<World>; 4] {
    [
        Property::<World>::sometimes("an event is processed and recorded", |_, state| {
            state.seen.acknowledged && state.record.is_some()
        }),
        Property::<World>::sometimes("two handlers have one event", |_, state| {
            state.seen.overlapped
        }),
        Property::<World>::sometimes("a worker learns that its lease is lost", |_, state| {
            let mut workers = state.workers.iter();
            workers.any(|worker| worker.renewal == Renewal::Lost)
        }),
        Property::<World>::sometimes("a completion is not recorded", |_, state| {
            let record = state.record;
            let is_claimed = record.is_some_and(|record| record.state != crate::rules::State::Done);
            state.seen.acknowledged && is_claimed
        }),
    ]
}

impl Situation {
    fn keeps(&self, promise: Promise) -> bool {
        self.seen.broken != Some(promise)
    }

    fn actions_of(&self, place: usize, worker: Worker, actions: &mut Vec<Action>) {
        let left = self.left;
        match worker.step {
            Step::Idle => {
                if left.deliveries > 0 {
                    actions.push(Action::Deliver(place));
                }
                return;
            }
            Step::Handling(_) => {
                actions.push(Action::Succeed(place));
                if left.failures > 0 {
                    actions.push(Action::FailHandler(place));
                }
            }
            Step::Completing(_, Flight::Sent) if self.is_away || left.lost_answers > 0 => {
                actions.push(Action::StopCompleting(place));
            }
            _ => {}
        }
        if worker.call().is_some() {
            actions.push(match self.is_away {
                true => Action::Fail(place),
                false => Action::Execute(place),
            });
        }
        if worker.answer().is_some() {
            actions.push(Action::Read(place));
        }
        let waits = worker.call().is_some() || worker.answer().is_some();
        if waits && left.lost_answers > 0 {
            actions.push(Action::GiveUp(place));
        }
        self.renewal_of(place, worker, actions);
        if left.crashes > 0 {
            actions.push(Action::Crash(place));
        }
    }

    fn renewal_of(&self, place: usize, worker: Worker, actions: &mut Vec<Action>) {
        if worker.token().is_none() {
            return;
        }
        match worker.renewal {
            Renewal::Waiting => actions.push(Action::Renew(place)),
            Renewal::Calling(Flight::Sent) if self.is_away => {
                actions.push(Action::FailRenewal(place));
            }
            Renewal::Calling(Flight::Sent) => actions.push(Action::ExecuteRenewal(place)),
            Renewal::Calling(Flight::Answered(_)) => actions.push(Action::ReadRenewal(place)),
            Renewal::Lost => {}
        }
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

    /// Whatever has happened: a lease after the next claim, the event can be claimed, or is done.
    fn is_claimable_after_a_lease(&self, state: &Situation) -> bool {
        let claim = |record, now| self.rules.apply(record, Call::Claim, now, 0);
        let (record, _) = claim(state.record, state.now);
        let (_, answer) = claim(record, state.now + self.rules.lease);
        !matches!(answer, Answer::Busy { .. })
    }
}

impl Situation {
    fn read_renewal(&mut self, place: usize) -> Option<()> {
        let worker = *self.workers.get(place)?;
        let Renewal::Calling(Flight::Answered(answer)) = worker.renewal else {
            return None;
        };
        let renewal = match answer {
            Answer::Ours(true) => Renewal::Waiting,
            _ => {
                self.seen.lost(worker.token()?, self.record, true);
                Renewal::Lost
            }
        };
        self.workers.get_mut(place)?.renewal = renewal;
        Some(())
    }

    /// The worker's call has failed. Only a completion is repeated, which it is already.
    fn failed(&mut self, place: usize) -> Option<()> {
        match self.workers.get(place)?.step {
            Step::Completing(..) => None,
            _ => self.ends(place, Told::Again),
        }
    }

    /// The worker waits no longer. The store may carry out the call later. A claim that then gets the event is released.
    fn give_up(&mut self, place: usize) -> Option<()> {
        self.left.lost_answers -= 1;
        let worker = *self.workers.get(place)?;
        self.late.extend(worker.call());
        if let Some(Answer::Claimed { token, .. }) = worker.answer() {
            self.late.push(Call::Release(token));
        }
        match worker.step {
            Step::Completing(token, _) => {
                self.workers.get_mut(place)?.step = Step::Completing(token, Flight::Sent);
                Some(())
            }
            _ => self.ends(place, Told::Again),
        }
    }

    /// The worker has tried for the length of a lease. Since its handler has succeeded, the sender is told so.
    fn stop_completing(&mut self, place: usize) -> Option<()> {
        if !self.is_away {
            self.left.lost_answers -= 1;
            self.late.extend(self.workers.get(place)?.call());
        }
        self.ends(place, Told::Acknowledged)
    }

    fn ends(&mut self, place: usize, told: Told) -> Option<()> {
        *self.workers.get_mut(place)? = Worker::IDLE;
        self.tell(Some(told));
        Some(())
    }

    fn tell(&mut self, told: Option<Told>) {
        if told == Some(Told::Acknowledged) {
            self.seen.acknowledged();
        }
    }
}
