//! A worker: the receiver's steps from a delivery to its answer, as `src/tower` and `js/src/receiver` take them.
//!
//! A worker has no clock here. It may renew, give up or be suspended at any time, so the model has every behaviour that a timer
//! could lead to, and more.

use crate::rules::{Answer, Call, Token};

/// What a worker does with its delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It has none.
    #[default]
    Idle,
    /// It waits for the answer to its claim.
    Claiming(Flight),
    /// Its handler runs.
    Handling(Token),
    /// The handler has succeeded. It waits for the store to record that, and repeats the call if that fails.
    Completing(Token, Flight),
    /// The handler has failed. It waits for the store to record that, once.
    Releasing(Token, Flight),
}

/// A call to the store on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flight {
    /// The store has not carried it out.
    Sent,
    /// The store has, and its answer is on its way.
    Answered(Answer),
}

/// The renewal of a lease, which runs beside the handler and the completion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Renewal {
    /// None is under way.
    #[default]
    Waiting,
    /// A call is on its way.
    Calling(Flight),
    /// The store has said that the claim is not this worker's. It renews no more.
    Lost,
}

/// A worker, which takes one delivery at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worker {
    /// What it does.
    pub step: Step,
    /// The renewal of its lease.
    pub renewal: Renewal,
}

/// What a worker tells the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// 200: the sender forgets the event.
    Acknowledged,
    /// 500 or 503: the sender sends it again.
    Again,
}

impl Worker {
    /// The worker with nothing to do.
    pub const IDLE: Self = Self {
        step: Step::Idle,
        renewal: Renewal::Waiting,
    };

    /// The call that the store has not carried out.
    #[must_use]
    pub const fn call(&self) -> Option<Call> {
        match self.step {
            Step::Claiming(Flight::Sent) => Some(Call::Claim),
            Step::Completing(token, Flight::Sent) => Some(Call::Complete(token)),
            Step::Releasing(token, Flight::Sent) => Some(Call::Release(token)),
            _ => None,
        }
    }

    /// The renewal that the store has not carried out.
    #[must_use]
    pub const fn renewing(&self) -> Option<Call> {
        match (self.renewal, self.token()) {
            (Renewal::Calling(Flight::Sent), Some(token)) => Some(Call::Renew(token)),
            _ => None,
        }
    }

    /// The token of the claim under which a lease is renewed.
    #[must_use]
    pub const fn token(&self) -> Option<Token> {
        match self.step {
            Step::Handling(token) | Step::Completing(token, _) => Some(token),
            _ => None,
        }
    }

    /// The answer that is on its way.
    #[must_use]
    pub const fn answer(&self) -> Option<Answer> {
        match self.step {
            Step::Claiming(Flight::Answered(answer))
            | Step::Completing(_, Flight::Answered(answer))
            | Step::Releasing(_, Flight::Answered(answer)) => Some(answer),
            _ => None,
        }
    }

    /// The worker when the store has carried out its call.
    #[must_use]
    pub const fn answered(self, answer: Answer) -> Self {
        let flight = Flight::Answered(answer);
        let step = match self.step {
            Step::Claiming(_) => Step::Claiming(flight),
            Step::Completing(token, _) => Step::Completing(token, flight),
            Step::Releasing(token, _) => Step::Releasing(token, flight),
            step => step,
        };
        Self { step, ..self }
    }

    /// The worker when it has read the answer, and what it tells the sender.
    #[must_use]
    pub const fn reads(self, answer: Answer, busy: Told) -> (Self, Option<Told>) {
        let told = match (self.step, answer) {
            (Step::Claiming(_), Answer::Claimed { token, .. }) => {
                let step = Step::Handling(token);
                return (Self { step, ..Self::IDLE }, None);
            }
            (Step::Claiming(_), Answer::Busy { .. }) => busy,
            (Step::Claiming(_), _) | (Step::Completing(..), Answer::Ours(true)) => {
                Told::Acknowledged
            }
            _ => Told::Again,
        };
        (Self::IDLE, Some(told))
    }
}
