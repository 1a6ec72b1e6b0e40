//! Receives Docutray's webhooks, verified by the component. The body is checked as it arrives and never exceeds the limit. See
//! `README.md` for how to start it.

mod answer;
mod budget;
mod gate;
mod settings;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody as _},
    extract::{Request, State},
    http::{HeaderMap, request::Parts},
    response::Response,
};
use http_body_util::BodyExt as _;
use tokio::{
    net::TcpListener,
    task::block_in_place,
    time::{Instant, timeout, timeout_at},
};
use wasmtime::Result;

use crate::{
    answer::{accepted, refused},
    gate::{Delivery, Event, Gate, Header, NoEvent, Outcome},
    settings::Settings,
};

/// How much of the rest of a body is still read after the answer, in bytes and in time. If a connection closes with an unread
/// body, the answer may get lost.
const DRAIN: usize = 1 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// The shared state of all requests.
struct Receiver {
    gate: Gate,
    body_deadline: Duration,
}

#[tokio::main]
async fn main() -> Result<()> {
    let settings = Settings::from_process()?;
    let receiver = Receiver {
        gate: Gate::new(&settings.component, settings.config)?,
        body_deadline: settings.body_deadline,
    };
    let router = Router::new()
        .fallback(receive)
        .with_state(Arc::new(receiver));

    let listener = TcpListener::bind(("127.0.0.1", settings.port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn receive(State(receiver): State<Arc<Receiver>>, request: Request) -> Response {
    let deadline = Instant::now() + receiver.body_deadline;
    let (head, mut body) = request.into_parts();
    let answer = answer(&receiver.gate, &head, &mut body, deadline).await;
    if !body.is_end_stream() {
        tokio::spawn(timeout(DRAIN_TIME, drain(body)));
    }
    answer
}

/// Verifies a request and returns its answer. The instance is given back as soon as the answer is known.
async fn answer(gate: &Gate, head: &Parts, body: &mut Body, deadline: Instant) -> Response {
    let mut delivery = match gate.open() {
        Ok(delivery) => delivery,
        Err(answer) => return refused(answer),
    };
    match verify(&mut delivery, head, body, deadline).await {
        // Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
        Ok(event) => accepted(&event),
        Err(no_event) => refused(delivery.refuse(no_event)),
    }
}

async fn verify(
    delivery: &mut Delivery<'_>,
    head: &Parts,
    body: &mut Body,
    deadline: Instant,
) -> Result<Event, NoEvent> {
    // The headers must pass before any of the body is read.
    delivery.begin(head.method.as_str(), &pairs(&head.headers), now())?;
    if let Some(length) = body.size_hint().exact() {
        delivery.expect_length(length)?;
    }
    timeout_at(deadline, read(delivery, body))
        .await
        .map_err(|_| NoEvent::Outcome(Outcome::BodyTimeout))??;
    // Takes milliseconds for a body of megabytes, which is too long on a thread that serves other requests.
    block_in_place(|| delivery.finish())
}

async fn read(delivery: &mut Delivery<'_>, body: &mut Body) -> Result<(), NoEvent> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            eprintln!("a body ended early: {error}");
            NoEvent::Outcome(Outcome::IncompleteBody)
        })?;
        if let Ok(chunk) = frame.into_data() {
            delivery.update(&chunk)?;
        }
    }
    Ok(())
}

async fn drain(mut body: Body) {
    let mut left = DRAIN;
    while let Some(Ok(frame)) = body.frame().await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        let Some(less) = left.checked_sub(length) else {
            return;
        };
        left = less;
    }
}

fn pairs(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

fn now() -> u64 {
    // If the clock is before 1970, every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
