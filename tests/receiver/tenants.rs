//! `WebhookLayer::per_request`: a function finds the verifier of each request.

use crate::{
    delivery::{Delivery, EVENT, SECRET, URL, now, payload},
    sending::send,
    service::Count,
    telling,
};
use docutray_webhook::{Error, Verifier, tower::WebhookLayer};
use std::{
    future, io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    task::yield_now,
    time::{Instant, timeout},
};
use tower::Layer as _;

fn of(secret: &str) -> Arc<Verifier> {
    let builder = Verifier::builder().secret(secret).url(URL);
    Arc::new(builder.build().unwrap())
}

async fn status(layer: &WebhookLayer, delivery: Delivery) -> u16 {
    let service = layer.layer(Count::default().service());
    send(&service, delivery.request()).await.status
}

#[tokio::test]
async fn the_function_chooses_the_verifier() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&calls);
    let layer = WebhookLayer::per_request(move |_| {
        let secret = ["another", SECRET][counting.fetch_add(1, Ordering::Relaxed) % 2];
        async move { Ok::<_, io::Error>(of(secret)) }
    });
    assert_eq!(status(&layer, Delivery::of("c_1")).await, 401);
    assert_eq!(status(&layer, Delivery::of("c_1")).await, 202);
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn the_function_is_called_only_for_requests_that_a_verifier_could_accept() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&calls);
    let layer = WebhookLayer::per_request(move |_| {
        counting.fetch_add(1, Ordering::Relaxed);
        let builder = Verifier::builder().secret(SECRET).body_only();
        future::ready(builder.build().map(Arc::new))
    });
    for header in [
        "x-docutray-signature",
        "x-docutray-timestamp",
        "x-docutray-request-id",
        "x-docutray-event",
    ] {
        let incomplete = Delivery::of("c_1").without_header(header);
        assert_eq!(status(&layer, incomplete).await, 400, "{header}");
    }
    for header in [
        "x-docutray-timestamp",
        "x-docutray-request-id",
        "x-docutray-event",
    ] {
        let incomplete = Delivery::of("c_1").without_header("x-docutray-auth-signature");
        let incomplete = incomplete.without_header(header);
        assert_eq!(status(&layer, incomplete).await, 400, "{header}");
    }
    let mut malformed = Delivery::of("c_1").without_header("x-docutray-auth-signature");
    malformed
        .headers
        .push(("x-docutray-auth-signature", "sha256=".to_owned()));
    assert_eq!(status(&layer, malformed).await, 400);
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    // A body-only verifier does not need this header.
    let body_only = Delivery::of("c_1").without_header("x-docutray-auth-signature");
    assert_eq!(status(&layer, body_only).await, 202);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_function_without_an_answer_is_answered_503_or_with_its_error() {
    telling::listen();
    let fails = WebhookLayer::per_request(|_| async {
        Err::<Arc<Verifier>, _>(io::Error::other("the manager is away"))
    });
    assert_eq!(status(&fails, Delivery::of("c_1")).await, 503);
    assert!(telling::told().contains("the manager is away"));
    let panics = WebhookLayer::per_request(|_| -> future::Ready<Result<_, io::Error>> {
        panic!("at once");
    });
    assert_eq!(status(&panics, Delivery::of("c_1")).await, 503);
    let start = Instant::now();
    let hangs =
        WebhookLayer::per_request(|_| future::pending::<Result<Arc<Verifier>, io::Error>>());
    assert_eq!(status(&hangs, Delivery::of("c_1")).await, 503);
    assert_eq!(start.elapsed(), Duration::from_secs(25));
    let misconfigured = WebhookLayer::per_request(|_| async {
        let verifier = Verifier::builder().secret("").url(URL).build()?;
        Ok::<_, Error>(Arc::new(verifier))
    });
    assert_eq!(status(&misconfigured, Delivery::of("c_1")).await, 500);
}

/// What is checked before the call does not know the verifier's tolerance.
#[tokio::test]
async fn an_old_delivery_reaches_the_function() {
    let body = payload("c_1");
    let old = || Delivery::signed(EVENT, &body, now() - 3_600);
    let tolerant = WebhookLayer::per_request(|_| {
        let builder = Verifier::builder()
            .secret(SECRET)
            .url(URL)
            .tolerance(Duration::from_secs(7_200));
        future::ready(builder.build().map(Arc::new))
    });
    assert_eq!(status(&tolerant, old()).await, 202);
    let by_default = WebhookLayer::per_request(|_| future::ready(Ok::<_, io::Error>(of(SECRET))));
    assert_eq!(status(&by_default, old()).await, 401);
}

/// Is dropped with the call that it belongs to.
struct Call(Arc<AtomicUsize>);

impl Drop for Call {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_disconnects_ends_the_call() {
    let under_way = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&under_way);
    let layer = WebhookLayer::per_request(move |_| {
        counting.fetch_add(1, Ordering::Relaxed);
        let call = Call(Arc::clone(&counting));
        async move {
            future::pending::<()>().await;
            drop(call);
            Ok::<_, io::Error>(of(SECRET))
        }
    });
    for _ in 0..200 {
        let disconnected = timeout(Duration::from_secs(1), status(&layer, Delivery::of("c_1")));
        disconnected.await.expect_err("the function never answers");
        yield_now().await;
        assert_eq!(under_way.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn debug_says_that_there_is_a_verifier_for_each_request() {
    let layer = WebhookLayer::per_request(|_| future::ready(Ok::<_, io::Error>(of(SECRET))));
    assert!(format!("{layer:?}").contains("per request"), "{layer:?}");
}
