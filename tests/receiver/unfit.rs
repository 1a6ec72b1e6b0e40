//! Nothing authentic is lost: a delivery that does not fit goes to `on_unfit` with its whole body.

use crate::{
    delivery::{Delivery, malformed, now, payload, verifier},
    sending::{Received, send},
    service::{Count, layer},
};
use docutray_webhook::{Code, Unfit, answer::Outcome, tower::WebhookLayer};
use std::{
    future, io,
    sync::{Arc, Mutex},
};
use tower::Layer as _;

async fn send_to(layer: WebhookLayer, delivery: Delivery) -> Received {
    let count = Count::default();
    let answer = send(&layer.layer(count.service()), delivery.request()).await;
    assert_eq!(count.get(), 0, "the service was called");
    answer
}

#[tokio::test]
async fn a_kept_delivery_is_kept_whole_and_answered_200() {
    let bodies: [(&str, &[u8], Code); 4] = [
        ("CONVERSION_STARTED", b"\xff{}", Code::MalformedPayload),
        ("BATCH_ARCHIVED", b"[1, 2]", Code::MalformedPayload),
        (
            "CONVERSION_STARTED",
            b"{\"conversion_id\":1}",
            Code::MalformedPayload,
        ),
        ("CONVERSION_FAILED", &payload("c_1"), Code::EventMismatch),
    ];
    for (event, body, code) in bodies {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let keeping = Arc::clone(&kept);
        let layer = layer().on_unfit(move |unfit| {
            keeping.lock().unwrap().push(unfit);
            future::ready(Ok::<_, io::Error>(()))
        });
        let answer = send_to(layer, Delivery::signed(event, body, now())).await;
        assert!(answer.is(&Outcome::Kept(code)), "{answer:?}");
        let kept: Vec<Unfit> = kept.lock().unwrap().drain(..).collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].body.as_slice(), kept[0].error.code()),
            (body, code)
        );
        assert_eq!(kept[0].delivery.event(), event);
        assert!(kept[0].delivery.metadata_authenticated());
    }
}

#[tokio::test]
async fn an_on_unfit_that_panics_when_called_fails_like_any_other() {
    fn panics(_: Unfit) -> future::Ready<Result<(), io::Error>> {
        panic!("a panic of on_unfit")
    }
    let answer = send_to(layer().on_unfit(panics), malformed()).await;
    let error = verifier().verify(malformed().headers, &malformed().body, now());
    assert!(answer.is(&error.unwrap_err().into()), "{answer:?}");
}
