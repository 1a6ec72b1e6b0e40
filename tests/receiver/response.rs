//! The body of a response is passed on unchanged, with its length and its trailers.

use crate::{
    chunks::Chunks,
    delivery::Delivery,
    sending::send,
    service::{Count, Verified, layer},
};
use ::http::{HeaderMap, HeaderValue, Response};
use bytes::Bytes;
use docutray_webhook::tower::ResponseBody;
use http_body::{Body as _, Frame};
use http_body_util::{BodyExt as _, Full};
use std::{convert::Infallible, fmt::Debug, io};
use tower::{Layer as _, ServiceExt as _, service_fn};

#[test]
fn a_response_body_can_be_sent_and_debugged_like_the_service_s() {
    const fn sent<T: Send + Sync + Debug + 'static>() {}
    sent::<ResponseBody<Full<Bytes>>>();
}

#[tokio::test]
async fn the_length_is_that_of_the_answer_or_of_the_service_s_body() {
    let receiver = layer().layer(Count::default().service());
    for (length, is_own) in [(8, true), (23, false)] {
        let request = Delivery::of("c_1").request();
        let Ok(response) = receiver.clone().oneshot(request).await;
        let mut body = response.into_body();
        assert_eq!(body.size_hint().exact(), Some(length));
        assert!(!body.is_end_stream());
        let frame = body.frame().await.unwrap().unwrap();
        assert!(body.is_end_stream());
        let body = frame.into_data().unwrap();
        let own = body == "accepted";
        assert_eq!((body.len() as u64, own), (length, is_own), "{body:?}");
    }
}

#[tokio::test]
async fn trailers_and_errors_of_the_body_are_passed_on() {
    let trailers =
        HeaderMap::from_iter([("x-sum".parse().unwrap(), HeaderValue::from_static("1"))]);
    let expected = trailers.clone();
    let service = service_fn(move |_: Verified| {
        let body = Chunks::new([Bytes::from("a")]).and(Ok(Frame::trailers(trailers.clone())));
        async { Ok::<_, Infallible>(Response::new(body)) }
    });
    let request = Delivery::of("c_1").request();
    let Ok(response) = layer().layer(service).oneshot(request).await;
    let body = response.into_body().collect().await.unwrap();
    assert_eq!(body.trailers(), Some(&expected));

    let breaking = service_fn(|_: Verified| async {
        let body = Chunks::new([Bytes::from("a")]).and(Err(io::Error::other("the disk is full")));
        Ok::<_, Infallible>(Response::new(body))
    });
    let request = Delivery::of("c_1").request();
    let receiver = layer().layer(breaking);
    let Ok(response) = receiver.clone().oneshot(request).await;
    let error = response.into_body().collect().await.unwrap_err();
    assert_eq!(error.to_string(), "the disk is full");
    // The status had already said that the event was processed.
    assert_eq!(
        send(&receiver, Delivery::of("c_1").request()).await.status,
        200
    );
}
