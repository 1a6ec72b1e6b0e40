//! Whatever is not genuine gets the right answer, and the service never hears of it.

use docutray_gate_tests::Server;
use docutray_webhook::Code;

use crate::{
    artefact::gated_service,
    client::Client,
    delivery::{Delivery, LIMIT, forged},
    echo::Echo,
    raw::Connection,
};

/// One test, since each would compile the component for a server of its own.
#[test]
fn the_service_hears_of_nothing_that_is_not_genuine() {
    let mut gated = Gated::new();
    each_kind_of_forgery(&mut gated);
    methods_other_than_post(&mut gated);
    media_types_other_than_json(&mut gated);
    bodies_beyond_the_limit_as_soon_as_that_is_known(&mut gated);
    bodies_that_do_not_come_to_their_end(&mut gated);
}

/// The service behind a gate, and the requests that should have reached it.
struct Gated {
    server: Server,
    client: Client,
    calls: u64,
}

impl Gated {
    fn new() -> Self {
        Self {
            server: gated_service(),
            client: Client::new(),
            calls: 0,
        }
    }

    fn connect(&self) -> Connection {
        Connection::new(self.server.address())
    }

    /// The service counts its calls, in one instance: one more than there should be would be one that slipped
    /// through, one less an instance that trapped.
    fn has_let_nothing_through(&mut self, what: &str) {
        self.calls += 1;
        let answer = self
            .client
            .send(self.server.address(), &Delivery::genuine());
        let echo = Echo::of(&answer);
        assert_eq!(
            (echo.calls, echo.instance.as_deref()),
            (self.calls, Some("0")),
            "after {what}"
        );
    }
}

fn each_kind_of_forgery(gated: &mut Gated) {
    for (code, delivery) in forged() {
        let with_length = gated.client.send(gated.server.address(), &delivery);
        let chunked = gated.client.send_chunked(gated.server.address(), &delivery);
        for answer in [with_length, chunked] {
            assert_eq!(answer.problem("code"), code.as_str(), "{answer:?}");
            assert_eq!(answer.status, code.status());
            assert_ne!(answer.problem("detail"), "", "{answer:?}");
        }
        gated.has_let_nothing_through(code.as_str());
    }
}

fn methods_other_than_post(gated: &mut Gated) {
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"] {
        let mut delivery = Delivery::genuine();
        delivery.method = method;
        let answer = gated.client.send(gated.server.address(), &delivery);
        assert_eq!(
            (answer.status, answer.allow.as_deref()),
            (405, Some("POST")),
            "{method}"
        );
    }
    gated.has_let_nothing_through("other methods");
}

fn media_types_other_than_json(gated: &mut Gated) {
    let untyped = Delivery::genuine().without_header("content-type");
    let wrong = [
        untyped.clone(),
        untyped.clone().with_header("content-type", "text/plain"),
        Delivery::genuine().with_header("content-type", "application/json"),
    ];
    for delivery in wrong {
        let answer = gated.client.send(gated.server.address(), &delivery);
        assert_eq!(answer.status, 415, "{answer:?}");
        assert_eq!(answer.problem("code"), "unsupported_media_type");
    }
    let compressed = Delivery::genuine().with_header("content-encoding", "gzip");
    let answer = gated.client.send(gated.server.address(), &compressed);
    assert_eq!(answer.status, 415, "{answer:?}");
    assert_eq!(answer.problem("code"), "unsupported_content_encoding");
    gated.has_let_nothing_through("other media types");
}

fn bodies_beyond_the_limit_as_soon_as_that_is_known(gated: &mut Gated) {
    let too_large = format!("HTTP/1.1 {}", Code::BodyTooLarge.status());

    let mut announced = gated.connect();
    announced.head(
        &Delivery::genuine(),
        &format!("content-length: {}", LIMIT + 1),
    );
    let answer = announced.answer();
    assert!(answer.starts_with(&too_large), "{answer}");
    gated.has_let_nothing_through("a length that was announced");

    let mut endless = gated.connect();
    endless.head(&Delivery::genuine(), "transfer-encoding: chunked");
    for _ in 0..=LIMIT / 1024 {
        endless.chunk(&[b' '; 1024]);
    }
    // No end is sent.
    let answer = endless.answer();
    assert!(answer.starts_with(&too_large), "{answer}");
    gated.has_let_nothing_through("an endless body");
}

fn bodies_that_do_not_come_to_their_end(gated: &mut Gated) {
    let delivery = Delivery::genuine();
    let length = delivery.body.len();

    let mut half = gated.connect();
    half.head(&delivery, &format!("content-length: {length}"));
    half.write(&delivery.body[..length / 2]);
    refused_if_answered(&half.break_off());
    gated.has_let_nothing_through("half of a body");

    // All that was signed has come, and more was announced.
    let mut more = gated.connect();
    more.head(&delivery, &format!("content-length: {}", length + 1));
    more.write(&delivery.body);
    refused_if_answered(&more.break_off());
    gated.has_let_nothing_through("a body that was to be longer");

    let mut unfinished = gated.connect();
    unfinished.head(&delivery, "transfer-encoding: chunked");
    unfinished.chunk(&delivery.body);
    refused_if_answered(&unfinished.break_off());
    gated.has_let_nothing_through("a body without its last chunk");

    let mut broken = gated.connect();
    broken.head(&delivery, "transfer-encoding: chunked");
    broken.chunk(&delivery.body);
    broken.write(b"no chunk\r\n");
    let answer = broken.rest();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    gated.has_let_nothing_through("a broken chunk");
}

/// A host may find that nobody is there any more.
fn refused_if_answered(answer: &str) {
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
        "{answer}"
    );
}
