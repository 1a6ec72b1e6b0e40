//! Requests that no orderly client sends: what is refused has its answer before its body, and a body that stalls has an end.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    demo::{
        deliveries::{Delivery, SETTINGS, genuine},
        now,
    },
    receivers::{Example, Receiver},
};

/// Longer than any machine takes for an answer that waits for nothing.
const PATIENCE: Duration = Duration::from_secs(120);
/// In seconds. The shortest, for a test has to wait for it.
const DEADLINE: &str = "1";
const JSON: &str = "application/json";

pub(super) fn check(example: &Example) -> Result<()> {
    let receiver = example.start(&SETTINGS)?;
    let deliveries = genuine(now()?);
    let genuine = deliveries.first().context("no genuine delivery")?;
    let unread = |delivery| Request {
        method: "POST",
        content_type: JSON,
        content_encoding: "identity",
        delivery,
        is_signed: true,
        length: delivery.body.len(),
        sent: 0,
    };

    let get = Request {
        method: "GET",
        ..unread(genuine)
    };
    refused(&receiver, &get, 405, "method_not_allowed").context("a GET")?;
    let text = Request {
        content_type: "text/plain",
        ..unread(genuine)
    };
    refused(&receiver, &text, 415, "unsupported_media_type").context("text/plain")?;
    let compressed = Request {
        content_encoding: "gzip",
        ..unread(genuine)
    };
    let code = "unsupported_content_encoding";
    refused(&receiver, &compressed, 415, code).context("gzip")?;
    let large = Request {
        length: 1 << 30,
        ..unread(genuine)
    };
    refused(&receiver, &large, 413, "body_too_large").context("a length of 1 GiB")?;
    let unsigned = Request {
        is_signed: false,
        ..unread(genuine)
    };
    refused(&receiver, &unsigned, 400, "missing_header").context("no headers")?;
    drop(receiver);

    let [secret, _, url] = SETTINGS;
    let receiver = example.start(&[secret, url, ("DOCUTRAY_WEBHOOK_BODY_DEADLINE", DEADLINE)])?;
    let half = Request {
        sent: genuine.body.len() / 2,
        ..unread(genuine)
    };
    refused(&receiver, &half, 408, "incomplete_body").context("half of a body")?;
    refused(&receiver, &unread(genuine), 408, "incomplete_body").context("none of a body")
}

/// A request of which less is sent than its head announces; the connection stays open.
struct Request<'a> {
    method: &'a str,
    content_type: &'a str,
    content_encoding: &'a str,
    delivery: &'a Delivery,
    is_signed: bool,
    length: usize,
    sent: usize,
}

fn refused(receiver: &Receiver, request: &Request<'_>, status: u16, code: &str) -> Result<()> {
    let answer = request.send(receiver)?;
    ensure!(
        answer.split(' ').nth(1) == Some(&status.to_string())
            && answer.contains("application/problem+json")
            && answer.contains(&format!(r#""code":"{code}""#))
            && answer.contains(r#""detail":""#),
        "expected {status} {code}, got {answer}"
    );
    Ok(())
}

impl Request<'_> {
    /// The answer, which must come without the rest of the body.
    fn send(&self, receiver: &Receiver) -> Result<String> {
        let address = receiver.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = format!(
            "{} / HTTP/1.1\r\nhost: {address}\r\ncontent-type: {}\r\ncontent-encoding: {}\r\ncontent-length: {}\r\n",
            self.method, self.content_type, self.content_encoding, self.length
        );
        let headers = self.delivery.headers.iter().filter(|_| self.is_signed);
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n")?;
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        let sent = self
            .delivery
            .body
            .get(..self.sent)
            .context("no such part")?;
        stream.write_all(sent)?;
        // Up to the end of the problem, whether or not the connection ends with it.
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while !answer.ends_with(b"}") {
            match stream.read(&mut buffer).context("no answer")? {
                0 => break,
                length => answer.extend(buffer.iter().take(length)),
            }
        }
        Ok(String::from_utf8(answer)?)
    }
}
