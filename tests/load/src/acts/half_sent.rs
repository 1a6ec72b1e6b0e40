//! Requests that are never sent whole.

use std::time::Duration;

use anyhow::Result;
use tokio::time::sleep;

use crate::{
    raw::{Raw, announced, head as head_of, request},
    session::Session,
};

/// As many connections are opened at once.
const CONNECTIONS: usize = 20;

/// A genuine head and a part of the body. The connection is closed at once, later, or once others are held.
pub(super) async fn body(session: &mut Session) -> Result<()> {
    let raw = begun(session).await?;
    match session.rng.u8(0..3) {
        0 => {}
        1 => sleep(pause(session)).await,
        _ => return session.hold(raw),
    }
    closed(session, raw)
}

/// A part of a head, slowly.
pub(super) async fn head(session: &mut Session) -> Result<()> {
    let delivery = session.event()?.signed(&mut session.rng);
    let head = head_of(&delivery, &announced(delivery.body.0.len()));
    let part = head.get(..session.rng.usize(1..head.len())).unwrap_or(&[]);
    let mut raw = Raw::open(&session.target).await?;
    raw.send_slowly(part, 4, pause(session) / 4).await;
    match session.rng.bool() {
        true => session.hold(raw),
        false => closed(session, raw),
    }
}

/// Connections that are closed before a request has come.
pub(super) async fn connections(session: &mut Session) -> Result<()> {
    let mut open = Vec::new();
    for number in 0..CONNECTIONS {
        let mut raw = Raw::open(&session.target).await?;
        if number.is_multiple_of(2) {
            raw.send(b"POST /hooks/docutray HTTP/1.1\r\nx-docutray-")
                .await;
        }
        open.push(raw);
    }
    for raw in open {
        closed(session, raw)?;
    }
    Ok(())
}

/// A delivery of which a part was sent.
async fn begun(session: &mut Session) -> Result<Raw> {
    let delivery = session.event()?.signed(&mut session.rng);
    let length = delivery.body.0.len();
    let whole = request(&delivery, "");
    let sent = whole.len() - session.rng.usize(1..=length);
    let mut raw = Raw::open(&session.target).await?;
    raw.send(whole.get(..sent).unwrap_or(&[])).await;
    Ok(raw)
}

fn closed(session: &Session, raw: Raw) -> Result<()> {
    session.target.judge_half(&raw.statuses())
}

fn pause(session: &mut Session) -> Duration {
    Duration::from_millis(session.rng.u64(20..400))
}
