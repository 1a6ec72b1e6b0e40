//! The proxy passes on what is genuine and nothing else, and streams the answer.

use std::io::Read as _;

use docutray_gate_tests::Server;

use crate::{
    artefact::proxy,
    client::Client,
    delivery::{Delivery, LIMIT, forged},
    raw::Connection,
    upstream::{PARTS, Upstream},
};

/// One test, since each would compile the component for a server of its own.
#[test]
fn the_server_behind_hears_of_what_is_genuine_alone() {
    let (upstream, client) = (Upstream::new(), Client::new());
    let proxy = proxy(&upstream.url);
    nothing_forged_or_broken_off_arrives(&upstream, &proxy, &client);
    what_is_genuine_arrives_without_what_is_for_one_connection_alone(&upstream, &proxy, &client);
    the_answer_is_streamed(&upstream, &proxy, &client);
}

fn what_is_genuine_arrives_without_what_is_for_one_connection_alone(
    upstream: &Upstream,
    proxy: &Server,
    client: &Client,
) {
    let delivery = Delivery::of_size(LIMIT)
        // What it names beyond that is not seen in here: Wasmtime keeps `Connection` from a component.
        .with_header("connection", "keep-alive")
        .with_header("te", "trailers")
        .with_header("x-end-to-end", "1");
    for chunked in [false, true] {
        upstream.go_on.send(()).unwrap();
        let answer = if chunked {
            client.send_chunked(proxy.address(), &delivery)
        } else {
            client.send(proxy.address(), &delivery)
        };
        assert_eq!(
            (answer.status, answer.body.as_str()),
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

fn the_answer_is_streamed(upstream: &Upstream, proxy: &Server, client: &Client) {
    let mut answer = client.open(proxy.address(), &Delivery::genuine());
    let mut first = [0; 6];
    answer.read_exact(&mut first).unwrap();
    // Only now the rest is sent.
    upstream.go_on.send(()).unwrap();
    let mut second = String::new();
    answer.read_to_string(&mut second).unwrap();
    assert_eq!(
        (first.as_slice(), second.as_str()),
        (PARTS[0].as_bytes(), PARTS[1])
    );
}

fn nothing_forged_or_broken_off_arrives(upstream: &Upstream, proxy: &Server, client: &Client) {
    for (code, delivery) in forged() {
        let with_length = client.send(proxy.address(), &delivery);
        let chunked = client.send_chunked(proxy.address(), &delivery);
        for answer in [with_length, chunked] {
            assert_eq!(answer.problem("code"), code.as_str(), "{answer:?}");
            assert_eq!(answer.status, code.status());
        }
    }
    let mut visit = Delivery::genuine();
    visit.method = "GET";
    let answer = client.send(proxy.address(), &visit);
    assert_eq!(
        (answer.status, answer.allow.as_deref()),
        (405, Some("POST"))
    );
    let untyped = Delivery::genuine().without_header("content-type");
    let answer = client.send(proxy.address(), &untyped);
    assert_eq!(answer.problem("code"), "unsupported_media_type");
    let compressed = Delivery::genuine().with_header("content-encoding", "gzip");
    let answer = client.send(proxy.address(), &compressed);
    assert_eq!(answer.problem("code"), "unsupported_content_encoding");

    let delivery = Delivery::genuine();
    let mut broken = Connection::new(proxy.address());
    broken.head(&delivery, "transfer-encoding: chunked");
    broken.chunk(&delivery.body);
    broken.write(b"no chunk\r\n");
    let answer = broken.rest();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
        "{answer}"
    );
    let mut endless = Connection::new(proxy.address());
    endless.head(&delivery, "transfer-encoding: chunked");
    for _ in 0..=LIMIT / 1024 {
        endless.chunk(&[b' '; 1024]);
    }
    let answer = endless.answer();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");

    assert!(
        upstream.requests.try_recv().is_err(),
        "the server behind was sent something"
    );
}

#[test]
fn without_a_server_behind_it_answers_so() {
    let client = Client::new();
    // Nobody listens on the port of discarded bytes.
    let down = proxy("http://127.0.0.1:9");
    let answer = client.send(down.address(), &Delivery::genuine());
    assert_eq!(
        (answer.status, answer.problem("code").as_str()),
        (502, Some("no_answer"))
    );
    let unset = proxy("");
    let answer = client.send(unset.address(), &Delivery::genuine());
    assert_eq!(
        (answer.status, answer.problem("code").as_str()),
        (500, Some("invalid_config"))
    );
}
