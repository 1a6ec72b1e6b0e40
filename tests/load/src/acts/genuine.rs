//! Genuine deliveries in one piece.

use anyhow::Result;

use crate::session::Session;

/// A new event.
pub(super) async fn new(session: &mut Session) -> Result<()> {
    let event = session.event()?;
    session.deliver(&event).await?;
    session.last = Some(event);
    Ok(())
}

/// The last event in another delivery.
pub(super) async fn repeated(session: &mut Session) -> Result<()> {
    let Some(event) = session.last.take() else {
        return new(session).await;
    };
    session.deliver(&event).await?;
    session.last = Some(event);
    Ok(())
}
