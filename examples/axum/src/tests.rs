//! Tests the receiver without a network: deliveries are signed as Docutray signs them, good ones and forged ones.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use docutray_webhook::{UnixTime, Verifier};
use docutray_webhook_tools::{
    emulator::{Answered, Command, DeliveryState, InProcess, Options, Reply},
    forge::Forgery,
    samples::{SAMPLES, SampleRequest, sample},
    sign::{Unsigned, sign},
    wire::DeliveryBytes,
};
use serde_json::Value;
use tower::ServiceExt as _;

const SECRET: &str = "whsec_test";
const URL: &str = "https://example.com/hooks/docutray";

fn receiver() -> Router {
    let verifier = Verifier::builder().secret(SECRET).url(URL).build();
    super::receiver(verifier.unwrap())
}

/// A delivery of one of the samples, signed now.
fn delivery(name: &str) -> Unsigned {
    let now = UnixTime::now().as_secs();
    let sample = sample(&SampleRequest::new(name, now)).unwrap();
    Unsigned {
        secret: SECRET.into(),
        url: URL.into(),
        event: sample.event.into(),
        body: sample.body,
        now,
        request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
    }
}

async fn answer(receiver: &Router, delivery: DeliveryBytes) -> (StatusCode, Value) {
    let mut request = Request::post("/hooks/docutray");
    for (name, value) in delivery.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(delivery.body.0)).unwrap();
    let response = receiver.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 65_536).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn an_event_is_processed_and_its_repetition_is_not() {
    let receiver = receiver();
    let delivery = sign(&delivery("CONVERSION_COMPLETED"));
    let (status, body) = answer(&receiver, delivery.clone()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["key"], "CONVERSION_COMPLETED:clm123abc456def");
    let (status, body) = answer(&receiver, delivery).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["verdict"], "duplicate");
}

#[tokio::test]
async fn every_sample_is_accepted() {
    for sample in SAMPLES {
        let (status, _) = answer(&receiver(), sign(&delivery(sample.name))).await;
        assert_eq!(status, StatusCode::OK, "{}", sample.name);
    }
}

#[tokio::test]
async fn every_forgery_is_refused() {
    let (receiver, genuine) = (receiver(), delivery("STEP_COMPLETED"));
    for forgery in Forgery::ALL {
        let forged = forgery.forge(&genuine).unwrap();
        let (status, problem) = answer(&receiver, forged.delivery).await;
        assert_eq!(status, forged.about.status, "{}", forged.about.title);
        assert_eq!(problem["code"], forged.about.code);
    }
}

/// Hands the emulator's requests to the receiver, with its answers.
async fn deliver(docutray: &mut InProcess, receiver: &Router) {
    while let Some(request) = docutray.next_request() {
        let (headers, body) = (request.headers, request.body);
        let (status, _) = answer(receiver, DeliveryBytes { headers, body }).await;
        docutray.answer(&request.attempt, Answered::status(status.as_u16()));
    }
}

#[tokio::test]
async fn a_new_secret_ends_the_old_one_at_once() {
    let now = UnixTime::now().as_secs() * 1000;
    let mut docutray = InProcess::new(Options::new("0a".repeat(32), now)).unwrap();
    let (id, secret) = docutray.create_webhook(URL).unwrap();
    let verifier = Verifier::builder().secret(secret.expose()).url(URL).build();
    let receiver = super::receiver(verifier.unwrap());

    docutray.trigger("STEP_COMPLETED").unwrap();
    deliver(&mut docutray, &receiver).await;
    let reply = docutray.tell(Command::RegenerateSecret { id }).unwrap();
    assert!(
        matches!(reply, Some(Reply::Regenerated { .. })),
        "{reply:?}"
    );
    docutray.trigger("STEP_FAILED").unwrap();
    deliver(&mut docutray, &receiver).await;

    let states: Vec<_> = docutray.deliveries().iter().map(|one| one.state).collect();
    assert_eq!(states, [DeliveryState::Delivered, DeliveryState::Waiting]);
}
