//! What the sender and the operator learn when a delivery is refused, at each step and by each receiver. The sender learns
//! what is wrong with the delivery, and the operator what to do. Text of the sender appears only after verification.
//!
//! SECURITY.md shows this as a table.

mod rows;

use self::rows::{
    Names::{self, NoRow, NotTold, Told},
    OVERLOADED, ROWS, Row, SPACED_SECRET, genuine,
};
use crate::{
    chunks::Fed,
    delivery::{EVENT, LIMIT, REQUEST_ID, SECRET, URL},
    sending::{Received, send},
    service::Count,
    telling,
};
use axum::{Router, body::Body, routing::any};
use bytes::Bytes;
use docutray_webhook::{
    Code, Verifier,
    axum::{Webhook, WebhookRejection},
    tower::{DeliveryRecord, WebhookLayer},
};
use std::sync::{Arc, Mutex};
use tokio::task::{JoinSet, yield_now};
use tower::Layer as _;

/// Returns a verifier with a registered URL, or one in body-only mode.
fn verifier(mode: usize) -> Verifier {
    let builder = Verifier::builder().secret(SPACED_SECRET);
    let builder = match mode {
        0 => builder.url(URL),
        _ => builder.body_only(),
    };
    builder.max_body(LIMIT as u64).build().unwrap()
}

/// Uses up the budget until the returned set is dropped.
async fn used_up(router: &Router) -> JoinSet<Received> {
    let mut senders = JoinSet::new();
    for _ in 0..4 {
        let (feeder, body) = Fed::new();
        feeder.send(Bytes::from_static(&[b' '; LIMIT])).unwrap();
        let request = genuine().request_of(Body::new(body));
        let router = router.clone();
        senders.spawn(async move {
            let answer = send(&router, request).await;
            drop(feeder);
            answer
        });
    }
    yield_now().await;
    senders
}

/// Sends a row's request. Returns the answer and what was logged to `tracing`.
async fn ask(router: &Router, row: &Row) -> (Received, String) {
    let mut others = JoinSet::new();
    if row.code == OVERLOADED {
        others = used_up(router).await;
    }
    telling::listen();
    let answer = send(router, (row.request)()).await;
    let log = telling::told();
    others.shutdown().await;
    (answer, log)
}

fn is_for_the_sender(answer: &Received, row: &Row) {
    let detail = answer.member("detail");
    let detail = detail.as_str().unwrap();
    assert_eq!(answer.status, row.status, "{answer:?}");
    assert_eq!(answer.member("code"), row.code);
    match row.sender.strip_suffix("...") {
        Some(start) => assert!(detail.starts_with(start), "{detail}"),
        None => assert_eq!(detail, row.sender),
    }
    assert!(row.operator.is_empty() || !answer.body.contains(row.operator));
    for configured in [SECRET, URL, "configured", "secret", "white space", "URL"] {
        assert!(!answer.body.contains(configured), "{answer:?}");
    }
    holds_nothing_secret(&answer.body);
}

fn is_for_the_operator(told: &str, row: &Row, names: Names) {
    assert!(told.contains(row.operator), "{}: {told}", row.code);
    assert!(
        !told.contains("injected") && !told.contains("INJECTED"),
        "{told}"
    );
    if names == NotTold {
        assert!(
            !told.contains(EVENT) && !told.contains(REQUEST_ID),
            "{told}"
        );
    }
    holds_nothing_secret(told);
}

fn holds_nothing_secret(text: &str) {
    for secret in [SECRET, "secret_of_the_payload"] {
        assert!(!text.contains(secret), "{text}");
    }
    let mut runs = text.split(|c: char| !c.is_ascii_hexdigit());
    assert!(!runs.any(|run| run.len() == 64), "a MAC: {text}");
}

fn is_logged(log: &str, row: &Row) {
    // The hint on the verifier's secrets comes before the first request.
    let log = log
        .lines()
        .filter(|line| !line.contains("arrival: A configured secret"));
    let log = &*log.collect::<Vec<_>>().join("\n");
    assert_eq!(log.lines().count(), 1, "{}: {log}", row.code);
    assert!(log.contains("WARN") && log.contains(row.code), "{log}");
    // The log has the names only if both signatures have passed, or the body's in body-only mode.
    let is_authentic = matches!(row.code, "malformed_payload" | "event_mismatch");
    let names = if is_authentic { Told } else { NotTold };
    is_for_the_operator(log, row, names);
}

#[tokio::test(start_paused = true)]
async fn the_layer_tells_sender_and_operator_what_the_rows_say() {
    for mode in 0..2 {
        for row in ROWS.iter().filter(|row| row.names[mode] != NoRow) {
            let records = Arc::new(Mutex::new(Vec::new()));
            let writing = Arc::clone(&records);
            let layer = WebhookLayer::new(verifier(mode))
                .on_delivery(move |record| writing.lock().unwrap().push(record));
            let count = Count::default();
            let router = Router::new().fallback_service(layer.layer(count.service()));
            let (answer, log) = ask(&router, row).await;
            is_for_the_sender(&answer, row);
            is_logged(&log, row);
            let records = records.lock().unwrap();
            is_recorded(&records[0], row, row.names[mode]);
            assert_eq!(count.get(), 0);
        }
    }
}

fn is_recorded(record: &DeliveryRecord, row: &Row, names: Names) {
    assert_eq!((record.code, record.status), (Some(row.code), row.status));
    let told = [&record.event, &record.request_id].map(Option::is_some);
    assert_eq!(told, [names == Told; 2], "{record:?}");
    assert_eq!([&record.id, &record.key], [&None; 2]);
    let code = Code::ALL.iter().find(|code| code.as_str() == row.code);
    assert_eq!(record.error.as_ref().map(|error| &error.code), code);
    if let Some(error) = &record.error {
        is_for_the_operator(&error.message, row, NotTold);
        assert!(error.message.starts_with(row.code), "{error:?}");
        let field = error.field.as_deref().unwrap_or_default();
        assert!(error.message.contains(field), "{error:?}");
    }
    is_for_the_operator(&format!("{record:?} {}", row.operator), row, names);
}

#[tokio::test(start_paused = true)]
async fn the_extractor_tells_sender_and_operator_what_the_rows_say() {
    for mode in 0..2 {
        for row in ROWS.iter().filter(|row| row.names[mode] != NoRow) {
            let rejections = Arc::new(Mutex::new(Vec::new()));
            let rejected = Arc::clone(&rejections);
            let handler = async move |webhook: Result<Webhook, WebhookRejection>| {
                let rejection = webhook.unwrap_err();
                rejected.lock().unwrap().push(rejection.to_string());
                rejection
            };
            let router = Router::new().fallback(any(handler));
            let router = router.with_state(Arc::new(verifier(mode)));
            let (answer, log) = ask(&router, row).await;
            is_for_the_sender(&answer, row);
            is_logged(&log, row);
            is_for_the_operator(&rejections.lock().unwrap()[0], row, NotTold);
        }
    }
}

#[test]
fn every_code_has_a_row() {
    let missing = Code::ALL.iter().filter(|code| {
        let mut rows = ROWS.iter();
        !rows.any(|row| row.code == code.as_str())
    });
    // No request causes it.
    assert_eq!(missing.collect::<Vec<_>>(), [&Code::InvalidConfig]);
}
