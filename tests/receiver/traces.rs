//! Failures of a service or a store are logged to `tracing`, in the request's span, and never sent to the sender.

use crate::{
    chunks::Slow,
    delivery::{Delivery, EVENT, REQUEST_ID, SECRET, URL, malformed},
    sending::send,
    service::{Count, Passed, Verified, doing, layer},
    stores::{Fault, Flaky},
    telling,
};
use docutray_webhook::{Verifier, idempotency::Memory, tower::WebhookLayer};
use std::{
    convert::Infallible,
    future::{self, poll_fn},
    io,
    task::Poll,
    time::Duration,
};
use tokio::time::{advance, sleep};
use tower::{Layer as _, Service, ServiceExt as _, service_fn};
use tracing::Instrument as _;

/// Sends a delivery within a span. Returns what was logged meanwhile.
async fn told<S>(layer: WebhookLayer, service: S, delivery: Delivery) -> String
where
    S: Service<Verified, Response = Passed, Future: Send> + Clone + Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    telling::listen();
    let span = tracing::info_span!("of_the_request");
    send(&layer.layer(service), delivery.request())
        .instrument(span)
        .await;
    telling::told()
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
async fn an_error_of_the_service_is_logged() {
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
async fn the_service_s_own_logs_are_in_the_span() {
    let saying = doing(|_| async { tracing::info!("a word of the service") });
    let told = told(layer(), saying, Delivery::of("c_1")).await;
    holds_all(&told, &["of_the_request", "a word of the service"]);
    assert!(!told.contains("ERROR"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_each_call_to_the_store_is_logged() {
    let faults = [
        ("could not claim", Fault::Fails(1), Fault::None),
        ("did not answer within 5 s", Fault::Hangs, Fault::None),
        ("the idempotency store panicked", Fault::Panics, Fault::None),
        ("could not record", Fault::None, Fault::Fails(usize::MAX)),
    ];
    for (words, claim, complete) in faults {
        // The layer tries to record for the length of a lease.
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
async fn failures_to_renew_and_to_release_are_logged() {
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
async fn the_logs_of_on_unfit_are_in_the_span() {
    let keeping = layer().on_unfit(|_| async {
        tracing::info!("a word of on_unfit");
        Ok::<_, Infallible>(())
    });
    let told = told(keeping, Count::default().service(), malformed()).await;
    holds_all(&told, &["of_the_request", "a word of on_unfit"]);
}

#[tokio::test]
async fn an_error_of_on_unfit_is_logged() {
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
async fn the_reason_of_an_incomplete_body_is_logged() {
    let cut = Delivery::of("c_1").with_body(b"{}");
    let cut = cut.and_header("content-length", "400");
    let told = told(layer(), Count::default().service(), cut).await;
    holds_all(
        &told,
        &[
            "WARN",
            "of_the_request",
            "a delivery was refused",
            "incomplete_body",
            "2 bytes came, but Content-Length says 400",
        ],
    );
}

#[tokio::test]
async fn a_sender_that_disconnects_during_its_body_is_logged() {
    telling::listen();
    let receiver = layer().layer(Count::default().service());
    let stuck = Delivery::of("c_1").request_of(Slow::new(future::pending()));
    let mut request = Box::pin(receiver.oneshot(stuck));
    let is_pending = poll_fn(|context| Poll::Ready(request.as_mut().poll(context).is_pending()));
    assert!(is_pending.await);
    drop(request);
    holds_all(
        &telling::told(),
        &["WARN", "incomplete_body", "was given up"],
    );
}

#[tokio::test(start_paused = true)]
async fn one_refusal_a_minute_of_each_code_is_logged_with_the_number_of_others() {
    telling::listen();
    let receiver = layer().layer(Count::default().service());
    let refused = async |code: &str, delivery: Delivery| {
        let answer = send(&receiver, delivery.request()).await;
        assert_eq!(answer.member("code"), code);
        telling::told()
    };
    let tampered = || Delivery::of("c_1").with_body(b"{}");
    let untyped = || Delivery::of("c_1").without_header("content-type");
    let first = refused("signature_mismatch", tampered()).await;
    holds_all(&first, &["WARN", "signature_mismatch", "untold=0"]);
    for _ in 0..100 {
        assert_eq!(refused("signature_mismatch", tampered()).await, "");
    }
    let other = refused("unsupported_media_type", untyped()).await;
    holds_all(&other, &["WARN", "unsupported_media_type", "untold=0"]);
    advance(Duration::from_millis(59_999)).await;
    assert_eq!(refused("signature_mismatch", tampered()).await, "");
    advance(Duration::from_millis(1)).await;
    let next = refused("signature_mismatch", tampered()).await;
    holds_all(&next, &["WARN", "signature_mismatch", "untold=101"]);
    assert_eq!(next.lines().count(), 1, "{next}");
    let other = refused("unsupported_media_type", untyped()).await;
    holds_all(&other, &["untold=0"]);
}

#[tokio::test]
async fn every_authentic_delivery_that_does_not_fit_is_logged() {
    telling::listen();
    let keeping = layer().on_unfit(|_| future::ready(Ok::<_, Infallible>(())));
    for (layer, status) in [(layer(), 400), (keeping, 200)] {
        let receiver = layer.layer(Count::default().service());
        for _ in 0..3 {
            let answer = send(&receiver, malformed().request()).await;
            assert_eq!(answer.status, status);
            let told = telling::told();
            holds_all(
                &told,
                &[
                    "WARN",
                    "malformed_payload",
                    EVENT,
                    REQUEST_ID,
                    "conversion_id",
                ],
            );
            assert_eq!(told.lines().count(), 1, "{told}");
        }
    }
}

#[tokio::test]
async fn nothing_is_logged_if_nothing_fails() {
    let service = Count::default().service();
    assert_eq!(told(layer(), service, Delivery::of("c_1")).await, "");
}

/// Logs within the span, after what came of the request was recorded in it.
fn layer_that_logs() -> WebhookLayer {
    layer().on_delivery(|_| tracing::info!("the record"))
}

#[tokio::test]
async fn a_span_has_what_came_of_the_delivery() {
    let service = Count::default().service();
    let told = told(layer_that_logs(), service, Delivery::of("c_1")).await;
    holds_all(
        &told,
        &[
            "of_the_request:process docutray{",
            "http.request.method=\"POST\"",
            "http.response.status_code=202",
            "docutray.verdict=\"processed\"",
            "docutray.event.key=\"CONVERSION_STARTED:c_1\"",
            REQUEST_ID,
        ],
    );
    assert!(!told.contains("error.type"), "{told}");
}

#[tokio::test]
async fn a_span_has_the_method_and_nothing_of_an_unknown_one() {
    telling::listen();
    for (method, expected) in [
        ("POST", "POST"),
        ("GET", "GET"),
        ("HEAD", "HEAD"),
        ("PUT", "PUT"),
        ("PATCH", "PATCH"),
        ("DELETE", "DELETE"),
        ("OPTIONS", "OPTIONS"),
        ("post", "_OTHER"),
        ("BREW", "_OTHER"),
    ] {
        let mut request = Delivery::of("c_1").request();
        *request.method_mut() = method.parse().unwrap();
        send(
            &layer_that_logs().layer(Count::default().service()),
            request,
        )
        .await;
        let told = telling::told();
        holds_all(&told, &[&format!("http.request.method=\"{expected}\"")]);
    }
}

#[tokio::test]
async fn a_span_of_a_failure_has_its_code() {
    let failing = service_fn(|_: Verified| async { Err::<Passed, _>(io::Error::other("away")) });
    let told = told(layer_that_logs(), failing, Delivery::of("c_1")).await;
    let words = [
        "error.type=\"handler_failed\"",
        "otel.status_code=\"ERROR\"",
    ];
    holds_all(&told, &words);
}

#[tokio::test]
async fn the_log_says_whether_the_secret_or_the_url_differs() {
    for (secret, url, words) in [
        (SECRET, "https://example.com/", "The URL differs"),
        ("another", URL, "The secret differs"),
    ] {
        let verifier = Verifier::builder().secret(secret).url(url).build().unwrap();
        let service = Count::default().service();
        let told = told(WebhookLayer::new(verifier), service, Delivery::of("c_1")).await;
        holds_all(&told, &["WARN", "auth_signature_mismatch", words]);
    }
}

#[test]
fn a_layer_logs_what_looks_wrong_with_its_secrets() {
    telling::listen();
    let verifier = Verifier::builder().secret("'whsec_quoted'").url(URL);
    let _ = WebhookLayer::new(verifier.build().unwrap());
    let told = telling::told();
    holds_all(&told, &["WARN", "is in quotation marks"]);
    assert!(!told.contains("whsec_quoted"), "{told}");
}
