//! Nothing authentic is lost: what does not fit goes to who keeps it.

use crate::{
    answer::{Answer, send},
    delivery::{Delivery, LIMIT, forged, malformed, now, payload, verifier},
    service::{Count, layer},
};
use docutray_webhook::{Code, Unfit, answer::Outcome, tower::WebhookLayer};
use std::{
    future, io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};
use tower::Layer as _;

async fn send_to(layer: WebhookLayer, delivery: Delivery) -> Answer {
    let count = Count::default();
    let answer = send(&layer.layer(count.service()), delivery.request()).await;
    assert_eq!(count.get(), 0, "the service heard of it");
    answer
}

fn refused(delivery: Delivery) -> Outcome<'static> {
    let error = verifier().verify(delivery.headers, &delivery.body, now());
    error.unwrap_err().into()
}

#[tokio::test]
async fn what_is_kept_is_answered_200_and_kept_whole() {
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
async fn what_nobody_keeps_is_refused_for_what_it_is() {
    async fn fail(_: Unfit) -> Result<(), io::Error> {
        Err(io::Error::other("the disk is full"))
    }
    async fn panics(_: Unfit) -> Result<(), io::Error> {
        panic!("a panic of on_unfit")
    }
    fn panics_at_once(_: Unfit) -> future::Ready<Result<(), io::Error>> {
        panic!("a panic of on_unfit")
    }
    let layers = [
        layer(),
        layer().on_unfit(fail),
        layer().on_unfit(panics),
        layer().on_unfit(panics_at_once),
    ];
    for layer in layers {
        let answer = send_to(layer, malformed()).await;
        assert!(answer.is(&refused(malformed())), "{answer:?}");
        assert_eq!(answer.status, 400);
    }
}

#[tokio::test]
async fn nobody_keeps_what_is_not_authentic() {
    let count = Count::default();
    let counted = count.clone();
    let layer = layer().on_unfit(move |_| {
        counted.add();
        future::ready(Ok::<_, io::Error>(()))
    });
    for (code, delivery) in forged() {
        let answer = send_to(layer.clone(), delivery).await;
        let unfit = matches!(code, Code::MalformedPayload | Code::EventMismatch);
        assert_eq!(answer.status == 200, unfit, "{code}: {answer:?}");
    }
    let too_large = Delivery::signed("BATCH_ARCHIVED", &[b'['; LIMIT + 1], now());
    assert_eq!(send_to(layer, too_large).await.status, 413);
    assert_eq!(count.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_slowly_is_answered_in_time_and_kept_all_the_same() {
    let count = Count::default();
    let counted = count.clone();
    let layer = layer().on_unfit(move |_| {
        let count = counted.clone();
        async move {
            sleep(Duration::from_secs(40)).await;
            count.add();
            Ok::<_, io::Error>(())
        }
    });
    let start = Instant::now();
    let answer = send_to(layer, malformed()).await;
    assert!(answer.is(&Outcome::Late { retry_after: 60 }), "{answer:?}");
    assert_eq!((start.elapsed().as_secs(), count.get()), (25, 0));
    sleep(Duration::from_secs(16)).await;
    assert_eq!(count.get(), 1);
}
