//! A body that stalls is given up at the deadline, and nothing of it is passed on.

use docutray_webhook_deliveries::{Connection, Delivery, Receiver};

use crate::{
    artefact::{Variable, configured, gated_service_with, proxy},
    upstream::Upstream,
};

/// In seconds. The shortest, for the tests have to wait for it.
const DEADLINE: Variable<'_> = ("DOCUTRAY_WEBHOOK_BODY_DEADLINE", "1");

#[test]
fn the_gate_answers_408() {
    ends_what_stalls(&gated_service_with(&configured(&[DEADLINE])));
}

#[test]
fn the_proxy_answers_408() {
    let upstream = Upstream::new();
    ends_what_stalls(&proxy(&upstream.url, &[DEADLINE]));
    assert!(upstream.requests.try_recv().is_err());
}

fn ends_what_stalls(server: &Receiver) {
    let delivery = Delivery::of("c_1");
    for sent in [0, delivery.body.len() / 2, delivery.body.len()] {
        let mut stalled = Connection::open(server.address()).unwrap();
        stalled.head(&delivery, "transfer-encoding: chunked");
        if sent > 0 {
            stalled.chunk(&delivery.body[..sent]);
        }
        // The rest of the body is never sent.
        let answer = stalled.response().unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{sent}: {answer}");
    }
}
