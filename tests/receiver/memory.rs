//! Tests of the store in memory only. `claims.rs` tests what every store must do.

use docutray_webhook::{
    idempotency::{Claim, Memory, Store as _},
    limits::RETRIES,
};
use std::{sync::Arc, thread, time::Duration};
use tokio::task::JoinSet;

const KEY: &str = "CONVERSION_COMPLETED:c_1";

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Claims an event, which must succeed. Returns its token and whether the event was seen before.
async fn claimed(store: &Memory, key: &str) -> (u64, bool) {
    match store.claim(key).await.unwrap() {
        Claim::Claimed { token, seen_before } => (token, seen_before),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_greater_than_all_before_it_in_any_store_of_the_process() {
    let mut last = 0;
    // Makes far more claims than microseconds pass.
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
fn no_two_threads_get_the_same_token() {
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

#[tokio::test]
async fn a_full_store_says_how_many_events_it_holds() {
    let store = Memory::new().with_limit(1).unwrap();
    claimed(&store, KEY).await;
    let full = store.claim("another").await.unwrap_err();
    assert!(
        full.to_string().contains("1 events are under way"),
        "{full}"
    );
}

#[tokio::test]
async fn of_fifty_concurrent_claims_one_gets_the_event() {
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
async fn any_two_different_texts_are_different_keys() {
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
fn invalid_times_and_limits_are_refused() {
    let memory = Memory::new;
    let faults = [
        ("lease", memory().with_lease(Duration::ZERO)),
        (
            "lease",
            memory().with_lease(seconds(3_600) + Duration::from_nanos(1)),
        ),
        (
            "remember",
            memory().with_remember(RETRIES - Duration::from_nanos(1)),
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
async fn the_longest_remember_and_the_longest_lease_work() {
    let store = Memory::new()
        .with_remember(seconds(10 * 366 * 86_400))
        .unwrap();
    let store = store.with_lease(seconds(3_600)).unwrap();
    let (token, _) = claimed(&store, KEY).await;
    assert!(store.complete(KEY, token).await.unwrap());
    assert_eq!(store.claim(KEY).await.unwrap(), Claim::Done);
}

#[tokio::test]
async fn debug_shows_the_limits_and_how_many_events_there_are() {
    let store = Memory::new().with_lease(seconds(7)).unwrap();
    claimed(&store, KEY).await;
    let shown = format!("{store:?}");
    for expected in [
        "lease: 7s",
        "remember: 86400s",
        "limit: 100000",
        "events: 1",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(!shown.contains(KEY), "{shown}");
}
