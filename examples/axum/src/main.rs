//! Receives Docutray's webhooks with axum. How to start it: see `README.md`.

use std::{env, sync::Arc};

use axum::{Extension, Json, Router, routing::post};
use docutray_webhook::{
    Event, Verifier,
    tower::{DeliveryRecord, WebhookLayer},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // A variable that is empty is one that is not set.
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let verifier = Verifier::builder()
        .secret(variable("DOCUTRAY_SECRET").unwrap_or_default())
        .secrets(variable("DOCUTRAY_SECRET_OLD"))
        .urls(variable("DOCUTRAY_URL"))
        .build()?;
    // What was processed is remembered in this process alone: several need a store in common.
    let webhooks = WebhookLayer::new(verifier).on_delivery(log);
    let receiver = Router::new().route("/hooks/docutray", post(process).layer(webhooks));

    let port: u16 = variable("PORT").map_or(Ok(8080), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, receiver).await?;
    Ok(())
}

/// Called once for each event, until it answers with 2xx. What takes longer than Docutray waits goes on.
async fn process(Extension(event): Extension<Arc<Event>>) -> Json<Value> {
    Json(json!({ "type": event.kind().as_str(), "id": event.id(), "key": event.key() }))
}

/// A line for each delivery, whatever came of it: of one that is refused, with what to do about it.
fn log(record: DeliveryRecord) {
    let DeliveryRecord {
        event,
        id,
        key,
        verdict,
        code,
        ..
    } = record;
    let error = record.error.map(|error| error.message);
    println!(
        "{}",
        json!({ "event": event, "id": id, "key": key, "verdict": verdict, "code": code, "error": error })
    );
}
