//! A genuine delivery reaches the service as if there were no gate, and the service's response reaches the sender.

use std::io::Read as _;

use docutray_webhook_deliveries::{Delivery, Receiver, Sender};

use crate::{
    artefact::{LIMIT, gated_service, service},
    echo::Echo,
};

#[test]
fn the_service_cannot_tell_that_there_is_a_gate() {
    let (bare, gated) = (service(), gated_service());
    requests_are_the_same(&bare, &gated);
    the_answer_is_streamed(&gated);
}

fn requests_are_the_same(bare: &Receiver, gated: &Receiver) {
    let sender = Sender::default();
    let deliveries = [
        Delivery::of("c_1"),
        Delivery::of_size(LIMIT),
        Delivery::of("c_1")
            .and_header("X-Twice", "one")
            .and_header("x-twice", "two")
            .with_header("content-type", "application/json; charset=utf-8")
            .and_header("cookie", "a=b; c=d"),
    ];
    for delivery in &deliveries {
        let servers = [bare, gated];
        let with_length = servers.map(|server| sender.send(server.address(), delivery));
        let chunked = servers.map(|server| sender.send_chunked(server.address(), delivery));
        for responses in [with_length, chunked] {
            let [bare, gated] = responses.map(|response| Echo::of(&response.unwrap()).request);
            assert!(gated.is(delivery), "{gated:?}");
            assert_eq!(bare, gated);
        }
    }
}

fn the_answer_is_streamed(gated: &Receiver) {
    let mut delivery = Delivery::of("c_1");
    delivery.path = "/endless";
    let mut answer = Sender::default().open(gated.address(), &delivery).unwrap();
    // The response begins at once, though it does not end while this test runs.
    assert!(answer.read(&mut [0; 16 << 10]).unwrap() > 0);
}
