//! The worlds that are explored: how much may happen in them.
//!
//! What a world leaves out is a bound of the proof, and stands in its name.

use crate::{
    action::Budget,
    rules::{Broken, Rules, Time},
    world::World,
};

/// In ticks of the clock.
const LEASE: Time = 2;
/// More than a world lasts, even if its clock jumps: nothing is forgotten.
const FOR_EVER: Time = 100;
/// Less than the longest world lasts.
const SHORT: Time = 3;
/// More than a lease.
const JUMP: Time = 3;

/// Once of all that can go wrong, except for the loss of the store's data.
const EVERYTHING: Budget = Budget {
    ticks: 3,
    deliveries: 2,
    failures: 1,
    crashes: 1,
    lost_answers: 1,
    outages: 1,
    clock_jumps: 1,
    data_losses: 0,
};

/// Two workers, and once of all that can go wrong, except for the loss of the store's data.
#[must_use]
pub const fn everything() -> World {
    world(2, FOR_EVER, EVERYTHING)
}

/// A store that forgets the event while it is still delivered.
#[must_use]
pub const fn forgetful() -> World {
    let budget = Budget {
        ticks: 5,
        clock_jumps: 0,
        outages: 0,
        ..EVERYTHING
    };
    world(2, SHORT, budget)
}

/// A store that loses its data.
#[must_use]
pub const fn lossy() -> World {
    let budget = Budget {
        data_losses: 1,
        clock_jumps: 0,
        ..EVERYTHING
    };
    world(2, FOR_EVER, budget)
}

/// A store that loses its data, and whose clock is set back. This is more than a store can stand: nothing is left from which it could
/// make a greater token.
#[must_use]
pub const fn lossy_with_jumping_clock() -> World {
    let budget = Budget {
        data_losses: 1,
        crashes: 0,
        failures: 0,
        lost_answers: 0,
        outages: 0,
        ..EVERYTHING
    };
    world(2, FOR_EVER, budget)
}

/// A store that forgets the event, and whose clock is then set back. This is more than a store can stand, too.
#[must_use]
pub const fn forgetful_with_jumping_clock() -> World {
    let budget = Budget {
        crashes: 0,
        outages: 0,
        lost_answers: 0,
        failures: 0,
        ..EVERYTHING
    };
    world(2, SHORT, budget)
}

/// Three workers, with three deliveries.
#[must_use]
pub const fn three_workers() -> World {
    let budget = Budget {
        ticks: 4,
        deliveries: 3,
        clock_jumps: 0,
        outages: 0,
        ..EVERYTHING
    };
    world(3, FOR_EVER, budget)
}

/// All worlds in which every promise holds, with their names.
#[must_use]
pub fn all(long: bool) -> Vec<(&'static str, World)> {
    let mut all = vec![
        ("two workers, once of all that can go wrong", everything()),
        ("two workers, a store that forgets", forgetful()),
        ("three workers", three_workers()),
    ];
    if long {
        let three_deliveries = Budget {
            deliveries: 3,
            ..EVERYTHING
        };
        let jumping_clock = Budget {
            clock_jumps: 1,
            failures: 0,
            ..three_workers().budget
        };
        all.extend([
            ("two workers, a store that loses its data", lossy()),
            (
                "three workers, a clock that jumps",
                world(3, FOR_EVER, jumping_clock),
            ),
            (
                "two workers, three deliveries, once of all that can go wrong",
                world(2, FOR_EVER, three_deliveries),
            ),
        ]);
    }
    all
}

/// A world with a broken rule.
#[must_use]
pub const fn with(mut world: World, broken: Broken) -> World {
    world.rules.broken = Some(broken);
    world
}

const fn world(workers: usize, remember: Time, budget: Budget) -> World {
    let rules = Rules {
        lease: LEASE,
        remember,
        broken: None,
    };
    World {
        rules,
        workers,
        jump: JUMP,
        budget,
    }
}
