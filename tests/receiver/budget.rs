//! What all bodies under way take together is bounded, and given back however one ends.

use crate::{
    answer::{Answer, send},
    chunks::Fed,
    delivery::{Delivery, LIMIT, SECRET, URL, verifier},
    service::{Count, doing, layer},
};
use axum::{Router, body::Body};
use bytes::Bytes;
use docutray_webhook::{Verifier, answer::Outcome, tower::WebhookLayer};
use http_body::Frame;
use std::{
    convert::Infallible,
    future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::mpsc::UnboundedSender,
    task::{JoinHandle, yield_now},
    time::sleep,
};
use tower::Layer as _;

/// With room for one body of the largest size.
fn narrow() -> WebhookLayer {
    layer().body_budget(LIMIT as u64).unwrap()
}

fn behind(layer: &WebhookLayer) -> Router {
    Router::new().fallback_service(layer.layer(Count::default().service()))
}

/// Sends a delivery of which so many bytes have come when this returns, and what feeds it with more.
async fn arriving(
    router: &Router,
    delivery: Delivery,
    came: usize,
) -> (UnboundedSender<Bytes>, JoinHandle<Answer>) {
    let (feeder, body) = Fed::new();
    feeder.send(delivery.body.slice(..came)).unwrap();
    let request = delivery.request_of(Body::new(body));
    let router = router.clone();
    let answer = tokio::spawn(async move { send(&router, request).await });
    yield_now().await;
    (feeder, answer)
}

/// Whether a body of so many bytes finds room.
async fn has_room_for(router: &Router, bytes: usize) -> bool {
    let request = Delivery::of_size(bytes).request().map(Body::new);
    let answer = send(router, request).await;
    let overloaded = answer.is(&Outcome::Overloaded);
    assert!(overloaded || answer.status < 300, "{answer:?}");
    if overloaded {
        let retry_after = answer.header("retry-after");
        assert_eq!((answer.status, retry_after), (503, Some("30")));
    }
    !overloaded
}

#[tokio::test]
async fn a_delivery_that_finds_no_room_is_told_to_come_again_and_then_does() {
    let router = behind(&narrow());
    let large = Delivery::of_size(LIMIT);
    let (feeder, first) = arriving(&router, large.clone(), LIMIT / 2).await;
    assert!(!has_room_for(&router, LIMIT).await);
    assert!(has_room_for(&router, LIMIT / 2).await);
    feeder.send(large.body.slice(LIMIT / 2..)).unwrap();
    drop(feeder);
    assert!(matches!(first.await.unwrap().status, 200 | 202));
    assert!(has_room_for(&router, LIMIT).await);
}

#[tokio::test]
async fn who_finds_no_room_in_the_middle_of_its_body_gives_back_what_it_held_at_once() {
    let router = behind(&narrow());
    let large = Delivery::of_size(LIMIT);
    let (one_s, _one) = arriving(&router, large.clone(), 300).await;
    let (other_s, other) = arriving(&router, large.clone(), 600).await;
    assert!(!has_room_for(&router, 300).await);
    other_s.send(large.body.slice(600..)).unwrap();
    assert!(other.await.unwrap().is(&Outcome::Overloaded));
    assert!(other_s.is_closed(), "its body is asked for no longer");
    assert!(has_room_for(&router, LIMIT - 300).await);
    assert!(!one_s.is_closed());
}

#[tokio::test]
async fn what_is_only_announced_takes_no_room() {
    let router = behind(&narrow());
    let mut silent = Vec::new();
    for _ in 0..100 {
        let announcing = Delivery::of_size(LIMIT).and_header("content-length", LIMIT.to_string());
        silent.push(arriving(&router, announcing, 0).await);
    }
    assert!(has_room_for(&router, LIMIT).await);
    assert!(silent.iter().all(|(feeder, _)| !feeder.is_closed()));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_that_however_little_room_there_is() {
    let router = behind(&narrow());
    let (_feeder, _held) = arriving(&router, Delivery::of_size(LIMIT), LIMIT).await;
    let larger = Delivery::of_size(LIMIT + 1);
    let announced = larger
        .clone()
        .and_header("content-length", (LIMIT + 1).to_string());
    for delivery in [larger, announced] {
        let answer = send(&router, delivery.request().map(Body::new)).await;
        assert_eq!(answer.member("code"), "body_too_large");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_body_held_is_given_back_however_it_ends() {
    let router = behind(&narrow());
    let large = || Delivery::of_size(LIMIT);
    // It comes whole, and is forged, or does not fit.
    let forged = large().with_body(&[b' '; LIMIT]);
    let unfit = Delivery::signed("CONVERSION_STARTED", &[b' '; LIMIT], crate::delivery::now());
    for (delivery, code) in [(forged, "signature_mismatch"), (unfit, "malformed_payload")] {
        let answer = send(&router, delivery.request().map(Body::new)).await;
        assert_eq!(answer.member("code"), code);
        assert!(has_room_for(&router, LIMIT).await, "{code}");
    }
    // Its sender goes away.
    let (_feeder, gone) = arriving(&router, large(), LIMIT).await;
    assert!(!has_room_for(&router, 300).await);
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    assert!(has_room_for(&router, LIMIT).await, "cancelled");
    // It stalls.
    let (_feeder, stalled) = arriving(&router, large(), LIMIT).await;
    assert!(!has_room_for(&router, 300).await);
    assert!(stalled.await.unwrap().is(&Outcome::BodyTimeout));
    assert!(has_room_for(&router, LIMIT).await, "at the deadline");
    // It grows beyond the limit.
    let (feeder, grown) = arriving(&router, large(), LIMIT).await;
    feeder.send(Bytes::from_static(b" ")).unwrap();
    assert_eq!(grown.await.unwrap().status, 413);
    assert!(has_room_for(&router, LIMIT).await, "beyond the limit");
    // It panics.
    let body = Panicking(Some(large().body));
    let request = large().request_of(Body::new(body));
    let panicking = router.clone();
    let panicked = tokio::spawn(async move { send(&panicking, request).await });
    assert!(panicked.await.unwrap_err().is_panic());
    assert!(has_room_for(&router, LIMIT).await, "after a panic");
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_processed_takes_no_room_any_more() {
    let service = narrow().layer(doing(|_| future::pending()));
    let router = Router::new().fallback_service(service);
    let first = router.clone();
    let request = Delivery::of_size(LIMIT).request().map(Body::new);
    let processing = tokio::spawn(async move { send(&first, request).await });
    sleep(Duration::from_secs(1)).await;
    let same = Delivery::of_size(LIMIT).request().map(Body::new);
    assert_eq!(send(&router, same).await.member("code"), "busy");
    assert_eq!(
        processing.await.unwrap().member("code"),
        "deadline_exceeded"
    );
}

#[tokio::test]
async fn clones_of_a_layer_and_their_services_share_one_budget() {
    let layer = narrow();
    let (one, other) = (behind(&layer), behind(&layer.clone()));
    let (_feeder, _held) = arriving(&one, Delivery::of_size(LIMIT), LIMIT).await;
    assert!(!has_room_for(&one, 300).await);
    assert!(!has_room_for(&other, 300).await);
    assert!(
        has_room_for(&behind(&narrow()), LIMIT).await,
        "another layer"
    );
}

#[tokio::test]
async fn by_default_there_is_room_for_four_of_the_largest_bodies() {
    let router = behind(&WebhookLayer::new(verifier()));
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(arriving(&router, Delivery::of_size(LIMIT), LIMIT).await);
    }
    assert!(has_room_for(&router, LIMIT).await);
    held.push(arriving(&router, Delivery::of_size(LIMIT), LIMIT).await);
    assert!(!has_room_for(&router, 300).await);
}

#[test]
fn a_budget_below_the_largest_body_is_refused() {
    let layer = || {
        let builder = Verifier::builder().secret(SECRET).url(URL);
        WebhookLayer::new(builder.build().unwrap())
    };
    let most = 16 * 1024 * 1024;
    for bytes in [most, u64::MAX] {
        assert!(layer().body_budget(bytes).is_ok());
    }
    for bytes in [0, most - 1] {
        let error = layer().body_budget(bytes).err().unwrap();
        assert_eq!(
            (error.code().as_str(), error.field()),
            ("invalid_config", Some("body_budget"))
        );
    }
    let shown = format!("{:?}", layer());
    assert!(
        shown.contains(&format!("body_budget: {}", 4 * most)),
        "{shown}"
    );
}

/// A body that panics when it is asked for more.
struct Panicking(Option<Bytes>);

impl http_body::Body for Panicking {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = self.0.take().expect("a panic of the body");
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}
