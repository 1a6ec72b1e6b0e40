//! The extractor: the handler gets verified events, and the sender of anything else gets an error.

use crate::{
    chunks::{Chunks, Fed},
    delivery::{Delivery, Forgery, LIMIT, forged, malformed, now, verifier},
    sending::{Received, send},
};
use ::http::Request;
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRef},
    routing::any,
};
use bytes::Bytes;
use docutray_webhook::{
    Verifier,
    answer::Outcome,
    axum::{Webhook, WebhookRejection},
};
use http_body_util::BodyExt as _;
use std::{error::Error as _, io, sync::Arc};
use tokio::{
    task::{JoinSet, yield_now},
    time::Instant,
};

async fn key(Webhook(event): Webhook) -> String {
    event.key().to_owned()
}

fn router() -> Router {
    Router::new()
        .fallback(any(key))
        .with_state(Arc::new(verifier()))
}

async fn ask(
    router: &Router,
    request: Request<
        impl http_body::Body<Data = Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    >,
) -> Received {
    send(router, request.map(Body::new)).await
}

#[tokio::test]
async fn the_handler_gets_a_repeated_event_each_time() {
    let router = router();
    for _ in 0..2 {
        let answer = ask(&router, Delivery::of("c_1").request()).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "CONVERSION_STARTED:c_1")
        );
    }
}

#[tokio::test]
async fn refusals_are_answered_as_in_the_table() {
    let router = router();
    for Forgery { code, delivery, .. } in forged() {
        let answer = ask(&router, delivery.clone().request()).await;
        assert_eq!(
            (answer.status, answer.member("code")),
            (code.status(), code.as_str().into())
        );
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
    }
    let error = verifier().verify(malformed().headers, &malformed().body, now());
    let answer = ask(&router, malformed().request()).await;
    assert!(answer.is(&error.unwrap_err().into()), "{answer:?}");
    let answer = ask(&router, Delivery::of("c_1").by("GET").request()).await;
    assert!(answer.is(&Outcome::MethodNotAllowed), "{answer:?}");
    let untyped = Delivery::of("c_1").without_header("content-type");
    let answer = ask(&router, untyped.request()).await;
    assert!(answer.is(&Outcome::UnsupportedMediaType), "{answer:?}");
    let broken = Chunks::<Bytes>::new([]).and(Err(io::ErrorKind::ConnectionReset.into()));
    let answer = ask(&router, Delivery::of("c_1").request_of(broken)).await;
    assert!(answer.is(&Outcome::IncompleteBody), "{answer:?}");
}

#[tokio::test]
async fn a_body_announced_as_too_large_is_not_polled() {
    let body = Chunks::new([Delivery::of("c_1").body]);
    let polled = body.polls.clone();
    let delivery = Delivery::of("c_1").and_header("content-length", (LIMIT + 1).to_string());
    let answer = ask(&router(), delivery.request_of(body)).await;
    assert_eq!((answer.status, polled.get()), (413, 0));
}

#[tokio::test]
async fn the_verifier_s_limit_applies_and_not_axum_s() {
    let router = router().layer(DefaultBodyLimit::max(1));
    let answer = ask(&router, Delivery::of_size(LIMIT).request()).await;
    assert_eq!(answer.status, 200);
    let answer = ask(&router, Delivery::of_size(LIMIT + 1).request()).await;
    assert_eq!(answer.member("code"), "body_too_large");
}

#[tokio::test]
async fn the_verifier_can_be_part_of_a_larger_state() {
    #[derive(Clone)]
    struct Application {
        verifier: Arc<Verifier>,
    }
    impl FromRef<Application> for Arc<Verifier> {
        fn from_ref(application: &Application) -> Self {
            Arc::clone(&application.verifier)
        }
    }
    let verifier = Arc::new(verifier());
    let router = Router::new()
        .fallback(any(key))
        .with_state(Application { verifier });
    assert_eq!(
        ask(&router, Delivery::of("c_1").request()).await.status,
        200
    );
}

#[tokio::test]
async fn a_handler_can_keep_only_what_does_not_fit() {
    async fn keep(webhook: Result<Webhook, WebhookRejection>) -> Result<String, WebhookRejection> {
        match webhook {
            Ok(Webhook(event)) => Ok(event.key().to_owned()),
            Err(rejection) => {
                let unfit = rejection.into_unfit()?;
                Ok(format!("kept {}", String::from_utf8_lossy(&unfit.body)))
            }
        }
    }
    let router = Router::new()
        .fallback(any(keep))
        .with_state(Arc::new(verifier()));
    let answer = ask(&router, malformed().request()).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"kept {"secret_of_the_payload":true}"#)
    );
    for Forgery { code, delivery, .. } in forged() {
        let answer = ask(&router, delivery.request()).await;
        let unfit = matches!(code.as_str(), "malformed_payload" | "event_mismatch");
        assert_eq!(answer.status == 200, unfit, "{code}: {answer:?}");
    }
}

#[tokio::test]
async fn a_rejection_s_text_contains_nothing_of_the_body() {
    async fn show(webhook: Result<Webhook, WebhookRejection>) -> String {
        let rejection = webhook.unwrap_err();
        format!("{rejection} {rejection:?}")
    }
    let router = Router::new()
        .fallback(any(show))
        .with_state(Arc::new(verifier()));
    let delivery = malformed();
    let bytes = format!("{:?}", &delivery.body[..4]);
    let bytes = bytes.trim_matches(['[', ']']).to_owned();
    let answer = ask(&router, delivery.request()).await;
    assert!(answer.body.contains("MalformedPayload"), "{answer:?}");
    assert!(!answer.body.contains("secret_of_the_payload"), "{answer:?}");
    assert!(!answer.body.contains(&bytes), "{answer:?}");
}

#[tokio::test]
async fn a_handler_can_read_the_advice_and_why_a_body_is_incomplete() {
    async fn reason(webhook: Result<Webhook, WebhookRejection>) -> String {
        let rejection = webhook.unwrap_err();
        let source = rejection.source().map(ToString::to_string);
        let error = rejection.error().map(ToString::to_string);
        // The error of the verifier, or the source of why there was nothing to verify.
        assert_eq!(error.is_some(), source.is_none());
        assert!(error.is_none_or(|error| error == rejection.to_string()));
        format!("{rejection} {}", source.unwrap_or_default())
    }
    let router = Router::new()
        .fallback(any(reason))
        .with_state(Arc::new(verifier()));
    let broken = Chunks::<Bytes>::new([]).and(Err(io::Error::other("the line is dead")));
    let answer = ask(&router, Delivery::of("c_1").request_of(broken)).await;
    assert!(answer.body.contains("the line is dead"), "{answer:?}");
    assert!(
        answer.body.starts_with("the body ended early"),
        "{answer:?}"
    );
    let tampered = Delivery::of("c_1").with_body(b"{}");
    let answer = ask(&router, tampered.request()).await;
    assert!(answer.body.contains("Pass the raw bytes"), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stalled_body_is_dropped_after_25_seconds() {
    let (feeder, body) = Fed::new();
    feeder.send(Delivery::of("c_1").body).unwrap();
    let start = Instant::now();
    let body = body.map_err(|never| match never {});
    let answer = ask(&router(), Delivery::of("c_1").request_of(body)).await;
    assert!(answer.is(&Outcome::BodyTimeout), "{answer:?}");
    assert_eq!(start.elapsed().as_secs(), 25);
    assert!(feeder.is_closed(), "the body is dropped");
}

#[tokio::test]
async fn all_arriving_bodies_may_take_four_times_the_limit() {
    let router = router();
    let mut held = JoinSet::new();
    let mut feeders = Vec::new();
    for _ in 0..4 {
        let (feeder, body) = Fed::new();
        feeder.send(Bytes::from_static(&[b' '; LIMIT])).unwrap();
        let request = Delivery::of("c_1").request_of(body).map(Body::new);
        let router = router.clone();
        held.spawn(async move { send(&router, request).await });
        feeders.push(feeder);
        yield_now().await;
    }
    let answer = ask(&router, Delivery::of("c_1").request()).await;
    assert!(answer.is(&Outcome::Overloaded), "{answer:?}");
    feeders.clear();
    for answer in held.join_all().await {
        assert_eq!(answer.member("code"), "signature_mismatch");
    }
    let answer = ask(&router, Delivery::of("c_1").request()).await;
    assert_eq!(answer.status, 200);
}
