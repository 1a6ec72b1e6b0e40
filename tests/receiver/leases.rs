//! A claim holds as long as its worker does, and no longer: the fencing token decides.

use crate::{
    answer::{Answer, send},
    delivery::Delivery,
    service::{Count, Passed, Verified, accepted, doing, layer, lease},
    stores::{Fault, Flaky},
};
use ::http::Response;
use docutray_webhook::{
    answer::Outcome,
    idempotency::{Claim, Memory, MemoryFull, Store},
    tower::Lease,
};
use std::{
    convert::Infallible,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};
use tower::{Layer as _, Service, service_fn};

const LEASE: Duration = Duration::from_secs(6);
const ALWAYS: usize = usize::MAX;

fn store() -> Arc<Flaky> {
    Flaky::new(Memory::new().with_lease(LEASE).unwrap())
}

/// Each worker takes as long as the next of these seconds says, and keeps its lease to look at.
fn working(
    seconds: &[u64],
) -> (
    impl Service<Verified, Response = Passed, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static,
    Arc<Mutex<Vec<Lease>>>,
) {
    let leases = Arc::new(Mutex::new(Vec::new()));
    let (seen, seconds) = (Arc::clone(&leases), seconds.to_vec());
    let service = doing(move |lease| {
        let mut leases = seen.lock().unwrap();
        let time = Duration::from_secs(seconds[leases.len()]);
        leases.push(lease);
        sleep(time)
    });
    (service, leases)
}

/// Sends the same delivery.
fn sending<S, B>(service: &S) -> JoinHandle<Answer>
where
    S: Service<Verified, Response = Response<B>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
    B: http_body::Body<Data: Send, Error: std::fmt::Debug> + Send,
{
    let service = service.clone();
    tokio::spawn(async move { send(&service, Delivery::of("c_1").request()).await })
}

#[tokio::test(start_paused = true)]
async fn a_worker_whose_lease_has_ended_cannot_complete_what_another_has() {
    let store = store();
    store.renew_has(Fault::Fails(ALWAYS));
    let (service, leases) = working(&[10, 5]);
    let receiver = layer().idempotency(store).layer(service);
    let late = sending(&receiver);
    sleep(LEASE + Duration::from_secs(1)).await;
    let heir = sending(&receiver);

    let answer = late.await.unwrap();
    assert!(
        answer.is(&Outcome::LeaseLost { retry_after: 6 }),
        "{answer:?}"
    );
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("6"))
    );
    assert_eq!(heir.await.unwrap().status, 202);
    let retry = sending(&receiver).await.unwrap();
    assert!(retry.is(&Outcome::Duplicate), "{retry:?}");

    let leases = leases.lock().unwrap();
    let (late, heir) = (&leases[0], &leases[1]);
    assert!(late.token() < heir.token());
    assert_eq!((late.seen_before(), heir.seen_before()), (false, true));
}

#[tokio::test(start_paused = true)]
async fn a_worker_learns_that_another_has_its_event() {
    let store = store();
    // Those at 2, 4 and 6 s.
    store.renew_has(Fault::Fails(3));
    let start = Instant::now();
    let stopped = Arc::new(Mutex::new(Vec::new()));
    let stops = Arc::clone(&stopped);
    let receiver = layer().idempotency(store).layer(doing(move |lease| {
        let stops = Arc::clone(&stops);
        async move {
            if !lease.seen_before() {
                lease.lost().await;
                stops.lock().unwrap().push(start.elapsed().as_secs());
            } else if timeout(LEASE, lease.lost()).await.is_ok() {
                stops.lock().unwrap().push(0);
            }
        }
    }));
    let late = sending(&receiver);
    sleep(LEASE + Duration::from_secs(1)).await;
    let heir = sending(&receiver);
    assert_eq!(late.await.unwrap().member("code"), "lease_lost");
    assert_eq!(heir.await.unwrap().status, 202);
    assert_eq!(
        *stopped.lock().unwrap(),
        [8],
        "at the first renewal that was answered"
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_whose_event_nobody_else_had_never_learns_of_one() {
    let (service, leases) = working(&[10]);
    let receiver = layer().idempotency(store()).layer(service);
    assert_eq!(sending(&receiver).await.unwrap().status, 202);
    let lease = leases.lock().unwrap().remove(0);
    assert!(timeout(10 * LEASE, lease.lost()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_lease_outlives_a_store_that_is_away_for_a_while() {
    for fault in [Fault::Fails(2), Fault::Takes(Duration::from_secs(3))] {
        let store = store();
        store.renew_has(fault);
        let (service, _) = working(&[20, 20]);
        let receiver = layer().idempotency(store).layer(service);
        let worker = sending(&receiver);
        for _ in 0..9 {
            sleep(Duration::from_secs(2)).await;
            assert_eq!(
                sending(&receiver).await.unwrap().member("code"),
                "busy",
                "{fault:?}"
            );
        }
        assert_eq!(worker.await.unwrap().status, 202);
    }
}

#[tokio::test(start_paused = true)]
async fn a_lease_outlives_a_store_that_panics() {
    let store = store();
    store.renew_has(Fault::Panics);
    let (service, _) = working(&[20, 20]);
    let receiver = layer().idempotency(store.clone()).layer(service);
    let worker = sending(&receiver);
    sleep(Duration::from_secs(3)).await;
    store.renew_has(Fault::None);
    for _ in 0..8 {
        sleep(Duration::from_secs(2)).await;
        assert_eq!(sending(&receiver).await.unwrap().member("code"), "busy");
    }
    assert_eq!(worker.await.unwrap().status, 202);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_processed_is_the_next_delivery_s_at_once() {
    let tokens = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&tokens);
    let receiver = layer().layer(service_fn(move |request: Verified| {
        let lease = lease(&request);
        let mut tokens = seen.lock().unwrap();
        assert_eq!(lease.seen_before(), !tokens.is_empty());
        tokens.push(lease.token());
        let tries = tokens.len();
        async move {
            match tries {
                1 => Err(io::Error::other("the database is away")),
                2 => panic!("a panic of the service"),
                3 => Ok(Response::builder().status(404).body("".into()).unwrap()),
                _ => Ok(accepted()),
            }
        }
    }));
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(send(&receiver, Delivery::of("c_1").request()).await.status);
    }
    assert_eq!(statuses, [500, 500, 404, 202, 200]);
    let tokens = tokens.lock().unwrap();
    assert!(tokens.is_sorted_by(|one, next| one < next), "{tokens:?}");
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_released_is_free_when_its_lease_has_ended() {
    for fault in [Fault::Fails(1), Fault::Hangs, Fault::Panics] {
        let store = store();
        store.release_has(fault);
        let count = Count::default();
        let counted = count.clone();
        let receiver = layer().idempotency(store).layer(doing(move |_| {
            let first = counted.add() == 0;
            async move { assert!(!first, "a panic of the service") }
        }));
        assert_eq!(sending(&receiver).await.unwrap().status, 500);
        assert_eq!(sending(&receiver).await.unwrap().status, 503, "{fault:?}");
        sleep(LEASE).await;
        assert_eq!(sending(&receiver).await.unwrap().status, 202);
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_came_too_late_is_given_back() {
    let store = store();
    store.claim_has(Fault::Takes(Duration::from_secs(10)));
    let (service, leases) = working(&[0]);
    let receiver = layer().idempotency(store.clone()).layer(service);
    let start = Instant::now();
    let answer = sending(&receiver).await.unwrap();
    assert!(answer.is(&Outcome::StoreUnavailable), "{answer:?}");
    assert_eq!(start.elapsed().as_secs(), 5);
    store.claim_has(Fault::None);
    // The claim was made at 10 s; its lease would last until 16.
    sleep(Duration::from_secs(6)).await;
    assert_eq!(sending(&receiver).await.unwrap().status, 202);
    assert!(leases.lock().unwrap()[0].seen_before());
}

#[tokio::test(start_paused = true)]
async fn what_was_processed_is_recorded_as_soon_as_the_store_is_back() {
    let store = store();
    store.complete_has(Fault::Fails(4));
    let (service, leases) = working(&[1]);
    let receiver = layer().idempotency(store).layer(service);
    assert_eq!(sending(&receiver).await.unwrap().status, 202);
    assert_eq!(sending(&receiver).await.unwrap().status, 200);
    assert_eq!(leases.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_processed_is_recorded_though_the_store_panicked() {
    let store = store();
    store.complete_has(Fault::Panics);
    let (service, leases) = working(&[1]);
    let receiver = layer().idempotency(store.clone()).layer(service);
    let worker = sending(&receiver);
    sleep(Duration::from_secs(2)).await;
    store.complete_has(Fault::None);
    assert_eq!(worker.await.unwrap().status, 202);
    assert_eq!(sending(&receiver).await.unwrap().status, 200);
    assert_eq!(leases.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lease_without_an_end_is_a_lease() {
    /// Another worker has an event until it says so.
    struct Forever(Memory);
    impl Store for Forever {
        type Error = MemoryFull;

        fn lease(&self) -> Duration {
            Duration::MAX
        }

        async fn claim(&self, key: &str) -> Result<Claim, MemoryFull> {
            self.0.claim(key).await
        }

        async fn renew(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.renew(key, token).await
        }

        async fn complete(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.complete(key, token).await
        }

        async fn release(&self, key: &str, token: u64) -> Result<bool, MemoryFull> {
            self.0.release(key, token).await
        }
    }
    let (service, _) = working(&[1]);
    let receiver = layer().idempotency(Forever(Memory::new())).layer(service);
    assert_eq!(sending(&receiver).await.unwrap().status, 202);
    assert_eq!(sending(&receiver).await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn what_could_never_be_recorded_was_processed_all_the_same() {
    for fault in [Fault::Fails(ALWAYS), Fault::Hangs] {
        let store = store();
        store.complete_has(fault);
        let (service, leases) = working(&[1, 1]);
        let receiver = layer().idempotency(store.clone()).layer(service);
        let start = Instant::now();
        assert_eq!(sending(&receiver).await.unwrap().status, 202);
        assert!(
            start.elapsed() <= Duration::from_secs(1) + 2 * LEASE,
            "{:?}",
            start.elapsed()
        );
        store.complete_has(Fault::None);
        sleep(LEASE).await;
        assert_eq!(sending(&receiver).await.unwrap().status, 202);
        assert!(leases.lock().unwrap()[1].seen_before());
    }
}
