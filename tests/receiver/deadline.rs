//! Docutray waits 30 s: what takes longer is answered in time, and goes on.

use crate::{
    answer::send,
    chunks::{Fed, Slow},
    delivery::Delivery,
    service::{Count, doing, layer},
    stores::{Fault, Flaky},
};
use bytes::Bytes;
use docutray_webhook::{answer::Outcome, idempotency::Memory};
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};
use tower::Layer as _;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn what_takes_longer_is_answered_503_and_its_retry_200_when_it_has_ended() {
    let count = Count::default();
    let counted = count.clone();
    let receiver = layer().layer(doing(move |_| {
        let count = counted.clone();
        async move {
            // Twice the lease, which is renewed.
            sleep(seconds(150)).await;
            count.add();
        }
    }));
    let retry = async || send(&receiver, Delivery::of("c_1").request()).await;
    let start = Instant::now();
    let first = retry().await;
    assert_eq!(start.elapsed().as_secs(), 25);
    assert!(first.is(&Outcome::Late { retry_after: 60 }), "{first:?}");
    assert_eq!(
        (first.status, first.header("retry-after")),
        (503, Some("60"))
    );
    // As Docutray does.
    for (time, status) in [(30, 503), (90, 503), (149, 503), (151, 200)] {
        sleep_until(start + seconds(time)).await;
        let answer = retry().await;
        assert_eq!(answer.status, status, "after {time} s: {answer:?}");
    }
    assert!(retry().await.is(&Outcome::Duplicate));
    assert_eq!(count.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_fails_after_the_deadline_is_processed_again() {
    let count = Count::default();
    let counted = count.clone();
    let receiver = layer().layer(doing(move |lease| {
        let first = counted.add() == 0;
        assert_eq!(lease.seen_before(), !first);
        async move {
            if first {
                sleep(seconds(40)).await;
                panic!("a panic of the service");
            }
        }
    }));
    let first = send(&receiver, Delivery::of("c_1").request()).await;
    assert_eq!(first.member("code"), "deadline_exceeded");
    sleep(seconds(20)).await;
    assert_eq!(
        send(&receiver, Delivery::of("c_1").request()).await.status,
        202
    );
    assert_eq!(count.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_yours_below_the_30_seconds_of_docutray() {
    let with = |deadline| {
        layer()
            .deadline(deadline)
            .map(|layer| layer.layer(doing(|_| sleep(seconds(60)))))
    };
    for right in [
        Duration::from_millis(1),
        seconds(10),
        Duration::from_millis(29_999),
    ] {
        let start = Instant::now();
        let answer = send(&with(right).unwrap(), Delivery::of("c_1").request()).await;
        assert_eq!((answer.status, start.elapsed()), (503, right));
    }
    for wrong in [Duration::ZERO, seconds(30), Duration::MAX] {
        let error = with(wrong).err().unwrap();
        assert_eq!(
            (error.code().as_str(), error.field()),
            ("invalid_config", Some("deadline"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_takes_its_time_takes_it_from_the_deadline() {
    let receiver = layer().layer(doing(|_| sleep(seconds(60))));
    let start = Instant::now();
    let slow = async {
        sleep(seconds(10)).await;
        Delivery::of("c_1").body
    };
    let body = Slow::new(slow);
    let answer = send(&receiver, Delivery::of("c_1").request_of(body)).await;
    assert_eq!((answer.status, start.elapsed().as_secs()), (503, 25));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stalls_is_given_up_at_the_deadline() {
    let count = Count::default();
    let receiver = layer().deadline(seconds(20)).unwrap();
    let receiver = receiver.layer(count.service());
    // With nothing of it, and with all but its end.
    for came in [&b""[..], &Delivery::of("c_1").body] {
        let (feeder, body) = Fed::new();
        feeder.send(Bytes::copy_from_slice(came)).unwrap();
        let start = Instant::now();
        let answer = send(&receiver, Delivery::of("c_1").request_of(body)).await;
        assert!(answer.is(&Outcome::BodyTimeout), "{answer:?}");
        assert_eq!((answer.status, start.elapsed().as_secs()), (408, 20));
        assert!(feeder.is_closed(), "the body is held no longer");
    }
    assert_eq!(count.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_drips_is_given_up_at_the_deadline() {
    let (feeder, body) = Fed::new();
    let dripping = tokio::spawn(async move {
        while feeder.send(Bytes::from_static(b" ")).is_ok() {
            sleep(seconds(1)).await;
        }
    });
    let start = Instant::now();
    let receiver = layer().layer(Count::default().service());
    let answer = send(&receiver, Delivery::of("c_1").request_of(body)).await;
    assert!(answer.is(&Outcome::BodyTimeout), "{answer:?}");
    assert_eq!(start.elapsed().as_secs(), 25);
    dripping.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_processed_but_not_yet_recorded_at_the_deadline_counts_as_processed() {
    let store = Flaky::new(Memory::new());
    store.complete_has(Fault::Fails(8));
    let receiver = layer()
        .idempotency(store)
        .layer(doing(|_| sleep(seconds(20))));
    let start = Instant::now();
    let answer = send(&receiver, Delivery::of("c_1").request()).await;
    assert!(answer.is(&Outcome::Processed), "{answer:?}");
    assert_eq!((answer.status, start.elapsed().as_secs()), (200, 25));
    sleep(seconds(20)).await;
    let retry = send(&receiver, Delivery::of("c_1").request()).await;
    assert!(retry.is(&Outcome::Duplicate), "{retry:?}");
}

#[tokio::test(start_paused = true)]
async fn a_store_is_waited_for_until_the_deadline_and_a_second_at_least() {
    for (deadline, waited) in [(20, 5), (2, 2)] {
        let store = Flaky::new(Memory::new());
        store.claim_has(Fault::Hangs);
        let layer = layer().idempotency(store);
        let layer = layer.deadline(seconds(deadline)).unwrap();
        let start = Instant::now();
        let answer = send(
            &layer.layer(doing(|_| async {})),
            Delivery::of("c_1").request(),
        )
        .await;
        assert!(answer.is(&Outcome::StoreUnavailable), "{answer:?}");
        assert_eq!(start.elapsed().as_secs(), waited);
    }
}
