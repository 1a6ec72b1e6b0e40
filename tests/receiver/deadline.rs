//! Which deadlines are valid, and how a body is dropped at its deadline. `tests/cases/receiver` has the answers at the
//! deadline.

use crate::{
    chunks::Fed,
    delivery::Delivery,
    sending::send,
    service::{Count, layer},
};
use bytes::Bytes;
use docutray_webhook::{answer::Outcome, limits::DOCUTRAY_WAITS};
use std::time::Duration;
use tokio::time::Instant;
use tower::Layer as _;

#[test]
fn a_deadline_is_above_0_and_below_docutray_s_30_s() {
    for right in [Duration::from_nanos(1), Duration::from_millis(29_999)] {
        assert!(layer().deadline(right).is_ok());
    }
    for wrong in [Duration::ZERO, DOCUTRAY_WAITS, Duration::MAX] {
        let error = layer().deadline(wrong).err().unwrap();
        assert_eq!(
            (error.code().as_str(), error.field()),
            ("invalid_config", Some("deadline"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_stalled_body_is_dropped_at_the_deadline() {
    let count = Count::default();
    let receiver = layer().deadline(Duration::from_secs(20)).unwrap();
    let receiver = receiver.layer(count.service());
    // Before its first byte, and before its end.
    for came in [&b""[..], &Delivery::of("c_1").body] {
        let (feeder, body) = Fed::new();
        feeder.send(Bytes::copy_from_slice(came)).unwrap();
        let start = Instant::now();
        let answer = send(&receiver, Delivery::of("c_1").request_of(body)).await;
        assert!(answer.is(&Outcome::BodyTimeout), "{answer:?}");
        assert_eq!((answer.status, start.elapsed().as_secs()), (408, 20));
        assert!(feeder.is_closed(), "the body is dropped");
    }
    assert_eq!(count.get(), 0);
}
