//! A server that is under load.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use docutray_webhook_deliveries::Receiver;
use serde::Deserialize;
use tokio::net::TcpStream;

use crate::{
    host::{Evidence, Host},
    ledger::Ledger,
};

/// A server that was started, and what is known of it.
pub(crate) struct Target {
    /// The host's name, and whether it has our handler.
    pub(crate) name: String,
    /// Nothing but genuine deliveries is judged without our handler.
    pub(crate) is_judged: bool,
    /// In bytes: the largest body that is accepted.
    pub(crate) limit: usize,
    pub(crate) ledger: Ledger,
    /// What tells which events were processed.
    pub(crate) evidence: Evidence,
    receiver: Receiver,
    connections: AtomicU64,
    has_ended: AtomicBool,
}

/// How a genuine delivery was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Now,
    /// It was answered 503, and has to be sent again.
    Later,
}

/// What the service behind the gate answers.
#[derive(Deserialize)]
struct Echo {
    calls: u64,
    instance: String,
}

/// What the example in Wasmtime answers.
#[derive(Deserialize)]
struct Processed {
    key: String,
}

const OK: u16 = 200;
const UNAVAILABLE: u16 = 503;

impl Target {
    /// The receiver of a host.
    pub(crate) fn receiver(host: &Host) -> Result<Self> {
        let name = host.name.clone();
        Self::new(host, name, true, host.receiver.start(host.limit)?)
    }

    /// The host's server without our handler.
    pub(crate) fn plain(host: &Host) -> Result<Self> {
        let name = format!("{} without a handler", host.name);
        Self::new(host, name, false, host.plain.start(host.limit)?)
    }

    fn new(host: &Host, name: String, is_judged: bool, receiver: Receiver) -> Result<Self> {
        Ok(Self {
            name,
            is_judged,
            limit: host.limit,
            ledger: Ledger::new()?,
            evidence: host.evidence,
            receiver,
            connections: AtomicU64::new(0),
            has_ended: AtomicBool::new(false),
        })
    }

    /// Opens a connection, which is counted.
    pub(crate) async fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(self.receiver.address()).await;
        let stream = stream.context("the server takes no connection")?;
        stream.set_nodelay(true)?;
        self.connections.fetch_add(1, Ordering::Relaxed);
        Ok(stream)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> u64 {
        self.connections.load(Ordering::Relaxed)
    }

    /// Ends its load.
    pub(crate) fn end(&self) {
        self.has_ended.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.receiver.pid()
    }

    pub(crate) fn log(&self) -> String {
        self.receiver.log()
    }

    /// Judges the answer to a genuine delivery.
    pub(crate) fn judge_genuine(&self, status: u16) -> Result<Taken> {
        match status {
            OK => Ok(Taken::Now),
            UNAVAILABLE => {
                self.ledger.entries().later += 1;
                Ok(Taken::Later)
            }
            other => bail!("a genuine delivery was answered {other}"),
        }
    }

    /// Writes down that an event was taken. `answer` is the body of the answer.
    pub(crate) fn taken(&self, key: &str, latency: Option<Duration>, answer: &[u8]) -> Result<()> {
        let mut entries = self.ledger.entries();
        entries.deliveries += 1;
        if let Some(latency) = latency {
            entries.took(latency);
        }
        if !self.is_judged {
            return Ok(());
        }
        entries.taken.insert(key.to_owned());
        match self.evidence {
            Evidence::Lines => {}
            Evidence::Calls => {
                let Echo { calls, instance } = serde_json::from_slice(answer)?;
                entries.call(instance, calls);
            }
            Evidence::Keys => {
                let processed: Processed = serde_json::from_slice(answer)?;
                ensure!(
                    processed.key == key,
                    "the answer to {key} is that to {}",
                    processed.key
                );
            }
        }
        Ok(())
    }

    /// Judges the answer to what must not be taken. A server that is busy may refuse it with 503.
    pub(crate) fn judge_wrong(&self, what: &str, status: u16, expected: u16) -> Result<()> {
        if !self.is_judged {
            return Ok(());
        }
        ensure!(
            [expected, UNAVAILABLE].contains(&status),
            "{what} was answered {status} instead of {expected}"
        );
        self.ledger.entries().refused += 1;
        Ok(())
    }

    /// Judges what a server has said to a request that it has never got whole.
    pub(crate) fn judge_half(&self, statuses: &[u16]) -> Result<()> {
        ensure!(
            !self.is_judged || statuses.iter().all(|status| *status >= 400),
            "a request that was never sent whole was answered {statuses:?}"
        );
        self.ledger.entries().half_sent += 1;
        Ok(())
    }
}
