//! Promise: the model keeps what it promises, and finds each rule that is broken.

use docutray_webhook_model::{
    action::Budget, explored::Explored, rules::Broken, world::World, worlds,
};

/// A world that is explored in no time, though each broken rule shows in it.
fn small() -> World {
    let world = worlds::everything();
    let budget = Budget {
        crashes: 0,
        outages: 0,
        ..world.budget
    };
    World { budget, ..world }
}

#[track_caller]
fn broken(world: World) -> Vec<&'static str> {
    let broken = Explored::new(world).broken;
    broken.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_promise_holds_in_a_small_world() {
    let explored = Explored::new(small());
    assert!(explored.is_as_promised(), "{}", explored.differences());
}

#[test]
fn each_broken_rule_is_found() {
    let rules = [
        (
            Broken::CompleteTakesAnyToken,
            "only the latest claim counts",
        ),
        (Broken::ReleaseTakesAnyToken, "only the latest claim counts"),
        (Broken::RenewTakesAnyToken, "only the latest claim counts"),
        (
            Broken::DoneIsClaimedAgain,
            "none is processed after it was completed",
        ),
        (Broken::DoneWhenClaimed, "no event is lost"),
        (Broken::LeaseIsIgnored, "leases exclude each other"),
        (
            Broken::LeaseNeverEnds,
            "an event that nobody has can be claimed after a lease",
        ),
        (
            Broken::LeaseOutlastsTheClock,
            "an event that nobody has can be claimed after a lease",
        ),
        (Broken::TokenStartsAgain, "tokens grow"),
        (
            Broken::CompletionIsNotRepeatable,
            "no lease is lost in vain",
        ),
        (Broken::BusyIsAcknowledged, "no event is lost"),
        (Broken::CompletedBeforeHandled, "no event is lost"),
    ];
    for (rule, promise) in rules {
        let found = broken(worlds::with(small(), rule));
        assert!(found.contains(&promise), "{rule:?}: {found:?}");
    }
}

#[test]
fn tokens_may_repeat_only_if_the_record_is_gone_and_the_clock_was_set_back() {
    // SECURITY.md says so.
    assert_eq!(broken(worlds::lossy_with_jumping_clock()), ["tokens grow"]);
    let forgotten = broken(worlds::forgetful_with_jumping_clock());
    assert!(forgotten.contains(&"tokens grow"), "{forgotten:?}");
}
