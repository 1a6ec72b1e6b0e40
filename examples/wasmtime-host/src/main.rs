//! Receives Docutray's webhooks, verified by the component: a body is checked as it
//! arrives, and never held beyond the limit. How to start it: see `README.md`.

mod answer;
mod gate;
mod settings;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use http_body_util::BodyExt as _;
use tokio::{net::TcpListener, task::block_in_place, time::timeout};
use wasmtime::Result;

use crate::{
    answer::{Refusal, accepted, refused, wrong_method},
    gate::{Event, Gate, Header},
    settings::Settings,
};

/// How long a body may take to arrive: as long as Docutray waits for the answer.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> Result<()> {
    let settings = Settings::from_process()?;
    let gate = Arc::new(Gate::new(&settings.component, settings.config)?);
    let receiver = Router::new().fallback(receive).with_state(gate);

    let listener = TcpListener::bind(("127.0.0.1", settings.port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, receiver).await?;
    Ok(())
}

async fn receive(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    if request.method() != Method::POST {
        return wrong_method();
    }
    let (head, mut body) = request.into_parts();
    let verdict = timeout(BODY_TIMEOUT, async {
        let verdict = verify(&gate, &head.headers, &mut body).await;
        // A connection that closes on an unread body may not deliver the answer.
        while let Some(Ok(_)) = body.frame().await {}
        verdict
    });
    match verdict.await {
        // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds
        // at most, and sends again.
        Ok(Ok(event)) => accepted(&event),
        Ok(Err(refusal)) => refused(&refusal),
        Err(_) => refused(&Refusal::Server(StatusCode::REQUEST_TIMEOUT)),
    }
}

async fn verify(gate: &Gate, headers: &HeaderMap, body: &mut Body) -> Result<Event, Refusal> {
    // Nothing of the body is read before this has passed.
    let mut check = gate.begin(&pairs(headers), now())?;
    while let Some(frame) = body.frame().await {
        if let Ok(chunk) = frame?.into_data() {
            check.update(&chunk)?;
        }
    }
    // Milliseconds for a body of megabytes: too long on a thread that serves others.
    block_in_place(|| check.finish())
}

fn pairs(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

fn now() -> u64 {
    // With a clock before 1970 every delivery is too new, which is safe.
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.as_secs())
}
