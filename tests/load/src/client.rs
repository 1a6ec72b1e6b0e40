//! A client that keeps to HTTP, and its connection for some requests.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use docutray_webhook_tools::wire::DeliveryBytes;
use fastrand::Rng;
use http::{Request, header::HOST};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;

use crate::{answer::Answer, target::Target};

/// At most so many requests are sent on a connection.
const REQUESTS: u32 = 20;

/// A client of one server.
pub(crate) struct Client {
    target: Arc<Target>,
    connection: Option<Connection>,
}

struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// After so many more requests it is closed.
    left: u32,
    is_used: bool,
}

impl Client {
    pub(crate) const fn new(target: Arc<Target>) -> Self {
        Self {
            target,
            connection: None,
        }
    }

    /// Sends a delivery. Returns the answer, and how long it took. If the server closes a connection that it has kept open
    /// without a word, the delivery is sent again, as HTTP's clients do.
    pub(crate) async fn send(
        &mut self,
        delivery: &DeliveryBytes,
        rng: &mut Rng,
    ) -> Result<(Answer, Duration)> {
        loop {
            let connection = self.connection(rng).await?;
            let was_used = connection.is_used;
            let begin = Instant::now();
            match connection.exchange(delivery).await {
                Ok(answer) => return Ok((answer, begin.elapsed())),
                Err(_) if was_used => {
                    self.target.ledger.entries().unanswered += 1;
                    self.connection = None;
                }
                Err(error) => {
                    self.connection = None;
                    return Err(error).context("there was no answer on a new connection");
                }
            }
        }
    }

    /// Closes the connection.
    pub(crate) fn close(&mut self) {
        self.connection = None;
    }

    async fn connection(&mut self, rng: &mut Rng) -> Result<&mut Connection> {
        let is_open =
            |connection: &Connection| connection.left > 0 && !connection.sender.is_closed();
        let open = match self.connection.take().filter(is_open) {
            Some(open) => open,
            None => Connection::open(&self.target, rng.u32(1..=REQUESTS)).await?,
        };
        Ok(self.connection.insert(open))
    }
}

impl Connection {
    async fn open(target: &Target, left: u32) -> Result<Self> {
        let stream = TokioIo::new(target.connect().await?);
        let (sender, connection) = handshake(stream).await?;
        // It ends when the sender is dropped. What goes wrong is seen by the request.
        tokio::spawn(connection);
        Ok(Self {
            sender,
            left,
            is_used: false,
        })
    }

    async fn exchange(&mut self, delivery: &DeliveryBytes) -> Result<Answer> {
        let request = request(delivery)?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await?.to_bytes().to_vec();
        self.left = self.left.saturating_sub(1);
        self.is_used = true;
        Ok(Answer { status, body })
    }
}

fn request(delivery: &DeliveryBytes) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::post("/hooks/docutray").header(HOST, "receiver");
    for (name, value) in &delivery.headers {
        request = request.header(name, value);
    }
    Ok(request.body(Full::new(Bytes::from(delivery.body.0.clone())))?)
}
