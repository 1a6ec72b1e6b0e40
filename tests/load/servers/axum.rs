//! A receiver with axum. With the argument `plain` it has no layer of ours: it reads each body and answers 200.

use std::{env, sync::Arc};

use anyhow::{Context as _, Result};
use axum::{
    Extension, Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    routing::{MethodRouter, post},
};
use docutray_webhook::{Event, Verifier, idempotency::Memory, tower::WebhookLayer};
use tokio::net::TcpListener;

/// So few that the store is full, and grows no more, early in a run.
const REMEMBERED: usize = 1000;

#[tokio::main]
async fn main() -> Result<()> {
    let is_plain = env::args().any(|argument| argument == "plain");
    let receiver = if is_plain { plain() } else { verified()? };
    let router = Router::new().route("/hooks/docutray", receiver);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

fn plain() -> MethodRouter {
    post(async |_body: Bytes| {}).layer(DefaultBodyLimit::disable())
}

fn verified() -> Result<MethodRouter> {
    let variable = |name: &str| env::var(name).with_context(|| name.to_owned());
    let verifier = Verifier::builder()
        .secret(variable("DOCUTRAY_WEBHOOK_SECRET")?)
        .url(variable("DOCUTRAY_WEBHOOK_URL")?)
        .max_body(variable("DOCUTRAY_WEBHOOK_MAX_BODY")?.parse()?)
        .build()?;
    let store = Memory::new().with_limit(REMEMBERED)?;
    Ok(post(process).layer(WebhookLayer::new(verifier).idempotency(store)))
}

/// The generator of the load compares these lines with what it has sent.
async fn process(Extension(event): Extension<Arc<Event>>) {
    println!("processed {}", event.key());
}
