//! One record for each request, whatever becomes of it, with nothing in it that is secret or unproven.

use crate::{
    answer::send,
    chunks::{Chunks, Slow},
    delivery::{Delivery, EVENT, REQUEST_ID, SECRET, forged, malformed},
    service::{Count, Verified, accepted, doing, layer},
    stores::{Fault, Flaky},
};
use ::http::Response;
use bytes::Bytes;
use docutray_webhook::{
    Code,
    idempotency::Memory,
    tower::{Record, WebhookLayer},
};
use std::{
    convert::Infallible,
    future, io,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tokio::{
    runtime::Builder,
    time::{sleep, timeout},
};
use tower::{Layer as _, ServiceExt as _, service_fn};

#[derive(Clone, Default)]
struct Records(Arc<Mutex<Vec<Record>>>);

impl Records {
    fn of(&self, layer: WebhookLayer) -> WebhookLayer {
        let records = self.clone();
        layer.on_delivery(move |record| records.0.lock().unwrap().push(record))
    }

    /// The only one since the last.
    fn only(&self) -> Record {
        let mut records = self.0.lock().unwrap();
        assert_eq!(records.len(), 1, "{records:?}");
        records.remove(0)
    }
}

/// Verdict, code and status.
fn told(record: &Record) -> (&'static str, Option<&'static str>, u16) {
    (record.verdict, record.code, record.status)
}

/// Event, id and request id.
fn known(record: &Record) -> [Option<&str>; 3] {
    [&record.event, &record.id, &record.request_id].map(Option::as_deref)
}

#[tokio::test(start_paused = true)]
async fn a_record_says_what_came_of_an_event() {
    let records = Records::default();
    let before = SystemTime::now();
    let count = Count::default();
    let counted = count.clone();
    let service = service_fn(move |_: Verified| {
        let tries = counted.add();
        async move {
            match tries {
                0 => Ok::<_, io::Error>(Response::builder().status(409).body("".into()).unwrap()),
                1 => {
                    sleep(Duration::from_secs(40)).await;
                    Ok(accepted())
                }
                _ => Err(io::ErrorKind::Other.into()),
            }
        }
    });
    let receiver = records.of(layer()).layer(service);
    let next = async |id: &str| {
        send(&receiver, Delivery::of(id).request()).await;
        let record = records.only();
        assert_eq!(known(&record), [Some(EVENT), Some(id), Some(REQUEST_ID)]);
        assert!(record.time >= before && record.time <= SystemTime::now());
        record
    };
    let failed = next("c_1").await;
    assert_eq!(told(&failed), ("failed", Some("handler_failed"), 409));
    assert!(!failed.seen_before);
    let late = next("c_1").await;
    assert_eq!(told(&late), ("late", Some("deadline_exceeded"), 503));
    assert!(late.seen_before);
    assert_eq!(late.duration.as_secs(), 25);
    let busy = next("c_1").await;
    assert_eq!(told(&busy), ("busy", Some("busy"), 503));
    assert!(busy.seen_before);
    sleep(Duration::from_secs(20)).await;
    let duplicate = next("c_1").await;
    assert_eq!(told(&duplicate), ("duplicate", None, 200));
    assert!(duplicate.seen_before);
    let other = next("c_2").await;
    assert_eq!(told(&other), ("failed", Some("handler_failed"), 500));
    assert!(!other.seen_before);
}

#[tokio::test]
async fn a_record_has_the_key_of_its_event_and_no_error_where_nothing_is_wrong() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    for _ in 0..2 {
        send(&receiver, Delivery::of("c_1").request()).await;
        let record = records.only();
        assert_eq!(record.key.as_deref(), Some("CONVERSION_STARTED:c_1"));
        assert_eq!(record.error, None);
    }
}

#[tokio::test]
async fn what_was_processed_has_the_status_of_the_service() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    send(&receiver, Delivery::of("c_1").request()).await;
    assert_eq!(told(&records.only()), ("processed", None, 202));
}

#[tokio::test]
async fn what_is_kept_is_told_of_without_an_id() {
    let records = Records::default();
    let keeping = layer().on_unfit(|_| future::ready(Ok::<_, Infallible>(())));
    let receiver = records.of(keeping).layer(Count::default().service());
    send(&receiver, malformed().request()).await;
    let record = records.only();
    assert_eq!(told(&record), ("kept", Some("malformed_payload"), 200));
    let error = record.error.as_ref().unwrap();
    assert_eq!(
        (error.code, error.field.as_deref()),
        (Code::MalformedPayload, Some("conversion_id"))
    );
    assert_eq!(known(&record), [Some(EVENT), None, Some(REQUEST_ID)]);
}

#[tokio::test]
async fn a_refusal_is_told_of_and_no_sender_can_write_into_the_log() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    for (place, (code, delivery)) in forged().into_iter().enumerate() {
        send(&receiver, delivery.request()).await;
        let record = records.only();
        assert_eq!(
            told(&record),
            ("refused", Some(code.as_str()), code.status())
        );
        assert!(!record.seen_before);
        // The metadata of the first six was not verified, and of none the payload.
        let expected = match place {
            0..6 => [None; 3],
            _ => [record.event.as_deref(), None, Some(REQUEST_ID)],
        };
        assert_eq!(known(&record), expected, "{code}");
    }
    let injected = Delivery::of("c_1").with_header("x-docutray-request-id", "injected");
    send(&receiver, injected.by("PUT").request()).await;
    let record = records.only();
    assert_eq!(told(&record), ("refused", Some("method_not_allowed"), 405));
    assert_eq!(known(&record), [None; 3]);
}

#[tokio::test]
async fn no_record_holds_a_secret_a_mac_or_a_payload() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    let genuine = [Delivery::of("c_1"), Delivery::of("c_1")];
    let forged = forged().into_iter().map(|(_, delivery)| delivery);
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

#[tokio::test(start_paused = true)]
async fn the_store_s_failures_are_told_of() {
    let records = Records::default();
    let store = Flaky::new(Memory::new());
    let receiver = records
        .of(layer().idempotency(store.clone()))
        .layer(Count::default().service());
    for fault in [Fault::Fails(1), Fault::Panics] {
        store.claim_has(fault);
        send(&receiver, Delivery::of("c_1").request()).await;
        let record = records.only();
        assert_eq!(
            told(&record),
            ("unavailable", Some("store_unavailable"), 503)
        );
        assert_eq!(known(&record), [Some(EVENT), Some("c_1"), Some(REQUEST_ID)]);
    }
}

#[test]
fn what_a_runtime_that_shuts_down_has_ended_is_told_of() {
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

#[tokio::test(start_paused = true)]
async fn a_sender_that_goes_away_is_told_of_once() {
    let records = Records::default();
    let receiver = records
        .of(layer())
        .layer(doing(|_| sleep(Duration::from_secs(5))));
    // In the middle of its body.
    let stuck = Delivery::of("c_1").request_of(Slow::new(future::pending()));
    let request = receiver.clone().oneshot(stuck);
    assert!(timeout(Duration::from_secs(1), request).await.is_err());
    let record = records.only();
    assert_eq!(told(&record), ("refused", Some("incomplete_body"), 400));
    assert_eq!(known(&record), [Some(EVENT), None, Some(REQUEST_ID)]);
    let broken = Chunks::<Bytes>::new([]).and(Err(io::ErrorKind::ConnectionReset.into()));
    send(&receiver, Delivery::of("c_1").request_of(broken)).await;
    assert_eq!(
        told(&records.only()),
        ("refused", Some("incomplete_body"), 400)
    );
    // While its event is processed.
    let request = receiver.clone().oneshot(Delivery::of("c_1").request());
    assert!(timeout(Duration::from_secs(1), request).await.is_err());
    sleep(Duration::from_secs(5)).await;
    assert_eq!(told(&records.only()), ("processed", None, 202));
}

#[tokio::test]
async fn a_log_that_panics_changes_no_answer() {
    let panicking = layer().on_delivery(|_| panic!("a panic of on_delivery"));
    let receiver = panicking.layer(Count::default().service());
    assert_eq!(
        send(&receiver, Delivery::of("c_1").request()).await.status,
        202
    );
    assert_eq!(
        send(&receiver, Delivery::of("c_1").request()).await.status,
        200
    );
    assert_eq!(send(&receiver, malformed().request()).await.status, 400);
}

#[tokio::test]
async fn a_record_is_written_before_its_answer_goes_out() {
    let records = Records::default();
    let receiver = records.of(layer()).layer(Count::default().service());
    for delivery in [Delivery::of("c_1"), Delivery::of("c_1"), malformed()] {
        let response = receiver.clone().oneshot(delivery.request()).await;
        let Ok(response) = response;
        assert_eq!(records.only().status, response.status().as_u16());
    }
}
