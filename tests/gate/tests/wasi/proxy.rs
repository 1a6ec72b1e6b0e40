//! The proxy passes on genuine deliveries and nothing else, and streams the response.

use std::io::Read as _;

use docutray_webhook_deliveries::{Connection, Delivery, Forgery, Receiver, Sender};

use crate::{
    artefact::{LIMIT, proxy, refused},
    upstream::{PARTS, Upstream},
};

/// One test, since a server compiles the component for each.
#[test]
fn the_server_behind_hears_of_what_is_genuine_alone() {
    let (upstream, sender) = (Upstream::new(), Sender::default());
    let proxy = proxy(&upstream.url, &[]);
    nothing_forged_or_broken_off_arrives(&upstream, &proxy, &sender);
    what_is_genuine_arrives_without_what_is_for_one_connection_alone(&upstream, &proxy, &sender);
    the_answer_is_streamed(&upstream, &proxy, &sender);
}

fn what_is_genuine_arrives_without_what_is_for_one_connection_alone(
    upstream: &Upstream,
    proxy: &Receiver,
    sender: &Sender,
) {
    let delivery = Delivery::of_size(LIMIT)
        // Headers that it names are not tested here, since Wasmtime does not show `Connection` to a component.
        .and_header("connection", "keep-alive")
        .and_header("te", "trailers")
        .and_header("x-end-to-end", "1");
    for chunked in [false, true] {
        upstream.go_on.send(()).unwrap();
        let response = if chunked {
            sender.send_chunked(proxy.address(), &delivery)
        } else {
            sender.send(proxy.address(), &delivery)
        };
        let response = response.unwrap();
        assert_eq!(
            (response.status, response.body.as_str()),
            (202, PARTS.concat().as_str())
        );

        let request = upstream.requests.try_recv().unwrap();
        assert_eq!(request.line, format!("POST {} HTTP/1.1", delivery.path));
        assert_eq!(request.body, delivery.body);
        assert_eq!(
            request.header("content-length"),
            Some(delivery.body.len().to_string().as_str())
        );
        assert!(upstream.url.ends_with(request.header("host").unwrap()));
        for (name, value) in &delivery.headers {
            let expected = match *name {
                "connection" | "te" => None,
                _ => Some(value.as_str()),
            };
            assert_eq!(request.header(name), expected, "{name}");
        }
        assert_eq!(request.header("transfer-encoding"), None);
    }
}

fn the_answer_is_streamed(upstream: &Upstream, proxy: &Receiver, sender: &Sender) {
    let genuine = Delivery::of("c_1");
    let mut answer = sender.open(proxy.address(), &genuine).unwrap();
    let mut first = [0; 6];
    answer.read_exact(&mut first).unwrap();
    // The server sends the rest only now.
    upstream.go_on.send(()).unwrap();
    let mut second = String::new();
    answer.read_to_string(&mut second).unwrap();
    assert_eq!(
        (first.as_slice(), second.as_str()),
        (PARTS[0].as_bytes(), PARTS[1])
    );
}

fn nothing_forged_or_broken_off_arrives(upstream: &Upstream, proxy: &Receiver, sender: &Sender) {
    for Forgery { code, delivery, .. } in refused() {
        let with_length = sender.send(proxy.address(), &delivery);
        let chunked = sender.send_chunked(proxy.address(), &delivery);
        for response in [with_length, chunked] {
            let response = response.unwrap();
            let problem = response.problem().unwrap();
            assert_eq!(problem.code, code.as_str(), "{response:?}");
            assert_eq!(response.status, code.status());
        }
    }
    let delivery = Delivery::of("c_1");
    let get = delivery.clone().by("GET");
    let response = sender.send(proxy.address(), &get).unwrap();
    assert_eq!(
        (response.status, response.header("allow")),
        (405, Some("POST"))
    );
    let problem = |delivery: &Delivery| {
        let response = sender.send(proxy.address(), delivery).unwrap();
        response.problem().unwrap().code
    };
    let untyped = delivery.clone().without_header("content-type");
    assert_eq!(problem(&untyped), "unsupported_media_type");
    let compressed = delivery.clone().with_header("content-encoding", "gzip");
    assert_eq!(problem(&compressed), "unsupported_content_encoding");

    let mut broken = Connection::open(proxy.address()).unwrap();
    broken.head(&delivery, "transfer-encoding: chunked");
    broken.chunk(&delivery.body);
    broken.write(b"no chunk\r\n");
    let answer = broken.rest();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
        "{answer}"
    );
    let mut endless = Connection::open(proxy.address()).unwrap();
    endless.head(&delivery, "transfer-encoding: chunked");
    for _ in 0..=LIMIT / 1024 {
        endless.chunk(&[b' '; 1024]);
    }
    let answer = endless.response().unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");

    assert!(
        upstream.requests.try_recv().is_err(),
        "the server behind was sent something"
    );
}

#[test]
fn without_a_server_behind_it_answers_so() {
    let sender = Sender::default();
    let problem = |proxy: &Receiver| {
        let response = sender.send(proxy.address(), &Delivery::of("c_1")).unwrap();
        (response.status, response.problem().unwrap().code)
    };
    // Nothing listens on port 9.
    let down = proxy("http://127.0.0.1:9", &[]);
    assert_eq!(problem(&down), (502, "no_answer".to_owned()));
    let unset = proxy("", &[]);
    assert_eq!(problem(&unset), (500, "invalid_config".to_owned()));
}
