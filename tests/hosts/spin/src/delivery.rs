//! A case as an HTTP request.

use std::convert::Infallible;

use bytes::Bytes;
use docutray_webhook_suite::{Call, Case};
use futures_util::stream;
use http_body_util::{BodyExt as _, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Request,
    body::Frame,
    header::{CONTENT_TYPE, HOST, HeaderName, HeaderValue},
};

pub(crate) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// Headers that belong to the HTTP message. A case cannot set them.
const OF_THE_MESSAGE: [&str; 7] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// The request, or why HTTP cannot carry it.
pub(crate) fn of(case: &Case) -> Result<Request<Body>, &'static str> {
    if case.call == Call::Authorize {
        return Err("`authorize`, for which the application has no route");
    }
    let mut request = Request::post("/").header(HOST, "localhost");
    for (name, value) in &case.headers {
        let (name, value) = header(name, value)?;
        request = request.header(name, value);
    }
    // The application admits only JSON. Cases test what comes after that.
    if let Some(headers) = request.headers_mut() {
        let json = HeaderValue::from_static("application/json");
        headers.entry(CONTENT_TYPE).or_insert(json);
    }
    request
        .body(body(case))
        .map_err(|_| "a request that HTTP cannot carry")
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "a header name that HTTP cannot carry")?;
    if OF_THE_MESSAGE.contains(&name.as_str()) {
        return Err("a header that is the HTTP message's own");
    }
    let value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| "a header value that HTTP cannot carry")?;
    Ok((name, value))
}

/// A stream is sent in chunks, another body with its length.
fn body(case: &Case) -> Body {
    if case.call == Call::Stream {
        let frame = |piece| Ok(Frame::data(Bytes::copy_from_slice(piece)));
        let frames: Vec<_> = case.pieces().map(frame).collect();
        StreamBody::new(stream::iter(frames)).boxed_unsync()
    } else {
        Full::new(Bytes::copy_from_slice(&case.body)).boxed_unsync()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(call: &str, name: &str, value: &str) -> Case {
        let text = serde_json::json!({
            "name": "n", "config": {}, "now": 1, "call": call, "headers": [[name, value]], "expect": {"event": {}}
        });
        serde_json::from_str(&text.to_string()).expect("a case")
    }

    #[test]
    fn a_header_is_sent_as_its_bytes() {
        let request = of(&case("verify", "X-A", "\t\u{e9} ")).expect("a request");
        let value = request.headers().get("x-a").expect("the header");
        assert_eq!(value.as_bytes(), "\t\u{e9} ".as_bytes());
    }

    #[test]
    fn what_http_cannot_carry_is_left_out() {
        for (call, name, value) in [
            ("authorize", "a", "b"),
            ("verify", "", "b"),
            ("verify", "a b", "b"),
            ("verify", "a", "b\n"),
            ("verify", "a", "\0"),
            ("verify", "Content-Length", "0"),
        ] {
            assert!(
                of(&case(call, name, value)).is_err(),
                "{call} {name:?} {value:?}"
            );
        }
    }
}
