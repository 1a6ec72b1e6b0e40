//! The body of a response is passed on unchanged, with its length and its trailers. Layers outside can answer with an empty one.

use crate::{
    chunks::Chunks,
    delivery::Delivery,
    sending::send,
    service::{Count, Verified, layer},
};
use ::http::{HeaderMap, HeaderValue, Request, Response};
use bytes::Bytes;
use docutray_webhook::tower::ResponseBody;
use http_body::{Body as _, Frame};
use http_body_util::{BodyExt as _, Full};
use std::{
    convert::Infallible,
    fmt::Debug,
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tower::{Layer as _, Service, ServiceExt as _, service_fn};

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

/// Answers as some layers of tower-http do: with a default body.
#[derive(Clone)]
struct Answering<S>(S);

impl<S, Q, B> Service<Request<Q>> for Answering<S>
where
    S: Service<Request<Q>, Response = Response<B>, Future: Send + 'static>,
    B: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let response = self.0.call(request);
        Box::pin(async { Ok(response.await?.map(|_| B::default())) })
    }
}

#[tokio::test]
async fn a_layer_around_the_receiver_can_answer_with_an_empty_body() {
    // The service's own body has no default.
    let service = service_fn(|_: Verified| async {
        Ok::<_, Infallible>(Response::new(Chunks::new([Bytes::from("a")])))
    });
    let receiver = Answering(layer().layer(service));
    let request = Delivery::of("c_1").request();
    let Ok(response) = receiver.oneshot(request).await;
    let body = response.into_body();
    assert!(body.is_end_stream());
    assert_eq!(body.size_hint().exact(), Some(0));
    assert_eq!(body.collect().await.unwrap().to_bytes(), Bytes::new());
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
