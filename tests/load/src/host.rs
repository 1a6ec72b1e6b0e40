//! What the command line says of a host: how its two servers are started, and what tells which events were processed.

use std::{path::PathBuf, process::Command, str::FromStr};

use anyhow::{Context as _, Result};
use docutray_webhook_deliveries::{Receiver, SECRET, URL};
use serde::Deserialize;

/// A host with two servers, described in JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Host {
    pub(crate) name: String,
    /// The largest body that the receiver accepts, in bytes.
    pub(crate) limit: usize,
    pub(crate) evidence: Evidence,
    /// The receiver.
    pub(crate) receiver: Program,
    /// The same server without a handler of ours. It answers 200 when it has read a body.
    pub(crate) plain: Program,
}

/// What tells which events a receiver has processed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Evidence {
    /// It writes a line `processed KEY` for each. It has a store, so that there is one line for each event.
    Lines,
    /// The service behind it tells in its answer how many requests have reached it.
    Calls,
    /// The answer has the event's key.
    Keys,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Program {
    command: Vec<String>,
    directory: Option<PathBuf>,
}

impl FromStr for Host {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

impl Program {
    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self, limit: usize) -> Result<Receiver> {
        let (program, arguments) = self.command.split_first().context("an empty command")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("PORT", "0")
            .env("DOCUTRAY_WEBHOOK_SECRET", SECRET)
            .env("DOCUTRAY_WEBHOOK_URL", URL)
            .env("DOCUTRAY_WEBHOOK_MAX_BODY", limit.to_string());
        if let Some(directory) = &self.directory {
            command.current_dir(directory);
        }
        Receiver::start(&mut command)
    }
}
