//! A genuine delivery reaches the service as if there were no gate, and its answer the sender.

use std::io::Read as _;

use docutray_gate_tests::Server;

use crate::{
    artefact::{gated_service, service},
    client::Client,
    delivery::{Delivery, LIMIT},
    echo::Echo,
};

#[test]
fn the_service_cannot_tell_that_there_is_a_gate() {
    let (bare, gated) = (service(), gated_service());
    requests_are_the_same(&bare, &gated);
    the_answer_is_streamed(&gated);
}

fn requests_are_the_same(bare: &Server, gated: &Server) {
    let client = Client::new();
    let deliveries = [
        Delivery::genuine(),
        Delivery::of_size(LIMIT),
        Delivery::genuine()
            .with_header("X-Twice", "one")
            .with_header("x-twice", "two")
            .without_header("content-type")
            .with_header("content-type", "application/json; charset=utf-8")
            .with_header("cookie", "a=b; c=d"),
    ];
    for delivery in &deliveries {
        let with_length = [bare, gated].map(|server| client.send(server.address(), delivery));
        let chunked = [bare, gated].map(|server| client.send_chunked(server.address(), delivery));
        for answers in [with_length, chunked] {
            let [bare, gated] = answers.map(|answer| Echo::of(&answer).request);
            assert!(gated.is(delivery), "{gated:?}");
            assert_eq!(bare, gated);
        }
    }
}

fn the_answer_is_streamed(gated: &Server) {
    let mut delivery = Delivery::genuine();
    delivery.path = "/endless";
    let mut answer = Client::new().open(gated.address(), &delivery);
    // Its beginning comes, though its end does not while this test runs.
    assert!(answer.read(&mut [0; 16 << 10]).unwrap() > 0);
}
