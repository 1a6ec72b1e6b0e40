//! Faults that a receiver can have, and that the generator of the load has to find.

use std::{
    fs::File,
    str::FromStr,
    sync::{Mutex, PoisonError},
};

use anyhow::{Error, bail};
use axum::http::StatusCode;

/// What is kept of each event, in bytes.
const KEPT: usize = 2 << 20;

static MEMORY: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
static FILES: Mutex<Vec<File>> = Mutex::new(Vec::new());

/// What is wrong with a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It forgets each event with the next one, and processes it again.
    Forgets,
    /// It keeps memory of each event.
    KeepsMemory,
    /// It keeps a file of each event open.
    KeepsFiles,
    /// It answers 500.
    Fails,
    /// It accepts payloads that do not fit their event.
    Accepts,
}

impl FromStr for Fault {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "forgets" => Self::Forgets,
            "keeps-memory" => Self::KeepsMemory,
            "keeps-files" => Self::KeepsFiles,
            "fails" => Self::Fails,
            "accepts" => Self::Accepts,
            _ => bail!("there is no such fault"),
        })
    }
}

impl Fault {
    /// Does what is wrong, for an event.
    pub(crate) fn show(self) -> Result<(), StatusCode> {
        match self {
            Self::Forgets | Self::Accepts => {}
            Self::KeepsMemory => keep(&MEMORY, vec![1; KEPT]),
            Self::KeepsFiles => match File::open("/dev/null") {
                Ok(file) => keep(&FILES, file),
                Err(_) => return Err(StatusCode::SERVICE_UNAVAILABLE),
            },
            Self::Fails => return Err(StatusCode::INTERNAL_SERVER_ERROR),
        }
        Ok(())
    }
}

fn keep<T>(kept: &Mutex<Vec<T>>, one: T) {
    kept.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(one);
}
