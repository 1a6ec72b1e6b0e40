//! The layer wraps any HTTP service of tower or axum.

use crate::{
    chunks::Chunks,
    delivery::{Delivery, Forgery, forged, verifier},
    patience::patiently,
    sending::{Received, send},
    service::{Verified, doing, layer},
};
use ::http::{Request, Response};
use axum::{Extension, Router, body::Body, routing::post};
use docutray_webhook::{
    Event,
    idempotency::Memory,
    tower::{Lease, WebhookLayer, WebhookService},
};
use std::{io, sync::Arc};
use tokio::sync::Notify;
use tower::{Layer as _, Service as _, ServiceBuilder, ServiceExt, service_fn};

#[test]
fn layer_and_service_can_be_cloned_and_sent_to_threads() {
    const fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<WebhookLayer>();
    shared::<WebhookService<Router>>();
    shared::<Lease>();
    const fn is_a_layer_of_axum<L>(_: &L)
    where
        L: tower::Layer<axum::routing::Route> + Clone + Send + Sync,
    {
    }
    is_a_layer_of_axum(&layer());
}

#[tokio::test]
async fn an_axum_router_works_however_it_is_layered() {
    async fn process(Extension(event): Extension<Arc<Event>>, body: String) -> String {
        assert_eq!(body, event.raw());
        event.key().to_owned()
    }
    let route = "/hooks/docutray";
    let routers = [
        Router::new().route(route, post(process)).layer(layer()),
        Router::new()
            .route(route, post(process))
            .route_layer(layer()),
        Router::new().route(route, post(process).layer(layer())),
        Router::new()
            .fallback(process)
            .layer(ServiceBuilder::new().layer(layer())),
        Router::new().fallback_service(layer().layer(Router::new().fallback(process))),
    ];
    for router in routers {
        let answer = send(&router, Delivery::of("c_1").request().map(Body::new)).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "CONVERSION_STARTED:c_1")
        );
        let again = send(&router, Delivery::of("c_1").request().map(Body::new)).await;
        assert_eq!(again.body, r#"{"verdict":"duplicate"}"#);
        for Forgery { code, delivery, .. } in forged() {
            let answer = send(&router, delivery.request().map(Body::new)).await;
            assert_eq!(answer.member("code"), code.as_str());
        }
    }
}

#[tokio::test]
async fn an_axum_route_answers_another_method_with_one_allow_header() {
    async fn process() {}
    let routers = [
        Router::new().route("/hooks/docutray", post(process).layer(layer())),
        Router::new()
            .route("/hooks/docutray", post(process))
            .layer(layer()),
        Router::new().nest(
            "/hooks",
            Router::new().route("/docutray", post(process).layer(layer())),
        ),
    ];
    for router in routers {
        for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
            let request = Delivery::of("c_1").by(method).request();
            let answer = send(&router, request.map(Body::new)).await;
            assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
            if method != "HEAD" {
                assert_eq!(answer.member("code"), "method_not_allowed");
            }
        }
    }
}

#[tokio::test]
async fn a_function_works_with_any_error_and_any_body() {
    let service = service_fn(async |_: Verified| {
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Response::new("mine".to_owned()))
    });
    let answer = send(&layer().layer(service), Delivery::of("c_1").request()).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "mine"));
    let service =
        service_fn(async |_: Verified| Ok::<_, io::Error>(Response::new(Body::from("mine"))));
    let delivery = Delivery::of("c_1");
    let body = Chunks::new([delivery.body.clone()]);
    let answer = send(&layer().layer(service), delivery.request_of(body)).await;
    assert_eq!(answer.body, "mine");
}

#[tokio::test]
async fn forgeries_and_repetitions_take_none_of_the_service_s_capacity() {
    let (started, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (starting, finishing) = (started.clone(), finish.clone());
    let service = doing(move |_| {
        let (started, finish) = (starting.clone(), finishing.clone());
        async move {
            started.notify_one();
            finish.notified().await;
        }
    });
    let limited = ServiceBuilder::new().concurrency_limit(1).service(service);
    let receiver = layer().layer(limited);
    let ask = |delivery: Delivery| {
        let receiver = receiver.clone();
        tokio::spawn(async move { send(&receiver, delivery.request()).await })
    };
    let first = ask(Delivery::of("c_1"));
    patiently(started.notified()).await;
    for Forgery { code, delivery, .. } in forged() {
        assert_eq!(ask(delivery).await.unwrap().member("code"), code.as_str());
    }
    assert_eq!(
        ask(Delivery::of("c_1")).await.unwrap().member("code"),
        "busy"
    );
    // Another event waits until the service is ready.
    let second = ask(Delivery::of("c_2"));
    finish.notify_one();
    assert_eq!(first.await.unwrap().status, 202);
    patiently(started.notified()).await;
    finish.notify_one();
    assert_eq!(second.await.unwrap().status, 202);
}

#[tokio::test]
async fn a_service_whose_readiness_fails_has_failed() {
    #[derive(Clone)]
    struct Closed;
    impl tower::Service<Verified> for Closed {
        type Response = Response<String>;
        type Error = io::Error;
        type Future = std::future::Ready<io::Result<Response<String>>>;

        fn poll_ready(
            &mut self,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(Err(io::ErrorKind::NotConnected.into()))
        }

        fn call(&mut self, _: Verified) -> Self::Future {
            unreachable!("the service was not ready")
        }
    }
    let mut receiver = layer().layer(Closed);
    let Ok(_) = ServiceExt::<Request<String>>::ready(&mut receiver).await;
    let request = Delivery::of("c_1").request();
    let Ok(response) = receiver.call(request).await;
    assert_eq!(
        Received::of(response).await.member("code"),
        "handler_failed"
    );
}

#[test]
fn debug_shows_no_secret() {
    let layer = WebhookLayer::new(Arc::new(verifier())).idempotency(Memory::default());
    let shown = [format!("{layer:?}"), format!("{:?}", layer.layer(()))];
    for shown in shown {
        assert!(
            shown.contains("redacted") && !shown.contains(crate::delivery::SECRET),
            "{shown}"
        );
    }
}
