//! An event is processed once, however often and fast it is sent, even if senders disconnect.

use crate::{
    delivery::Delivery,
    sending::send,
    service::{Count, doing, layer},
};
use docutray_webhook::{answer::Outcome, idempotency::Memory};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::JoinSet};
use tower::Layer as _;

const COPIES: u32 = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_200_concurrent_copies_one_is_processed_and_all_are_answered() {
    let commits = Count::default();
    let answered = Arc::new(Semaphore::new(0));
    let (counted, waiting) = (commits.clone(), Arc::clone(&answered));
    // Processing ends after half of the copies are answered, and before the others are.
    let receiver = layer().layer(doing(move |_| {
        let (commits, answered) = (counted.clone(), Arc::clone(&waiting));
        async move {
            answered.acquire_many(COPIES / 2).await.unwrap().forget();
            commits.add();
        }
    }));
    let mut copies = JoinSet::new();
    for _ in 0..COPIES {
        let (receiver, answered) = (receiver.clone(), Arc::clone(&answered));
        copies.spawn(async move {
            let answer = send(&receiver, Delivery::of("c_1").request()).await;
            answered.add_permits(1);
            answer
        });
    }
    let answers = copies.join_all().await;
    assert_eq!(commits.get(), 1);
    let processed = answers.iter().filter(|answer| answer.status == 202);
    assert_eq!(processed.count(), 1);
    let others = answers.iter().filter(|answer| answer.status != 202);
    let (busy, done): (Vec<_>, Vec<_>) = others.partition(|answer| answer.status == 503);
    assert!(busy.len() >= COPIES as usize / 2, "{}", busy.len());
    for answer in busy {
        let retry_after = answer.header("retry-after").unwrap().parse().unwrap();
        assert!(answer.is(&Outcome::Busy { retry_after }), "{answer:?}");
    }
    for answer in done {
        assert!(answer.is(&Outcome::Duplicate), "{answer:?}");
    }
    let retry = send(&receiver, Delivery::of("c_1").request()).await;
    assert!(retry.is(&Outcome::Duplicate), "{retry:?}");
    assert_eq!(commits.get(), 1);
}

#[tokio::test]
async fn layers_with_one_store_process_an_event_once() {
    let store = Arc::new(Memory::new());
    let count = Count::default();
    let one = layer()
        .idempotency(Arc::clone(&store))
        .layer(count.service());
    let other = layer().idempotency(store).layer(count.service());
    assert_eq!(send(&one, Delivery::of("c_1").request()).await.status, 202);
    let answer = send(&other, Delivery::of("c_1").request()).await;
    assert!(answer.is(&Outcome::Duplicate), "{answer:?}");
}

#[tokio::test]
async fn services_of_one_layer_process_an_event_once() {
    let (layer, count) = (layer(), Count::default());
    let (one, other) = (
        layer.layer(count.service()),
        layer.clone().layer(count.service()),
    );
    assert_eq!(send(&one, Delivery::of("c_1").request()).await.status, 202);
    assert_eq!(
        send(&other, Delivery::of("c_1").request()).await.status,
        200
    );
    assert_eq!(count.get(), 1);
}
