//! What a sender does, and how often.

mod crowd;
mod forged;
mod genuine;
mod half_sent;
mod pipelined;
mod slow;
mod too_large;

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::time::timeout;

use crate::{draw::weighted, session::Session};

/// What a sender does at a time.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// A new event.
    Genuine,
    /// The last event once more.
    Repeated,
    /// One of the tools' forgeries.
    Forged,
    /// A body beyond the limit, announced.
    Announced,
    /// A body beyond the limit, sent.
    TooLarge,
    /// A body of which a part is sent.
    HalfSent,
    /// Many of those at once, with a genuine delivery among them.
    Crowd,
    /// A genuine delivery whose head or body comes in pieces.
    Slow,
    /// A part of a head.
    SlowHead,
    /// Several requests at once.
    Pipelined,
    /// Connections without a request.
    Connections,
}

/// How often each act is drawn.
const MIX: [(u32, Act); 11] = [
    (400, Act::Genuine),
    (80, Act::Repeated),
    (200, Act::Forged),
    (20, Act::Announced),
    (2, Act::TooLarge),
    (80, Act::HalfSent),
    (3, Act::Crowd),
    (35, Act::Slow),
    (20, Act::SlowHead),
    (40, Act::Pipelined),
    (200, Act::Connections),
];

/// Longer than any act takes on any machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Does one thing.
pub(crate) async fn act(session: &mut Session) -> Result<()> {
    let act = weighted(&mut session.rng, &MIX).context("the mix is empty")?;
    let done = timeout(PATIENCE, act.run(session)).await;
    let done = done.context("it was not answered for minutes").flatten();
    done.with_context(|| format!("{act:?}"))
}

impl Act {
    async fn run(self, session: &mut Session) -> Result<()> {
        match self {
            Self::Genuine => genuine::new(session).await,
            Self::Repeated => genuine::repeated(session).await,
            Self::Forged => forged::send(session).await,
            Self::Announced => too_large::announced(session).await,
            Self::TooLarge => too_large::sent(session).await,
            Self::HalfSent => half_sent::body(session).await,
            Self::Crowd => crowd::send(session).await,
            Self::Slow => slow::send(session).await,
            Self::SlowHead => half_sent::head(session).await,
            Self::Pipelined => pipelined::send(session).await,
            Self::Connections => half_sent::connections(session).await,
        }
    }
}
