//! The store in memory, by itself: what every store has to do.

use docutray_webhook::idempotency::{Claim, Memory, Store as _};
use std::{sync::Arc, thread, time::Duration};
use tokio::{task::JoinSet, time::advance};

const KEY: &str = "CONVERSION_COMPLETED:c_1";
/// The least that a store remembers.
const REMEMBER: Duration = Duration::from_secs(4_890);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The token of a claim that has to succeed, and whether its event was seen before.
async fn claimed(store: &Memory, key: &str) -> (u64, bool) {
    match store.claim(key).await.unwrap() {
        Claim::Claimed { token, seen_before } => (token, seen_before),
        other => panic!("{other:?}"),
    }
}

async fn nothing_changes(store: &Memory, key: &str, token: u64) {
    let before = store.claim(key).await.unwrap();
    assert!(!matches!(before, Claim::Claimed { .. }), "{before:?}");
    assert!(!store.renew(key, token).await.unwrap(), "renew");
    assert!(!store.complete(key, token).await.unwrap(), "complete");
    assert!(!store.release(key, token).await.unwrap(), "release");
    assert_eq!(store.claim(key).await.unwrap(), before);
}

#[tokio::test(start_paused = true)]
async fn a_claim_holds_until_its_lease_ends() {
    let store = Memory::new();
    let (token, seen_before) = claimed(&store, KEY).await;
    assert!(!seen_before);
    advance(seconds(20)).await;
    let busy = Claim::Busy {
        retry_after: seconds(40),
    };
    assert_eq!(store.claim(KEY).await.unwrap(), busy);
    advance(seconds(40)).await;
    let (next, seen_before) = claimed(&store, KEY).await;
    assert!(next > token && seen_before);
    nothing_changes(&store, KEY, token).await;
}

#[tokio::test(start_paused = true)]
async fn renewed_it_holds_again_as_long() {
    let store = Memory::new();
    let (token, _) = claimed(&store, KEY).await;
    for _ in 0..5 {
        advance(seconds(59)).await;
        assert!(store.renew(KEY, token).await.unwrap());
    }
    let busy = Claim::Busy {
        retry_after: seconds(60),
    };
    assert_eq!(store.claim(KEY).await.unwrap(), busy);
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_has_ended_but_that_nobody_took_is_still_its_owner_s() {
    let store = Memory::new();
    for key in ["renew", "complete", "release"] {
        let (token, _) = claimed(&store, key).await;
        advance(seconds(61)).await;
        let is_ours = match key {
            "renew" => store.renew(key, token).await,
            "complete" => store.complete(key, token).await,
            _ => store.release(key, token).await,
        };
        assert!(is_ours.unwrap(), "{key}");
    }
    assert!(
        matches!(store.claim("renew").await.unwrap(), Claim::Claimed { .. }),
        "60 s later"
    );
    assert_eq!(store.claim("complete").await.unwrap(), Claim::Done);
    assert!(claimed(&store, "release").await.1);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_done_and_can_be_said_twice() {
    let store = Memory::new();
    let (token, _) = claimed(&store, KEY).await;
    assert!(store.complete(KEY, token).await.unwrap());
    assert_eq!(store.claim(KEY).await.unwrap(), Claim::Done);
    assert!(store.complete(KEY, token).await.unwrap());
    assert!(!store.complete(KEY, token + 1).await.unwrap());
    assert!(!store.renew(KEY, token).await.unwrap());
    assert!(!store.release(KEY, token).await.unwrap());
    assert_eq!(store.claim(KEY).await.unwrap(), Claim::Done);
}

#[tokio::test(start_paused = true)]
async fn what_was_released_is_nobody_s_until_it_is_claimed() {
    let store = Memory::new();
    let (token, _) = claimed(&store, KEY).await;
    assert!(store.release(KEY, token).await.unwrap());
    assert!(!store.renew(KEY, token).await.unwrap());
    assert!(!store.complete(KEY, token).await.unwrap());
    assert!(!store.release(KEY, token).await.unwrap());
    let (next, seen_before) = claimed(&store, KEY).await;
    assert!(next > token && seen_before);
}

#[tokio::test(start_paused = true)]
async fn without_the_token_nothing_changes() {
    let store = Memory::new();
    let (token, _) = claimed(&store, KEY).await;
    for wrong in [0, 1, token - 1, token + 1, u64::MAX] {
        nothing_changes(&store, KEY, wrong).await;
    }
    assert!(store.complete(KEY, token).await.unwrap());
    let nobody_s = "CONVERSION_COMPLETED:c_2";
    assert!(!store.complete(nobody_s, token).await.unwrap());
    assert!(!claimed(&store, nobody_s).await.1);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_greater_than_any_before_of_whichever_store_of_the_process() {
    let mut last = 0;
    // Far more claims than microseconds pass.
    let stores = [Memory::new(), Memory::new(), Memory::new()];
    for number in 0..1_000 {
        for store in &stores {
            let (token, _) = claimed(store, &number.to_string()).await;
            assert!(token > last && token < 1 << 53, "{token} after {last}");
            last = token;
        }
    }
    let (token, _) = claimed(&Memory::new(), KEY).await;
    assert!(token > last, "{token} of a new store after {last}");
}

#[test]
fn no_two_threads_get_one_token() {
    let claiming = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(async {
            let store = Memory::new();
            let mut tokens = Vec::new();
            for number in 0..1_000 {
                tokens.push(claimed(&store, &number.to_string()).await.0);
            }
            tokens
        })
    };
    let mut tokens = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(claiming)).collect();
        let tokens = threads.into_iter().map(|thread| thread.join().unwrap());
        tokens.collect::<Vec<_>>()
    });
    assert!(
        tokens
            .iter()
            .all(|tokens| tokens.is_sorted_by(|one, next| one < next))
    );
    let mut all: Vec<_> = tokens.drain(..).flatten().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 4_000);
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_is_remembered_as_long_as_was_asked_then_forgotten() {
    let store = Memory::new().with_remember(REMEMBER).unwrap();
    let (done, _) = claimed(&store, "done").await;
    let (released, _) = claimed(&store, "released").await;
    advance(seconds(50)).await;
    assert!(store.complete("done", done).await.unwrap());
    assert!(store.release("released", released).await.unwrap());
    advance(REMEMBER - seconds(1)).await;
    assert_eq!(store.claim("done").await.unwrap(), Claim::Done);
    let (again, seen_before) = claimed(&store, "released").await;
    assert!(again > released && seen_before);
    assert!(store.release("released", again).await.unwrap());
    advance(seconds(1)).await;
    let (anew, seen_before) = claimed(&store, "done").await;
    assert!(anew > done && !seen_before);
    advance(REMEMBER).await;
    assert!(!claimed(&store, "released").await.1);
}

#[tokio::test(start_paused = true)]
async fn a_day_is_remembered_unless_another_time_was_asked_for() {
    let store = Memory::new();
    let (token, _) = claimed(&store, KEY).await;
    assert!(store.complete(KEY, token).await.unwrap());
    advance(seconds(86_399)).await;
    assert_eq!(store.claim(KEY).await.unwrap(), Claim::Done);
    advance(seconds(1)).await;
    assert!(!claimed(&store, KEY).await.1);
}

#[tokio::test(start_paused = true)]
async fn what_was_released_and_is_held_again_is_not_forgotten() {
    let store = Memory::new().with_remember(REMEMBER).unwrap();
    let (released, _) = claimed(&store, KEY).await;
    assert!(store.release(KEY, released).await.unwrap());
    let (token, _) = claimed(&store, KEY).await;
    advance(REMEMBER + seconds(1)).await;
    claimed(&store, "another").await;
    assert!(store.renew(KEY, token).await.unwrap());
    let claim = store.claim(KEY).await.unwrap();
    assert!(matches!(claim, Claim::Busy { .. }), "{claim:?}");
}

#[tokio::test(start_paused = true)]
async fn beyond_its_limit_it_forgets_what_has_ended_longest_ago_and_nothing_under_way() {
    let store = Memory::new().with_limit(3).unwrap();
    for key in ["first", "second"] {
        let (token, _) = claimed(&store, key).await;
        advance(seconds(1)).await;
        assert!(store.complete(key, token).await.unwrap());
    }
    claimed(&store, "held").await;
    claimed(&store, "new").await;
    assert_eq!(store.claim("second").await.unwrap(), Claim::Done);
    assert!(matches!(
        store.claim("held").await.unwrap(),
        Claim::Busy { .. }
    ));
    assert!(
        !claimed(&store, "first").await.1,
        "it was forgotten, and takes the place of the second"
    );

    let full = store.claim("another").await.unwrap_err();
    assert!(
        full.to_string().contains("3 events are under way"),
        "{full}"
    );
    advance(seconds(60)).await;
    claimed(&store, "another").await;
}

#[tokio::test]
async fn of_fifty_at_once_one_gets_a_key() {
    let store = Arc::new(Memory::new());
    let mut claims = JoinSet::new();
    for _ in 0..50 {
        let store = Arc::clone(&store);
        claims.spawn(async move { store.claim(KEY).await.unwrap() });
    }
    let claims = claims.join_all().await;
    let claimed = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::Claimed { .. }));
    assert_eq!(claimed.count(), 1);
}

#[tokio::test]
async fn a_key_is_any_text_and_no_two_are_the_same() {
    let store = Memory::new();
    let long = "x".repeat(5_000);
    let keys = [
        "",
        "\0",
        "a",
        "a\0",
        "A",
        "a ",
        " a",
        "é",
        "e\u{301}",
        &long,
        &format!("{long}y"),
    ];
    for key in keys {
        let (token, seen_before) = claimed(&store, key).await;
        assert!(!seen_before, "{key:?}");
        assert!(store.complete(key, token).await.unwrap());
    }
}

#[test]
fn times_and_limits_that_cannot_work_are_refused() {
    let memory = Memory::new;
    let faults = [
        ("lease", memory().with_lease(Duration::ZERO)),
        (
            "lease",
            memory().with_lease(seconds(3_600) + Duration::from_nanos(1)),
        ),
        (
            "remember",
            memory().with_remember(REMEMBER - Duration::from_nanos(1)),
        ),
        ("limit", memory().with_limit(0)),
    ];
    for (option, store) in faults {
        let error = store.unwrap_err();
        assert_eq!(
            (error.code().as_str(), error.field()),
            ("invalid_config", Some(option))
        );
    }
    assert_eq!(memory().lease(), seconds(60));
}

#[tokio::test]
async fn the_longest_memory_and_the_longest_lease_work() {
    let store = Memory::new()
        .with_remember(seconds(10 * 366 * 86_400))
        .unwrap();
    let store = store.with_lease(seconds(3_600)).unwrap();
    let (token, _) = claimed(&store, KEY).await;
    assert!(store.complete(KEY, token).await.unwrap());
    assert_eq!(store.claim(KEY).await.unwrap(), Claim::Done);
}
