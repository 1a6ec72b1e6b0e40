//! What has to hold in every situation of a world, and what has to happen somewhere.

use crate::{
    rules::{Answer, Call, State},
    seen::{PROMISES, Promise},
    situation::Situation,
    worker::Renewal,
    world::World,
};
use stateright::Property;

/// All properties of a world.
pub(crate) fn properties() -> Vec<Property<World>> {
    let mut properties: Vec<_> = PROMISES
        .into_iter()
        .map(|(promise, name)| Property::<World>::always(name, condition(promise)))
        .collect();
    properties.push(Property::<World>::always(
        "an event that nobody has can be claimed after a lease",
        is_claimable_after_a_lease,
    ));
    properties.extend(reached());
    properties
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
            let is_claimed = record.is_some_and(|record| record.state != State::Done);
            state.seen.acknowledged && is_claimed
        }),
    ]
}

/// Whatever has happened: a lease after the next claim, the event can be claimed, or is done.
fn is_claimable_after_a_lease(world: &World, state: &Situation) -> bool {
    let claim = |record, now| world.rules.apply(record, Call::Claim, now, 0);
    let (record, _) = claim(state.record, state.now);
    let (_, answer) = claim(record, state.now + world.rules.lease);
    !matches!(answer, Answer::Busy { .. })
}
