//! Real connections to axum's server.

use crate::{
    delivery::{Delivery, LIMIT},
    patience::patiently,
    service::layer,
};
use axum::{Extension, Router, extract::State, routing::post};
use docutray_webhook::{Event, tower::WebhookLayer};
use std::{fmt::Write as _, net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, mpsc},
    task::JoinHandle,
};

/// A server that stops when this is dropped.
struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(router: Router) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { address, task }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a whole request at once, and returns what the server sends until it closes the connection.
    async fn send(&self, delivery: &Delivery) -> String {
        let mut stream = self.connect().await;
        let length = format!("content-length: {}", delivery.body.len());
        let request = [head(delivery, &length), delivery.body.to_vec()].concat();
        stream.write_all(&request).await.unwrap();
        rest(stream).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn head(delivery: &Delivery, framing: &str) -> Vec<u8> {
    let method = delivery.method;
    let mut head =
        format!("{method} /hooks HTTP/1.1\r\nhost: h\r\nconnection: close\r\n{framing}\r\n");
    for (name, value) in &delivery.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    format!("{head}\r\n").into_bytes()
}

async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // The server may reset the connection after its answer.
    let _ = patiently(stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

async fn process(Extension(event): Extension<Arc<Event>>) -> String {
    event.key().to_owned()
}

fn router(layer: WebhookLayer) -> Router {
    Router::new().route("/hooks", post(process)).layer(layer)
}

#[tokio::test]
async fn a_valid_a_tampered_and_a_repeated_delivery() {
    let server = Server::start(router(layer())).await;
    let good = Delivery::of("c_1");
    let tampered = good.clone().with_body(&good.body.to_ascii_uppercase());
    let answer = server.send(&tampered).await;
    assert!(
        answer.starts_with("HTTP/1.1 401") && answer.contains("signature_mismatch"),
        "{answer}"
    );
    let answer = server.send(&good).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("CONVERSION_STARTED:c_1"),
        "{answer}"
    );
    let answer = server.send(&good).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"verdict":"duplicate"}"#),
        "{answer}"
    );
}

#[tokio::test]
async fn a_chunked_body_is_verified_and_an_endless_one_is_refused() {
    let server = Server::start(router(layer())).await;
    let delivery = Delivery::of("c_1");
    let mut stream = server.connect().await;
    let start = head(&delivery, "transfer-encoding: chunked");
    stream.write_all(&start).await.unwrap();
    for chunk in delivery.body.chunks(50) {
        let size = format!("{:x}\r\n", chunk.len());
        stream
            .write_all(&[size.as_bytes(), chunk, b"\r\n"].concat())
            .await
            .unwrap();
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    let answer = rest(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let mut endless = server.connect().await;
    endless.write_all(&start).await.unwrap();
    let size = format!("{:x}\r\n", LIMIT + 1);
    let chunk = [size.as_bytes(), &[b' '; LIMIT + 1], b"\r\n"].concat();
    endless.write_all(&chunk).await.unwrap();
    let answer = rest(endless).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_body_announced_as_too_large_is_refused_before_it_is_sent() {
    let server = Server::start(router(layer())).await;
    let mut stream = server.connect().await;
    let length = format!("content-length: {}\r\nexpect: 100-continue", LIMIT + 1);
    stream
        .write_all(&head(&Delivery::of("c_1"), &length))
        .await
        .unwrap();
    let answer = rest(stream).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_cut_is_incomplete_and_not_forged() {
    let (sender, mut records) = mpsc::unbounded_channel();
    let logged = layer().on_delivery(move |record| sender.send(record).unwrap());
    let server = Server::start(router(logged)).await;
    let delivery = Delivery::of("c_1");
    let whole = &*delivery.body;
    let (half, _) = whole.split_at(whole.len() / 2);
    let length = |bytes: usize| format!("content-length: {bytes}");
    let chunked = || "transfer-encoding: chunked".to_owned();
    let chunk = |bytes: &[u8]| {
        let size = format!("{:x}\r\n", bytes.len());
        [size.as_bytes(), bytes, b"\r\n"].concat()
    };
    for (framing, sent) in [
        (length(whole.len()), half.to_vec()),
        (length(whole.len() + 1), whole.to_vec()),
        // Cut between two chunks, in the middle of one, and before the last chunk, which is empty.
        (chunked(), chunk(half)),
        (chunked(), chunk(half)[..half.len() / 2].to_vec()),
        (chunked(), chunk(whole)),
    ] {
        let mut stream = server.connect().await;
        let request = [head(&delivery, &framing), sent].concat();
        stream.write_all(&request).await.unwrap();
        drop(stream);
        let record = patiently(records.recv()).await.unwrap();
        let told = (record.verdict, record.code);
        assert_eq!(told, ("refused", Some("incomplete_body")), "{framing}");
    }
    let answer = server.send(&delivery).await;
    assert!(answer.ends_with("CONVERSION_STARTED:c_1"), "{answer}");
}

#[tokio::test]
async fn an_event_is_processed_even_if_its_sender_disconnects() {
    type Gates = Arc<(Notify, Notify)>;
    async fn slow(State(gates): State<Gates>, event: Extension<Arc<Event>>) -> String {
        gates.0.notify_one();
        gates.1.notified().await;
        process(event).await
    }
    let (sender, mut records) = mpsc::unbounded_channel();
    let logged = layer().on_delivery(move |record| sender.send(record).unwrap());
    let gates = Gates::default();
    let router = Router::new().route("/hooks", post(slow)).layer(logged);
    let server = Server::start(router.with_state(gates.clone())).await;
    let delivery = Delivery::of("c_1");
    let mut stream = server.connect().await;
    let length = format!("content-length: {}", delivery.body.len());
    stream.write_all(&head(&delivery, &length)).await.unwrap();
    stream.write_all(&delivery.body).await.unwrap();
    patiently(gates.0.notified()).await;
    drop(stream);
    gates.1.notify_one();
    let record = patiently(records.recv()).await.unwrap();
    assert_eq!((record.verdict, record.status), ("processed", 200));
    let answer = server.send(&delivery).await;
    assert!(answer.ends_with(r#"{"verdict":"duplicate"}"#), "{answer}");
}
