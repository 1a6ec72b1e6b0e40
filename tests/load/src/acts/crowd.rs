//! So many bodies at once that a receiver has no room for more.

use anyhow::{Context as _, Result};

use crate::{
    event::LARGEST,
    raw::{Raw, request},
    session::Session,
};

/// How many bodies, of how many bytes: more than the budget of four times the limit, and more than Wasmtime's host has instances.
const CROWDS: [(usize, usize); 2] = [(10, LARGEST), (70, 1 << 10)];

/// All but the last byte of many bodies, and a genuine delivery among them, which has to be taken at last.
pub(super) async fn send(session: &mut Session) -> Result<()> {
    let crowd = session.rng.choice(CROWDS);
    let (count, bytes) = crowd.context("there are no crowds")?;
    let mut crowd = Vec::new();
    for _ in 0..count {
        let event = session.event_of_size(bytes)?;
        let mut whole = request(&event.signed(&mut session.rng), "");
        whole.pop();
        let mut raw = Raw::open(&session.target).await?;
        raw.send(&whole).await;
        crowd.push(raw);
    }
    let event = session.event_of_size(LARGEST)?;
    let delivery = event.signed(&mut session.rng);
    let (answer, _) = session.client.send(&delivery, &mut session.rng).await?;
    for raw in crowd {
        session.target.judge_half(&raw.statuses())?;
    }
    session.take(&event, &answer).await
}
