//! Genuine deliveries that come slowly.

use std::time::Duration;

use anyhow::Result;

use crate::{
    raw::{LAST, Raw, announced, head},
    session::Session,
};

/// At most so many pieces of a head or a body.
const PIECES: usize = 6;

/// The head or the body in pieces.
pub(super) async fn send(session: &mut Session) -> Result<()> {
    let event = session.event()?;
    let delivery = event.signed(&mut session.rng);
    let body = &delivery.body.0;
    let head = head(&delivery, &(announced(body.len()) + LAST));
    let pieces = session.rng.usize(2..=PIECES);
    let pause = Duration::from_millis(session.rng.u64(5..60));
    let mut raw = Raw::open(&session.target).await?;
    if session.rng.bool() {
        raw.send_slowly(&head, pieces, pause).await;
        raw.send(body).await;
    } else {
        raw.send(&head).await;
        raw.send_slowly(body, pieces, pause).await;
    }
    session.take_answers(&[event], &raw.answers().await?).await
}
