//! A receiver with axum. With the argument `plain` it has no layer of ours: it reads each body and answers 200. Other arguments give
//! it a fault, which the generator of the load has to find: see `tests/faults.rs`.

mod fault;

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

use self::fault::Fault;

/// Of a receiver without a fault: so few that the store is full, and grows no more, early in a run.
const REMEMBERED: usize = 1000;

#[tokio::main]
async fn main() -> Result<()> {
    let receiver = match env::args().nth(1).as_deref() {
        Some("plain") => plain(),
        fault => verified(fault.map(str::parse).transpose()?)?,
    };
    let router = Router::new().route("/hooks/docutray", receiver);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

fn plain() -> MethodRouter {
    post(async |_body: Bytes| {}).layer(DefaultBodyLimit::disable())
}

fn verified(fault: Option<Fault>) -> Result<MethodRouter> {
    let variable = |name: &str| env::var(name).with_context(|| name.to_owned());
    let verifier = Verifier::builder()
        .secret(variable("DOCUTRAY_WEBHOOK_SECRET")?)
        .url(variable("DOCUTRAY_WEBHOOK_URL")?)
        .max_body(variable("DOCUTRAY_WEBHOOK_MAX_BODY")?.parse()?)
        .build()?;
    let remembered = match fault {
        Some(Fault::Forgets) => 1,
        _ => REMEMBERED,
    };
    let store = Memory::new().with_limit(remembered)?;
    let process = async move |Extension(event): Extension<Arc<Event>>| {
        // The generator of the load compares these lines with what it has sent.
        println!("processed {}", event.key());
        fault.map_or(Ok(()), Fault::show)
    };
    let mut webhooks = WebhookLayer::new(verifier).idempotency(store);
    if fault == Some(Fault::Accepts) {
        webhooks = webhooks.on_unfit(async |_| Ok::<_, String>(()));
    }
    Ok(post(process).layer(webhooks))
}
