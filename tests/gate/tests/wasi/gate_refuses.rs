//! What is not genuine gets the right answer, and never reaches the service.

use docutray_webhook_deliveries::{Connection, Delivery, Forgery, Receiver, Response, Sender};

use crate::{
    artefact::{LIMIT, gated_service, refused},
    echo::Echo,
};

/// One test, since a server compiles the component for each.
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
    server: Receiver,
    sender: Sender,
    calls: u64,
}

impl Gated {
    fn new() -> Self {
        Self {
            server: gated_service(),
            sender: Sender::default(),
            calls: 0,
        }
    }

    fn connect(&self) -> Connection {
        Connection::open(self.server.address()).unwrap()
    }

    fn send(&self, delivery: &Delivery) -> Response {
        self.sender.send(self.server.address(), delivery).unwrap()
    }

    fn send_chunked(&self, delivery: &Delivery) -> Response {
        let address = self.server.address();
        self.sender.send_chunked(address, delivery).unwrap()
    }

    /// Sends a genuine delivery, and checks the service's count of calls. One call too many means that a request slipped
    /// through, one too few that an instance trapped.
    fn has_let_nothing_through(&mut self, what: &str) {
        self.calls += 1;
        let echo = Echo::of(&self.send(&Delivery::of("c_1")));
        assert_eq!(
            (echo.calls, echo.instance.as_deref()),
            (self.calls, Some("0")),
            "after {what}"
        );
    }
}

fn each_kind_of_forgery(gated: &mut Gated) {
    for Forgery { code, delivery, .. } in refused() {
        for response in [gated.send(&delivery), gated.send_chunked(&delivery)] {
            let problem = response.problem().unwrap();
            assert_eq!(problem.code, code.as_str(), "{response:?}");
            assert_eq!(response.status, code.status());
            assert_ne!(problem.detail, "", "{response:?}");
        }
        gated.has_let_nothing_through(code.as_str());
    }
}

fn methods_other_than_post(gated: &mut Gated) {
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"] {
        let response = gated.send(&Delivery::of("c_1").by(method));
        assert_eq!(
            (response.status, response.header("allow")),
            (405, Some("POST")),
            "{method}"
        );
    }
    gated.has_let_nothing_through("other methods");
}

fn media_types_other_than_json(gated: &mut Gated) {
    let genuine = || Delivery::of("c_1");
    let wrong = [
        genuine().without_header("content-type"),
        genuine().with_header("content-type", "text/plain"),
        // This adds a second Content-Type.
        genuine().and_header("content-type", "application/json"),
    ];
    for delivery in wrong {
        let response = gated.send(&delivery);
        assert_eq!(response.status, 415, "{response:?}");
        let problem = response.problem().unwrap();
        assert_eq!(problem.code, "unsupported_media_type");
    }
    let response = gated.send(&genuine().with_header("content-encoding", "gzip"));
    assert_eq!(response.status, 415, "{response:?}");
    let problem = response.problem().unwrap();
    assert_eq!(problem.code, "unsupported_content_encoding");
    gated.has_let_nothing_through("other media types");
}

fn bodies_beyond_the_limit_as_soon_as_that_is_known(gated: &mut Gated) {
    let mut announced = gated.connect();
    announced.head(
        &Delivery::of("c_1"),
        &format!("content-length: {}", LIMIT + 1),
    );
    let answer = announced.response().unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    gated.has_let_nothing_through("a length that was announced");

    let mut endless = gated.connect();
    endless.head(&Delivery::of("c_1"), "transfer-encoding: chunked");
    for _ in 0..=LIMIT / 1024 {
        endless.chunk(&[b' '; 1024]);
    }
    // The end of the body is never sent.
    let answer = endless.response().unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    gated.has_let_nothing_through("an endless body");
}

fn bodies_that_do_not_come_to_their_end(gated: &mut Gated) {
    let delivery = Delivery::of("c_1");
    let length = delivery.body.len();

    let mut half = gated.connect();
    half.head(&delivery, &format!("content-length: {length}"));
    half.write(&delivery.body[..length / 2]);
    refused_if_answered(&half.break_off());
    gated.has_let_nothing_through("half of a body");

    // All that was signed is sent, but a greater length was announced.
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

/// The host may find the connection closed, and send nothing.
fn refused_if_answered(answer: &str) {
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
        "{answer}"
    );
}
