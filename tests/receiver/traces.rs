//! What a service or a store fails with, the sender never learns: it is told to `tracing`, in the request's span.

use crate::{
    answer::send,
    delivery::{Delivery, REQUEST_ID, SECRET, malformed},
    service::{Count, Passed, Verified, doing, layer},
    stores::{Fault, Flaky},
};
use docutray_webhook::{idempotency::Memory, tower::WebhookLayer};
use std::{
    convert::Infallible,
    future, io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::sleep;
use tower::{Layer as _, Service, service_fn};
use tracing::{Instrument as _, subscriber};

/// Everything that is told in this thread, as text.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends a delivery within a span, and gives what was told meanwhile.
async fn told<S>(layer: WebhookLayer, service: S, delivery: Delivery) -> String
where
    S: Service<Verified, Response = Passed, Future: Send> + Clone + Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let told = Told::default();
    let writer = told.clone();
    let telling = tracing_subscriber::fmt().with_writer(move || writer.clone());
    let _guard = subscriber::set_default(telling.finish());
    let span = tracing::info_span!("of_the_request");
    send(&layer.layer(service), delivery.request())
        .instrument(span)
        .await;
    String::from_utf8(told.0.lock().unwrap().clone()).unwrap()
}

fn holds_all(told: &str, words: &[&str]) {
    for word in words {
        assert!(told.contains(word), "{word} is not in: {told}");
    }
    assert!(
        !told.contains(SECRET) && !told.contains("secret_of_the_payload"),
        "{told}"
    );
}

#[tokio::test]
async fn an_error_of_the_service() {
    let failing = service_fn(|_: Verified| async {
        Err::<Passed, _>(io::Error::other("the database is away"))
    });
    let told = told(layer(), failing, Delivery::of("c_1")).await;
    let key = "CONVERSION_STARTED:c_1";
    holds_all(
        &told,
        &[
            "ERROR",
            "of_the_request",
            "the service failed",
            "the database is away",
            key,
        ],
    );
}

#[tokio::test]
async fn what_the_service_says_itself() {
    let saying = doing(|_| async { tracing::info!("a word of the service") });
    let told = told(layer(), saying, Delivery::of("c_1")).await;
    holds_all(&told, &["of_the_request", "a word of the service"]);
    assert!(!told.contains("ERROR"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_store_whatever_it_was_asked() {
    let faults = [
        ("could not claim", Fault::Fails(1), Fault::None),
        ("did not answer within 5 s", Fault::Hangs, Fault::None),
        ("the idempotency store panicked", Fault::Panics, Fault::None),
        ("could not record", Fault::None, Fault::Fails(usize::MAX)),
    ];
    for (words, claim, complete) in faults {
        // A store is asked to record for as long as a lease lasts.
        let lease = Duration::from_secs(6);
        let store = Flaky::new(Memory::new().with_lease(lease).unwrap());
        store.claim_has(claim);
        store.complete_has(complete);
        let layer = layer().idempotency(store);
        let service = Count::default().service();
        let told = told(layer, service, Delivery::of("c_1")).await;
        holds_all(
            &told,
            &["ERROR", "of_the_request", "CONVERSION_STARTED:c_1", words],
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_could_not_be_renewed_and_an_event_that_could_not_be_released() {
    let store = Flaky::new(Memory::new());
    store.renew_has(Fault::Fails(1));
    store.release_has(Fault::Fails(1));
    let failing = doing(|_| async {
        sleep(Duration::from_secs(21)).await;
        panic!("a panic of the service")
    });
    let told = told(layer().idempotency(store), failing, Delivery::of("c_1")).await;
    for words in ["could not renew", "could not release"] {
        let line = told.lines().find(|line| line.contains(words)).unwrap();
        holds_all(line, &["ERROR", "of_the_request", "CONVERSION_STARTED:c_1"]);
    }
}

#[tokio::test]
async fn what_on_unfit_says_itself() {
    let keeping = layer().on_unfit(|_| async {
        tracing::info!("a word of on_unfit");
        Ok::<_, Infallible>(())
    });
    let told = told(keeping, Count::default().service(), malformed()).await;
    holds_all(&told, &["of_the_request", "a word of on_unfit"]);
}

#[tokio::test]
async fn an_error_of_who_keeps_what_does_not_fit() {
    let failing = layer().on_unfit(|_| future::ready(Err(io::Error::other("the disk is full"))));
    let told = told(failing, Count::default().service(), malformed()).await;
    holds_all(
        &told,
        &[
            "ERROR",
            "of_the_request",
            "on_unfit failed",
            REQUEST_ID,
            "the disk is full",
        ],
    );
}

#[tokio::test]
async fn why_a_body_did_not_come_whole_if_its_headers_were_authentic() {
    let service = Count::default().service();
    let cut = Delivery::of("c_1").with_body(b"{}");
    let cut = cut.and_header("content-length", "400");
    let words = [
        "WARN",
        "of_the_request",
        "did not come whole",
        "2 bytes came, but Content-Length says 400",
    ];
    holds_all(&told(layer(), service.clone(), cut.clone()).await, &words);
    let forged = cut.with_header("x-docutray-timestamp", "1");
    assert_eq!(told(layer(), service, forged).await, "");
}

#[tokio::test]
async fn nothing_where_nothing_went_wrong() {
    let keeping = layer().on_unfit(|_| future::ready(Ok::<_, Infallible>(())));
    let service = Count::default().service();
    assert_eq!(
        told(keeping.clone(), service.clone(), Delivery::of("c_1")).await,
        ""
    );
    assert_eq!(told(keeping, service, malformed()).await, "");
}
