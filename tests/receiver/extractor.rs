//! The extractor: the handler gets verified events, and the sender of anything else its answer.

use crate::{
    answer::{Answer, send},
    chunks::Chunks,
    delivery::{Delivery, LIMIT, forged, malformed, now, verifier},
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
use std::{error::Error as _, io, sync::Arc};

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
) -> Answer {
    send(router, request.map(Body::new)).await
}

#[tokio::test]
async fn the_handler_gets_the_event_as_often_as_it_is_sent() {
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
async fn whatever_is_refused_is_refused_as_the_table_says() {
    let router = router();
    for (code, delivery) in forged() {
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
async fn a_body_that_is_announced_as_too_large_is_not_asked_for() {
    let body = Chunks::new([Delivery::of("c_1").body]);
    let polled = body.polls.clone();
    let delivery = Delivery::of("c_1").and_header("content-length", (LIMIT + 1).to_string());
    let answer = ask(&router(), delivery.request_of(body)).await;
    assert_eq!((answer.status, polled.get()), (413, 0));
}

#[tokio::test]
async fn the_verifier_s_limit_counts_and_not_axum_s() {
    let router = router().layer(DefaultBodyLimit::max(1));
    let answer = ask(&router, Delivery::of_size(LIMIT).request()).await;
    assert_eq!(answer.status, 200);
    let answer = ask(&router, Delivery::of_size(LIMIT + 1).request()).await;
    assert_eq!(answer.member("code"), "body_too_large");
}

#[tokio::test]
async fn the_verifier_can_be_a_part_of_a_larger_state() {
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
async fn a_handler_can_keep_what_does_not_fit_and_nothing_else() {
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
    for (code, delivery) in forged() {
        let answer = ask(&router, delivery.request()).await;
        let unfit = matches!(code.as_str(), "malformed_payload" | "event_mismatch");
        assert_eq!(answer.status == 200, unfit, "{code}: {answer:?}");
    }
}

#[tokio::test]
async fn what_is_told_of_a_rejection_holds_nothing_of_the_body() {
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
async fn a_handler_can_learn_why_a_body_did_not_come_whole() {
    async fn reason(webhook: Result<Webhook, WebhookRejection>) -> String {
        let rejection = webhook.unwrap_err();
        format!("{rejection} {}", rejection.source().unwrap())
    }
    let router = Router::new()
        .fallback(any(reason))
        .with_state(Arc::new(verifier()));
    let broken = Chunks::<Bytes>::new([]).and(Err(io::Error::other("the line is dead")));
    let answer = ask(&router, Delivery::of("c_1").request_of(broken)).await;
    assert!(answer.body.contains("the line is dead"), "{answer:?}");
    assert!(
        answer.body.starts_with("the body did not come to its end"),
        "{answer:?}"
    );
}
