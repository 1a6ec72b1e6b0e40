//! Sends requests without their bodies. A refusal must be answered before the body, and a body that stalls must be given up.

use anyhow::{Context as _, Result, ensure};
use docutray_webhook_deliveries::{Connection, Delivery, Receiver};

use crate::example::{BODY_DEADLINE, Example, SETTINGS};

pub(super) fn check(example: &Example) -> Result<()> {
    let genuine = Delivery::of("c_stalling");
    let length = genuine.body.len();
    let receiver = example.start(&SETTINGS)?;
    let unread = |delivery: &Delivery, length: usize, status, code| {
        refuses(&receiver, delivery, (length, b""), status, code).context(code)
    };
    let get = genuine.clone().by("GET");
    unread(&get, length, 405, "method_not_allowed")?;
    let text = genuine.clone().with_header("content-type", "text/plain");
    unread(&text, length, 415, "unsupported_media_type")?;
    let compressed = genuine.clone().with_header("content-encoding", "gzip");
    unread(&compressed, length, 415, "unsupported_content_encoding")?;
    unread(&genuine, 1 << 30, 413, "body_too_large")?;
    let unsigned = genuine.clone().without_header("x-docutray-signature");
    unread(&unsigned, length, 400, "missing_header")?;
    drop(receiver);

    let [secret, _, url] = SETTINGS;
    // In seconds. The shortest, for the test has to wait for it.
    let receiver = example.start(&[secret, url, (BODY_DEADLINE, "1")])?;
    let (half, _) = genuine.body.split_at(length / 2);
    for sent in [b"", half] {
        refuses(&receiver, &genuine, (length, sent), 408, "incomplete_body")
            .with_context(|| format!("{} of {length} bytes", sent.len()))?;
    }
    Ok(())
}

/// Announces a length, sends less, keeps the connection open, and expects a problem.
fn refuses(
    receiver: &Receiver,
    delivery: &Delivery,
    (length, sent): (usize, &[u8]),
    status: u16,
    code: &str,
) -> Result<()> {
    let mut connection = Connection::open(receiver.address())?;
    connection.head(delivery, &format!("content-length: {length}"));
    connection.write(sent);
    let response = connection.response().context("no response")?;
    ensure!(
        response.split(' ').nth(1) == Some(&status.to_string())
            && response.contains("application/problem+json")
            && response.contains(&format!(r#""code":"{code}""#))
            && response.contains(r#""detail":""#),
        "expected {status} {code}, got {response}"
    );
    Ok(())
}
