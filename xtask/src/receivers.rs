//! The examples' receivers, started for as long as they are needed.

mod examples;

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

/// Wasmtime compiles the component at the start, in a debug build on a busy machine.
const START: Duration = Duration::from_secs(120);
/// What the examples say, and what `wasmtime serve` does.
const LISTENING: [&str; 2] = ["listening on ", "Serving HTTP on "];
/// How long one may take to end those that it has started.
const END: Duration = Duration::from_secs(10);

/// The variables that examples read, and that none has from elsewhere.
const SETTINGS: [&str; 4] = [
    "DOCUTRAY_WEBHOOK_SECRET",
    "DOCUTRAY_WEBHOOK_SECRET_OLD",
    "DOCUTRAY_WEBHOOK_URL",
    "DOCUTRAY_WEBHOOK_BODY_DEADLINE",
];

/// Variables of an example's environment.
pub(crate) type Settings<'a> = &'a [(&'static str, &'a str)];

/// An example that is built, and how it is started.
pub(crate) struct Example {
    pub(crate) name: &'static str,
    /// The command that a user types, without settings.
    command: Command,
    /// Whether it runs on a host that a script starts, and ends when the script does, with its standard input.
    is_hosted: bool,
    pub(crate) without_secret: WithoutSecret,
    /// Whether it processes an event once, and says of a repetition that it is one.
    pub(crate) is_idempotent: bool,
    /// Whether it answers each refusal from the one table, and ends a body that stalls at `DOCUTRAY_WEBHOOK_BODY_DEADLINE`.
    pub(crate) has_deadline: bool,
}

/// What an example does that was given no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WithoutSecret {
    /// A receiver ends, and says why.
    Ends,
    /// A page refuses what is pasted into it, a component what its server brings.
    Refuses,
}

/// A receiver that runs until this is dropped.
pub(crate) struct Receiver {
    child: Child,
    is_hosted: bool,
    /// `http://127.0.0.1:PORT`
    pub(crate) address: String,
}

impl Example {
    /// A receiver that is a process of its own.
    fn new(name: &'static str, command: Command) -> Self {
        Self {
            name,
            command,
            is_hosted: false,
            without_secret: WithoutSecret::Ends,
            is_idempotent: false,
            has_deadline: false,
        }
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self, settings: Settings<'_>) -> Result<Receiver> {
        let mut receiver = self.spawned(settings)?;
        match receiver.start()? {
            Start::Listens(address) => receiver.address = address,
            Start::Ended(written) => bail!(
                "{} did not start: it wrote no `{}http://...`, but:\n{written}",
                self.name,
                LISTENING.join("http://...` or `")
            ),
        }
        Ok(receiver)
    }

    /// Starts it with settings of which it has to end; gives how it did, and what it wrote.
    pub(crate) fn end(&self, settings: Settings<'_>) -> Result<(ExitStatus, String)> {
        let mut receiver = self.spawned(settings)?;
        match receiver.start()? {
            Start::Listens(address) => bail!("{} listens on {address}", self.name),
            Start::Ended(written) => Ok((receiver.child.wait()?, written)),
        }
    }

    fn spawned(&self, settings: Settings<'_>) -> Result<Receiver> {
        let mut command = Command::new(self.command.get_program());
        for setting in SETTINGS {
            command.env_remove(setting);
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
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", self.name))?;
        Ok(Receiver {
            child,
            is_hosted: self.is_hosted,
            address: String::new(),
        })
    }
}

/// What came of a start.
enum Start {
    /// With its address.
    Listens(String),
    /// With what it wrote.
    Ended(String),
}

impl Receiver {
    fn start(&mut self) -> Result<Start> {
        let written = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = mpsc::channel();
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        listen(
            stdout.context("no stdout")?,
            sender.clone(),
            Arc::clone(&written),
        );
        listen(stderr.context("no stderr")?, sender, Arc::clone(&written));
        let is_over = loop {
            match lines.recv_timeout(START) {
                Err(fault) => break fault == RecvTimeoutError::Disconnected,
                Ok(line) => {
                    let address = LISTENING.iter().find_map(|words| line.split_once(words));
                    if let Some((_, address)) = address {
                        let address = address.trim().trim_end_matches('/');
                        return Ok(Start::Listens(address.to_owned()));
                    }
                }
            }
        };
        let written = written.lock().unwrap_or_else(PoisonError::into_inner);
        ensure!(is_over, "it neither listens nor ends; it wrote:\n{written}");
        Ok(Start::Ended(written.clone()))
    }
}

impl Receiver {
    /// Lets a script end the host that it has started, which would outlive a script that is killed.
    fn end_host(&mut self) {
        drop(self.child.stdin.take());
        let started = Instant::now();
        while started.elapsed() < END && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if self.is_hosted {
            self.end_host();
        }
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the receiver never waits for a full pipe.
fn listen(pipe: impl Read + Send + 'static, lines: Sender<String>, written: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            *written.lock().unwrap_or_else(PoisonError::into_inner) += &format!("  {line}\n");
            // Nobody waits for lines once the address is known.
            let _ = lines.send(line);
        }
    });
}
