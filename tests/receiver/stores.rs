//! Stores that fail when a test tells them to.

use docutray_webhook::idempotency::{Claim, Memory, MemoryFull, Store};
use std::{
    future, io,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How a method fails.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    None,
    /// Fails this many times without doing anything.
    Fails(usize),
    /// Never completes.
    Hangs,
    Panics,
}

#[derive(Debug)]
pub(crate) struct Flaky {
    memory: Memory,
    claim: Mutex<Fault>,
    renew: Mutex<Fault>,
    complete: Mutex<Fault>,
    release: Mutex<Fault>,
}

impl Flaky {
    pub(crate) fn new(memory: Memory) -> Arc<Self> {
        Arc::new(Self {
            memory,
            claim: Mutex::new(Fault::None),
            renew: Mutex::new(Fault::None),
            complete: Mutex::new(Fault::None),
            release: Mutex::new(Fault::None),
        })
    }

    pub(crate) fn claim_has(&self, fault: Fault) {
        *self.claim.lock().unwrap() = fault;
    }

    pub(crate) fn renew_has(&self, fault: Fault) {
        *self.renew.lock().unwrap() = fault;
    }

    pub(crate) fn complete_has(&self, fault: Fault) {
        *self.complete.lock().unwrap() = fault;
    }

    pub(crate) fn release_has(&self, fault: Fault) {
        *self.release.lock().unwrap() = fault;
    }
}

impl Store for Flaky {
    type Error = io::Error;

    fn lease(&self) -> Duration {
        self.memory.lease()
    }

    async fn claim(&self, key: &str) -> io::Result<Claim> {
        suffer(&self.claim).await?;
        self.memory.claim(key).await.map_err(full)
    }

    async fn renew(&self, key: &str, token: u64) -> io::Result<bool> {
        suffer(&self.renew).await?;
        self.memory.renew(key, token).await.map_err(full)
    }

    async fn complete(&self, key: &str, token: u64) -> io::Result<bool> {
        suffer(&self.complete).await?;
        self.memory.complete(key, token).await.map_err(full)
    }

    async fn release(&self, key: &str, token: u64) -> io::Result<bool> {
        suffer(&self.release).await?;
        self.memory.release(key, token).await.map_err(full)
    }
}

async fn suffer(fault: &Mutex<Fault>) -> io::Result<()> {
    let now = *fault.lock().unwrap();
    match now {
        Fault::None | Fault::Fails(0) => {}
        Fault::Fails(times) => {
            *fault.lock().unwrap() = Fault::Fails(times - 1);
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        Fault::Hangs => future::pending().await,
        Fault::Panics => panic!("a panic of the store"),
    }
    Ok(())
}

fn full(error: MemoryFull) -> io::Error {
    io::Error::other(error)
}
