//! A state of the world: what can happen next, and what a worker makes of it.

use crate::{
    action::{Action, Budget},
    rules::{Answer, Call, Record, Time},
    seen::{Promise, Seen},
    worker::{Flight, Renewal, Step, Told, Worker},
};

/// A state of the world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Situation {
    /// The store's clock.
    pub now: Time,
    /// The store's record of the event.
    pub record: Option<Record>,
    pub(crate) is_away: bool,
    /// Sorted, since it does not matter which worker is which.
    pub(crate) workers: Vec<Worker>,
    /// Calls that nobody waits for any more and that the store may still carry out. Sorted.
    pub(crate) late: Vec<Call>,
    pub(crate) left: Budget,
    /// What was seen so far.
    pub seen: Seen,
}

impl Situation {
    /// Whether a promise is kept so far.
    pub(crate) fn keeps(&self, promise: Promise) -> bool {
        self.seen.broken != Some(promise)
    }

    pub(crate) fn actions_of(&self, place: usize, worker: Worker, actions: &mut Vec<Action>) {
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

impl Situation {
    pub(crate) fn read_renewal(&mut self, place: usize) -> Option<()> {
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
    pub(crate) fn failed(&mut self, place: usize) -> Option<()> {
        match self.workers.get(place)?.step {
            Step::Completing(..) => None,
            _ => self.ends(place, Told::Again),
        }
    }

    /// The worker waits no longer. The store may carry out the call later. A claim that then gets the event is released.
    pub(crate) fn give_up(&mut self, place: usize) -> Option<()> {
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
    pub(crate) fn stop_completing(&mut self, place: usize) -> Option<()> {
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

    pub(crate) fn tell(&mut self, told: Option<Told>) {
        if told == Some(Told::Acknowledged) {
            self.seen.acknowledged();
        }
    }
}
