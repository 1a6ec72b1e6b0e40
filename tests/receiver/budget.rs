//! All arriving bodies share a bounded budget. `tests/cases/receiver/budget.json` has more cases.

use crate::{
    chunks::Fed,
    delivery::{Delivery, LIMIT, SECRET, URL},
    sending::{Received, send},
    service::{Count, layer},
};
use axum::{Router, body::Body};
use bytes::Bytes;
use docutray_webhook::{Verifier, answer::Outcome, tower::WebhookLayer};
use http_body::Frame;
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::{
    sync::mpsc::UnboundedSender,
    task::{JoinHandle, yield_now},
};
use tower::Layer as _;

/// A layer with room for one body of the largest size.
fn narrow() -> WebhookLayer {
    layer().body_budget(LIMIT as u64).unwrap()
}

fn behind(layer: &WebhookLayer) -> Router {
    Router::new().fallback_service(layer.layer(Count::default().service()))
}

/// Sends a delivery of which this many bytes have arrived on return. Also returns the sender for more bytes.
async fn arriving(
    router: &Router,
    delivery: Delivery,
    came: usize,
) -> (UnboundedSender<Bytes>, JoinHandle<Received>) {
    let (feeder, body) = Fed::new();
    feeder.send(delivery.body.slice(..came)).unwrap();
    let request = delivery.request_of(Body::new(body));
    let router = router.clone();
    let answer = tokio::spawn(async move { send(&router, request).await });
    yield_now().await;
    (feeder, answer)
}

/// Returns whether a body of this many bytes finds room.
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
async fn a_body_that_exceeds_the_budget_gives_its_bytes_back_at_once() {
    let router = behind(&narrow());
    let large = Delivery::of_size(LIMIT);
    let (one_s, _one) = arriving(&router, large.clone(), 300).await;
    let (other_s, other) = arriving(&router, large.clone(), 600).await;
    assert!(!has_room_for(&router, 300).await);
    other_s.send(large.body.slice(600..)).unwrap();
    assert!(other.await.unwrap().is(&Outcome::Overloaded));
    assert!(other_s.is_closed(), "the body is not polled any more");
    assert!(has_room_for(&router, LIMIT - 300).await);
    assert!(!one_s.is_closed());
}

#[tokio::test]
async fn a_body_that_panics_gives_its_bytes_back() {
    let router = behind(&narrow());
    let large = || Delivery::of_size(LIMIT);
    let body = Panicking(Some(large().body));
    let request = large().request_of(Body::new(body));
    let panicking = router.clone();
    let panicked = tokio::spawn(async move { send(&panicking, request).await });
    assert!(panicked.await.unwrap_err().is_panic());
    assert!(has_room_for(&router, LIMIT).await, "after a panic");
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

/// A body that panics on its second poll.
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
