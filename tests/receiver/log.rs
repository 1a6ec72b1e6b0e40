//! Each request has one record, which contains nothing secret. `tests/cases/receiver` has what each record says.

use crate::{
    delivery::{Delivery, EVENT, REQUEST_ID, SECRET, forged, malformed},
    sending::send,
    service::{Count, Verified, doing, layer},
};
use ::http::Response;
use docutray_webhook::tower::{DeliveryRecord, WebhookLayer};
use serde_json::json;
use std::{
    collections::BTreeSet,
    convert::Infallible,
    future,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tokio::{runtime::Builder, time::timeout};
use tower::{Layer as _, ServiceExt as _, service_fn};

#[derive(Clone, Default)]
struct Records(Arc<Mutex<Vec<DeliveryRecord>>>);

impl Records {
    fn of(&self, layer: WebhookLayer) -> WebhookLayer {
        let records = self.clone();
        layer.on_delivery(move |record| records.0.lock().unwrap().push(record))
    }

    /// Returns the only record since the last call.
    fn only(&self) -> DeliveryRecord {
        let mut records = self.0.lock().unwrap();
        assert_eq!(records.len(), 1, "{records:?}");
        records.remove(0)
    }
}

/// Returns verdict, code and status.
fn told(record: &DeliveryRecord) -> (&'static str, Option<&'static str>, u16) {
    (record.verdict, record.code, record.status)
}

/// Returns event, id and request id.
fn known(record: &DeliveryRecord) -> [Option<&str>; 3] {
    [&record.event, &record.id, &record.request_id].map(Option::as_deref)
}

#[tokio::test]
async fn a_record_has_the_service_s_status_and_the_request_s_time() {
    let records = Records::default();
    let conflict = |_: Verified| async {
        let response = Response::builder().status(409);
        Ok::<_, Infallible>(response.body(String::new()).unwrap())
    };
    let receiver = records.of(layer()).layer(service_fn(conflict));
    let before = SystemTime::now();
    send(&receiver, Delivery::of("c_1").request()).await;
    let record = records.only();
    assert_eq!(told(&record), ("failed", Some("handler_failed"), 409));
    assert!(record.time >= before && record.time <= SystemTime::now());
}

#[tokio::test]
async fn no_record_contains_a_secret_a_mac_or_a_payload() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    let genuine = [Delivery::of("c_1"), Delivery::of("c_1")];
    let forged = forged().into_iter().map(|forgery| forgery.delivery);
    for delivery in genuine.into_iter().chain(forged) {
        let macs = delivery.headers.iter();
        let macs = macs.filter_map(|(_, value)| value.strip_prefix("sha256="));
        let macs: Vec<_> = macs.map(str::to_owned).collect();
        send(&receiver, delivery.request()).await;
        let shown = format!("{:?}", records.only());
        for secret in macs
            .iter()
            .map(String::as_str)
            .chain([SECRET, "secret_of_the_payload"])
        {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_record_is_written_as_json_with_the_names_of_the_npm_package_in_snake_case() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    let started = SystemTime::UNIX_EPOCH + Duration::from_millis(1_709_164_799_001);
    let mut written = Vec::new();
    for delivery in [Delivery::of("c_1"), malformed()] {
        send(&receiver, delivery.request()).await;
        let mut record = records.only();
        (record.time, record.duration) = (started, Duration::from_micros(1_500));
        written.push(serde_json::to_value(record).unwrap());
    }
    let processed = json!({
        "time": "2024-02-28T23:59:59.001Z", "event": EVENT, "id": "c_1", "key": "CONVERSION_STARTED:c_1", "request_id": REQUEST_ID,
        "verdict": "processed", "status": 202, "duration_ms": 1.5, "seen_before": false,
    });
    assert_eq!(written[0], processed);
    let error = &written[1]["error"];
    assert_eq!(error["code"], written[1]["code"]);
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|message| message.len() > 20),
        "{error}"
    );

    let declared = include_str!("../../js/src/receiver/record.ts");
    for (name, record) in [
        ("DeliveryRecord", &written),
        ("DeliveryError", &vec![error.clone()]),
    ] {
        let (_, declared) = declared
            .split_once(&format!("interface {name} {{"))
            .unwrap();
        let (declared, _) = declared.split_once("\n}").unwrap();
        let declared = declared
            .lines()
            .filter_map(|line| line.trim().strip_prefix("readonly "));
        let declared = declared
            .filter_map(|line| line.split(':').next())
            .map(snake_case);
        let declared: BTreeSet<_> = declared.collect();
        let written = record
            .iter()
            .flat_map(|record| record.as_object().unwrap().keys().cloned());
        let written: BTreeSet<_> = written.collect();
        assert_eq!(written, declared, "{name}");
    }
}

fn snake_case(name: &str) -> String {
    name.chars()
        .flat_map(|letter| {
            let separator = letter.is_ascii_uppercase().then_some('_');
            separator.into_iter().chain(letter.to_lowercase())
        })
        .collect()
}

#[test]
fn a_delivery_that_the_runtime_s_shutdown_ends_has_a_record() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(doing(|_| future::pending()));
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let request = receiver.oneshot(Delivery::of("c_1").request());
        assert!(timeout(Duration::from_secs(1), request).await.is_err());
    });
    assert_eq!(records.0.lock().unwrap().len(), 0);
    drop(runtime);
    let record = records.only();
    assert_eq!(told(&record), ("failed", Some("handler_failed"), 500));
    assert_eq!(known(&record), [Some(EVENT), Some("c_1"), Some(REQUEST_ID)]);
}

#[tokio::test]
async fn a_record_is_written_before_its_answer_is_sent() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    for delivery in [Delivery::of("c_1"), Delivery::of("c_1"), malformed()] {
        let response = receiver.clone().oneshot(delivery.request()).await;
        let Ok(response) = response;
        assert_eq!(records.only().status, response.status().as_u16());
    }
}
