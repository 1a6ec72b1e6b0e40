//! Bodies beyond the limit, after a genuine head.

use anyhow::Result;

use crate::{
    raw::{Raw, announced as length, head},
    session::Session,
};

/// What is sent at a time, and beyond the limit in all, in bytes.
const CHUNK: usize = 64 << 10;
const BEYOND: usize = 1 << 20;
const STATUS: u16 = 413;

/// A length that is announced, of which nothing comes.
pub(super) async fn announced(session: &mut Session) -> Result<()> {
    let delivery = session.event()?.signed(&mut session.rng);
    let bytes = session.target.limit + session.rng.usize(1..1 << 40);
    let mut raw = Raw::open(&session.target).await?;
    raw.send(&head(&delivery, &length(bytes))).await;
    refused(session, raw, "an announced body beyond the limit").await
}

/// Chunks of unknown length.
pub(super) async fn sent(session: &mut Session) -> Result<()> {
    let delivery = session.event()?.signed(&mut session.rng);
    let mut raw = Raw::open(&session.target).await?;
    raw.send(&head(&delivery, "transfer-encoding: chunked\r\n"))
        .await;
    let chunk = [format!("{CHUNK:x}\r\n").as_bytes(), &[b' '; CHUNK], b"\r\n"].concat();
    for _ in 0..(session.target.limit + BEYOND).div_ceil(CHUNK) {
        if !raw.send(&chunk).await {
            break;
        }
    }
    refused(session, raw, "a body beyond the limit").await
}

/// If the server closes the connection while the body is being sent, the answer may be lost.
async fn refused(session: &Session, raw: Raw, what: &str) -> Result<()> {
    if session.target.is_judged
        && let Some(answer) = raw.answer().await
    {
        session.target.judge_wrong(what, answer.status, STATUS)?;
    }
    Ok(())
}
