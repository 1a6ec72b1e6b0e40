//! Receives Docutray's webhooks with axum. How to start it: see `README.md`.

use std::{env, sync::Arc};

use axum::{Extension, Json, Router, routing::post};
use docutray_webhook::{Event, Verifier, tower::WebhookLayer};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // An empty variable counts as unset.
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let verifier = Verifier::builder()
        .secret(variable("DOCUTRAY_WEBHOOK_SECRET").unwrap_or_default())
        .secrets(variable("DOCUTRAY_WEBHOOK_SECRET_OLD"))
        .urls(variable("DOCUTRAY_WEBHOOK_URL"))
        .build()?;
    let port: u16 = variable("PORT").map_or(Ok(8080), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, receiver(verifier)).await?;
    Ok(())
}

fn receiver(verifier: Verifier) -> Router {
    // By default, processed events are remembered only in this process. Several processes need a shared store.
    let webhooks = WebhookLayer::new(verifier)
        // A line for each request. For a refused one, it says what to do.
        .on_delivery(|record| println!("{}", json!(record)));
    Router::new().route("/hooks/docutray", post(process).layer(webhooks))
}

/// Called once for each event, until it answers with 2xx. If it takes longer than Docutray waits, it continues.
async fn process(Extension(event): Extension<Arc<Event>>) -> Json<Value> {
    Json(json!({ "type": event.kind().as_str(), "id": event.id(), "key": event.key() }))
}

#[cfg(test)]
mod tests;
