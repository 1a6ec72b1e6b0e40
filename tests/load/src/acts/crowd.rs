//! So many bodies at once that the receiver's budget for bodies does not suffice.

use anyhow::Result;

use crate::{
    event::LARGEST,
    raw::{Raw, request},
    session::Session,
};

/// Together they are more than four times the limit.
const BODIES: usize = 10;

/// All but the last byte of many bodies, and a genuine delivery among them, which has to be taken at last.
pub(super) async fn send(session: &mut Session) -> Result<()> {
    let mut crowd = Vec::new();
    for _ in 0..BODIES {
        let event = session.event_of_size(LARGEST)?;
        let mut whole = request(&event.signed(&mut session.rng), "");
        whole.pop();
        let mut raw = Raw::open(&session.target).await?;
        raw.send(&whole).await;
        crowd.push(raw);
    }
    let event = session.event_of_size(LARGEST)?;
    let delivery = event.signed(&mut session.rng);
    let (answer, _) = session.client.send(&delivery, &mut session.rng).await?;
    for mut raw in crowd {
        let statuses: Vec<_> = raw.said_by_now().iter().map(|one| one.status).collect();
        session.target.judge_half(&statuses)?;
    }
    session.take(&event, &answer).await
}
