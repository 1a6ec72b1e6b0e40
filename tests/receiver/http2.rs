//! Real HTTP/2 connections to axum's server: the body of a reset stream is incomplete, not forged.

use crate::{
    delivery::{Delivery, verifier},
    patience::patiently,
    service::{Count, layer},
};
use ::http::Request;
use axum::{Router, body::Body, routing::any};
use bytes::Bytes;
use docutray_webhook::{
    answer::Outcome,
    axum::{Webhook, WebhookRejection},
    tower::{DeliveryRecord, WebhookLayer},
};
use h2::{
    Reason, SendStream,
    client::{ResponseFuture, SendRequest},
};
use http_body_util::BodyExt as _;
use std::sync::Arc;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, mpsc},
    task::JoinSet,
};
use tower::{Layer as _, ServiceBuilder};

/// A connection to its own server. Both end when this is dropped.
struct Connection {
    sender: SendRequest<Bytes>,
    _tasks: JoinSet<()>,
}

impl Connection {
    async fn to(router: Router) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(async { axum::serve(listener, router).await.unwrap() });
        let stream = TcpStream::connect(address).await.unwrap();
        let (sender, connection) = h2::client::handshake(stream).await.unwrap();
        tasks.spawn(async { connection.await.unwrap() });
        Self {
            sender,
            _tasks: tasks,
        }
    }

    async fn open(&mut self, delivery: &Delivery) -> (ResponseFuture, SendStream<Bytes>) {
        let mut request = Request::builder()
            .method(delivery.method)
            .uri("http://h/hooks");
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let mut sender = self.sender.clone().ready().await.unwrap();
        sender
            .send_request(request.body(()).unwrap(), false)
            .unwrap()
    }

    /// Sends a delivery to its end, and returns the status and the body of the answer.
    async fn send(&mut self, delivery: &Delivery) -> (u16, String) {
        let (response, mut stream) = self.open(delivery).await;
        stream.send_data(delivery.body.clone(), true).unwrap();
        let response = response.await.unwrap();
        let status = response.status().as_u16();
        let (mut body, mut text) = (response.into_body(), Vec::new());
        while let Some(chunk) = body.data().await {
            text.extend_from_slice(&chunk.unwrap());
        }
        (status, String::from_utf8(text).unwrap())
    }
}

#[tokio::test]
async fn a_valid_a_tampered_and_a_repeated_delivery() {
    let receiver = layer().layer(Count::default().service());
    let mut connection = Connection::to(Router::new().fallback_service(receiver)).await;
    let good = Delivery::of("c_1");
    let (status, body) = connection.send(&good.clone().with_body(b"{}")).await;
    assert!(
        status == 401 && body.contains("signature_mismatch"),
        "{body}"
    );
    assert_eq!(connection.send(&good).await, (202, "accepted".to_owned()));
    let duplicate = r#"{"verdict":"duplicate"}"#.to_owned();
    assert_eq!(connection.send(&good).await, (200, duplicate));
}

/// Returns the records of streams that are reset after these bytes, with each reason.
async fn records_of_resets(
    layer: WebhookLayer,
    came: &[&[u8]],
    reasons: &[Reason],
) -> Vec<DeliveryRecord> {
    let (sender, mut records) = mpsc::unbounded_channel();
    let logged = layer.on_delivery(move |record| sender.send(record).unwrap());
    let arrived = Arc::new(Notify::new());
    let arriving = Arc::clone(&arrived);
    let receiver = ServiceBuilder::new()
        .map_request(move |request: Request<Body>| {
            let arrived = Arc::clone(&arriving);
            let noting = move |frame| {
                arrived.notify_one();
                frame
            };
            request.map(|body| Body::new(body.map_frame(noting)))
        })
        .service(logged.layer(Count::default().service()));
    let mut connection = Connection::to(Router::new().fallback_service(receiver)).await;
    let mut all = Vec::new();
    for reason in reasons {
        for came in came {
            let (_response, mut stream) = connection.open(&Delivery::of("c_1")).await;
            let came = Bytes::copy_from_slice(came);
            stream.send_data(came, false).unwrap();
            patiently(arrived.notified()).await;
            stream.send_reset(*reason);
            all.push(patiently(records.recv()).await.unwrap());
        }
    }
    all
}

#[tokio::test]
async fn a_reset_stream_is_incomplete_whatever_the_reason() {
    let body = Delivery::of("c_1").body;
    let came = [&body[..1], &body[..body.len() / 2]];
    let reasons = [Reason::NO_ERROR, Reason::CANCEL, Reason::INTERNAL_ERROR];
    let records = records_of_resets(layer(), &came, &reasons).await;
    assert_eq!(records.len(), 6);
    for record in records {
        assert_eq!(
            (record.verdict, record.code, record.status),
            ("refused", Some("incomplete_body"), 400),
            "{record:?}"
        );
    }
}

#[tokio::test]
async fn a_stream_that_is_reset_after_the_whole_body_is_a_delivery() {
    let body = Delivery::of("c_1").body;
    let records = records_of_resets(layer(), &[&body], &[Reason::NO_ERROR]).await;
    assert_eq!((records[0].verdict, records[0].code), ("processed", None));
}

#[tokio::test]
async fn the_extractor_also_answers_a_reset_stream_as_incomplete() {
    let (sender, mut outcomes) = mpsc::unbounded_channel();
    let handler = async move |webhook: Result<Webhook, WebhookRejection>| {
        sender.send(webhook.unwrap_err().outcome()).unwrap();
    };
    let router = Router::new().fallback(any(handler));
    let router = router.with_state(Arc::new(verifier()));
    let arrived = Arc::new(Notify::new());
    let arriving = Arc::clone(&arrived);
    let noting = ServiceBuilder::new()
        .map_request(move |request: Request<Body>| {
            arriving.notify_one();
            request
        })
        .service(router);
    let mut connection = Connection::to(Router::new().fallback_service(noting)).await;
    let (_response, mut stream) = connection.open(&Delivery::of("c_1")).await;
    stream.send_data(Bytes::from_static(b"{"), false).unwrap();
    patiently(arrived.notified()).await;
    stream.send_reset(Reason::NO_ERROR);
    assert_eq!(
        patiently(outcomes.recv()).await,
        Some(Outcome::IncompleteBody)
    );
}
