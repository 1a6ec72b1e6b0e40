//! The forgeries of the tools' list.

use anyhow::{Context as _, Result};
use docutray_webhook_tools::forge::{About, Forgery};

use crate::session::Session;

/// One of them, of an event of its own.
pub(super) async fn send(session: &mut Session) -> Result<()> {
    let way = session.rng.choice(Forgery::ALL).context("no forgeries")?;
    let bytes = 1 << session.rng.u32(10..=16);
    let event = session.event_of_size(bytes)?;
    let (delivery, About { title, status, .. }) = event.forged(*way, &mut session.rng)?;
    let (answer, _) = session.client.send(&delivery, &mut session.rng).await?;
    session.target.judge_wrong(title, answer.status, status)
}
