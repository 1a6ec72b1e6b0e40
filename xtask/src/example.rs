//! An example that receives deliveries: how it is started, and what it promises.

use std::process::{Command, ExitStatus};

use anyhow::{Context as _, Result};
use docutray_webhook_deliveries::{Receiver, SECRET, URL};

/// The old secret of a receiver that takes deliveries of both.
pub(crate) const OLD_SECRET: &str = "whsec_1a2b3c4d5e6f";
/// The environment of an example.
pub(crate) const SETTINGS: [(&str, &str); 3] = [
    ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
    ("DOCUTRAY_WEBHOOK_SECRET_OLD", OLD_SECRET),
    ("DOCUTRAY_WEBHOOK_URL", URL),
];
/// In seconds, how long an example waits for a body.
pub(crate) const BODY_DEADLINE: &str = "DOCUTRAY_WEBHOOK_BODY_DEADLINE";

/// An example that is built.
pub(crate) struct Example {
    pub(crate) name: &'static str,
    /// The command that a user types, without settings.
    pub(crate) command: Command,
    /// Whether a script starts its host. The script ends the host when its standard input ends.
    pub(crate) is_hosted: bool,
    /// Whether it is an endpoint itself, and not a page that a script of the tests feeds.
    pub(crate) is_endpoint: bool,
    pub(crate) without_secret: WithoutSecret,
    /// Whether it processes an event once, and answers `duplicate` when the event comes again.
    pub(crate) is_idempotent: bool,
    /// Whether it answers each refusal from the table of answers, and gives up a body that stalls at [`BODY_DEADLINE`].
    pub(crate) has_deadline: bool,
}

/// What an example does without a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WithoutSecret {
    /// A receiver ends, and says why.
    Ends,
    /// It starts, and refuses each delivery.
    Refuses,
}

impl Example {
    /// A receiver that is a process of its own.
    pub(crate) fn new(name: &'static str, command: Command) -> Self {
        Self {
            name,
            command,
            is_hosted: false,
            is_endpoint: true,
            without_secret: WithoutSecret::Ends,
            is_idempotent: false,
            has_deadline: false,
        }
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self, settings: &[(&str, &str)]) -> Result<Receiver> {
        let receiver = Receiver::start(&mut self.command(settings))
            .with_context(|| format!("{} did not start", self.name))?;
        Ok(match self.is_hosted {
            true => receiver.ending_with_stdin(),
            false => receiver,
        })
    }

    /// Starts it with settings that it must refuse. Gives how it ended, and what it wrote.
    pub(crate) fn start_and_fail(&self, settings: &[(&str, &str)]) -> Result<(ExitStatus, String)> {
        Receiver::start_and_fail(&mut self.command(settings))
    }

    /// The command with these settings and no others of this process's environment.
    fn command(&self, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(self.command.get_program());
        let names = SETTINGS.map(|(name, _)| name);
        for name in names.into_iter().chain([BODY_DEADLINE]) {
            command.env_remove(name);
        }
        let own = self.command.get_envs();
        command
            .args(self.command.get_args())
            .envs(own.filter_map(|(name, value)| Some((name, value?))))
            .envs(settings.iter().copied())
            .env("PORT", "0");
        if let Some(directory) = self.command.get_current_dir() {
            command.current_dir(directory);
        }
        command
    }
}
