//! A body is read as it arrives, up to the limit, and the service gets the verified bytes.

use crate::{
    chunks::Chunks,
    delivery::{Delivery, LIMIT},
    sending::send,
    service::{Count, Verified, accepted, event, layer},
};
use ::http::{HeaderMap, HeaderValue, Uri};
use bytes::{Buf as _, Bytes};
use docutray_webhook::Code;
use http_body::Frame;
use http_body_util::BodyExt as _;
use std::{convert::Infallible, sync::Arc};
use tokio::sync::mpsc;
use tower::{Layer as _, service_fn};

#[tokio::test]
async fn a_body_announced_as_too_large_is_not_polled() {
    let receiver = layer().layer(Count::default().service());
    for (length, polls) in [(LIMIT + 1, 0), (usize::MAX, 0), (LIMIT, 2)] {
        let delivery = Delivery::of_size(LIMIT);
        let body = Chunks::new([delivery.body.clone()]);
        let polled = body.polls.clone();
        let delivery = delivery.and_header("content-length", length.to_string());
        let answer = send(&receiver, delivery.request_of(body)).await;
        assert_eq!(
            answer.status,
            if polls == 0 { 413 } else { 202 },
            "{length}"
        );
        assert_eq!(polled.get(), polls, "{length}");
    }
}

#[tokio::test]
async fn an_endless_body_is_refused_at_the_limit() {
    let receiver = layer().layer(Count::default().service());
    let endless = Chunks::new(std::iter::repeat_n(Bytes::from_static(&[b' '; 100]), 1_000));
    let polled = endless.polls.clone();
    let answer = send(&receiver, Delivery::of("c_1").request_of(endless)).await;
    assert_eq!(answer.member("code"), Code::BodyTooLarge.as_str());
    assert_eq!(polled.get(), LIMIT / 100 + 1);
}

#[tokio::test]
async fn chunks_and_trailers_make_no_difference() {
    let receiver = layer().layer(Count::default().service());
    for size in [1, 7, 64, LIMIT] {
        let delivery = Delivery::of(&format!("c_{size}"));
        let pieces = delivery.body.chunks(size).map(Bytes::copy_from_slice);
        // Buffers of several parts, the first of them empty.
        let chunks = pieces.map(|piece| Bytes::new().chain(piece));
        let chunks: Vec<_> = chunks.collect();
        let trailers = HeaderMap::from_iter([(
            "x-docutray-event".parse().unwrap(),
            HeaderValue::from_static("CONVERSION_FAILED"),
        )]);
        let body = Chunks::new(chunks).and(Ok(Frame::trailers(trailers)));
        let answer = send(&receiver, delivery.request_of(body)).await;
        assert_eq!(answer.status, 202, "{size}: {answer:?}");
    }
}

#[tokio::test]
async fn the_service_gets_the_original_request_with_the_event_and_its_bytes() {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let receiver = layer().layer(service_fn(move |request: Verified| {
        sender.send(request).unwrap();
        async { Ok::<_, Infallible>(accepted()) }
    }));
    let delivery = Delivery::of("c_1").and_header("x-other", "1");
    let mut request = delivery.clone().request();
    request.extensions_mut().insert("from an outer layer");
    send(&receiver, request).await;

    let request = requests.recv().await.unwrap();
    let (method, uri) = (request.method().as_str(), request.uri());
    assert_eq!(
        (method, uri),
        ("POST", &Uri::from_static("/hooks/docutray?tenant=7"))
    );
    for (name, value) in &delivery.headers {
        assert_eq!(request.headers()[*name], value);
    }
    assert_eq!(request.extensions().get(), Some(&"from an outer layer"));
    let event = event(&request);
    assert_eq!(event.key(), "CONVERSION_STARTED:c_1");
    let body = request.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, delivery.body);
    // The event's own bytes, not a copy of them.
    assert_eq!(body.as_ptr(), event.raw().as_ptr());
    drop(body);
    assert_eq!(Arc::strong_count(&event), 1);
}
