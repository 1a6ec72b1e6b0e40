//! The load: all senders of all servers at once.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use fastrand::Rng;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    acts::act,
    memory::Sample,
    resources::{self, Resources},
    session::Session,
    target::Target,
};

/// How many send to each server.
const SENDERS: u32 = 3;
/// Each does so much before anything is measured.
const WARM_UP: Amount = Amount {
    time: Duration::ZERO,
    least: 150,
};
/// In milliseconds: the pause after each act, at most, so that the servers are not busy all the time.
const PAUSE: u64 = 60;
/// After so many faults nothing more is sent.
const FAULTS: u64 = 20;
/// How often a server is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// How much is sent.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    /// For so long,
    pub(crate) time: Duration,
    /// and until each sender has done at least so much. A slow machine takes longer.
    pub(crate) least: u64,
}

/// A server, those who send to it, and what its process held before.
pub(crate) struct Warm {
    target: Arc<Target>,
    sessions: Vec<Session>,
    before: Resources,
}

/// What was seen of a server's process.
pub(crate) struct Seen {
    pub(crate) target: Arc<Target>,
    pub(crate) before: Resources,
    pub(crate) after: Resources,
    pub(crate) samples: Vec<Sample>,
}

impl Warm {
    /// Sends a little, after which a server has opened what it needs.
    pub(crate) async fn up(target: Arc<Target>, mut rng: Rng) -> Result<Self> {
        let sessions = (0..SENDERS)
            .map(|number| Session::new(&target, format!("load_{number}"), rng.fork()))
            .collect();
        let sessions = send(sessions, WARM_UP).await?;
        let before = resources::idle(target.pid()).await?;
        // The first deliveries take longer.
        target.ledger.entries().latency.reset();
        Ok(Self {
            target,
            sessions,
            before,
        })
    }

    /// Puts the server under load, and waits until it has given back what its senders have left.
    pub(crate) async fn load(self, amount: Amount) -> Result<Seen> {
        let Self {
            target,
            sessions,
            before,
        } = self;
        let sampler = tokio::spawn(samples(Arc::clone(&target)));
        drop(send(sessions, amount).await?);
        target.end();
        let samples = sampler.await??;
        let after = resources::given_back(target.pid(), before).await?;
        Ok(Seen {
            target,
            before,
            after,
            samples,
        })
    }
}

async fn send(sessions: Vec<Session>, amount: Amount) -> Result<Vec<Session>> {
    let mut senders = JoinSet::new();
    for session in sessions {
        senders.spawn(send_one(session, amount));
    }
    let mut sessions = Vec::new();
    while let Some(session) = senders.join_next().await {
        sessions.push(session.context("a sender has panicked")?);
    }
    Ok(sessions)
}

async fn send_one(mut session: Session, amount: Amount) -> Session {
    let begin = Instant::now();
    for done in 0.. {
        let is_enough = done >= amount.least && begin.elapsed() >= amount.time;
        if is_enough || session.target.ledger.entries().fault_count >= FAULTS {
            break;
        }
        if let Err(error) = act(&mut session).await {
            session.fault(&error);
        }
        let pause = session.rng.u64(0..PAUSE);
        sleep(Duration::from_millis(pause)).await;
    }
    if let Err(error) = session.close() {
        session.fault(&error);
    }
    session
}

/// Looks at the server until its load ends.
async fn samples(target: Arc<Target>) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    while !target.has_ended() {
        samples.push(Sample {
            connections: target.connections(),
            resources: resources::now(target.pid())?,
        });
        sleep(LOOK).await;
    }
    Ok(samples)
}
