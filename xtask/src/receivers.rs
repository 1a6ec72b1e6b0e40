//! The examples' receivers, started for as long as they are needed.

use std::{
    io::{BufRead as _, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::Xtask;

/// Wasmtime compiles the component at the start, in a debug build on a busy machine.
const START: Duration = Duration::from_secs(120);
const LISTENING: &str = "listening on ";

/// What a receiver is told.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) secret: &'static str,
    pub(crate) old_secret: &'static str,
    pub(crate) url: &'static str,
}

/// An example that is built, and how it is started.
pub(crate) struct Example {
    pub(crate) name: &'static str,
    program: PathBuf,
    argument: PathBuf,
}

/// A receiver that runs until this is dropped.
pub(crate) struct Receiver {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub(crate) address: String,
}

impl Xtask {
    /// examples/node, in a project that has the package installed.
    pub(crate) fn node_example(&self) -> Result<Example> {
        let argument = self.consumer()?.join("examples/node/server.mjs");
        Ok(Example {
            name: "examples/node",
            program: "node".into(),
            argument,
        })
    }

    /// examples/wasmtime-host, with the component.
    pub(crate) fn wasmtime_example(&self) -> Result<Example> {
        let argument = self.build()?.component;
        let step = self.console.step("wasmtime-host: compile");
        let program = self.executable(&step, "wasmtime-host")?;
        step.done("");
        Ok(Example {
            name: "examples/wasmtime-host",
            program,
            argument,
        })
    }
}

impl Example {
    /// The command that a user types, without settings.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(&self.argument).env("PORT", "0");
        for setting in ["DOCUTRAY_SECRET", "DOCUTRAY_SECRET_OLD", "DOCUTRAY_URL"] {
            command.env_remove(setting);
        }
        command
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self, settings: Settings) -> Result<Receiver> {
        let mut command = self.command();
        let child = command
            .env("DOCUTRAY_SECRET", settings.secret)
            .env("DOCUTRAY_SECRET_OLD", settings.old_secret)
            .env("DOCUTRAY_URL", settings.url)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", self.name))?;
        let mut receiver = Receiver {
            child,
            address: String::new(),
        };
        receiver.address = receiver
            .wait_for_address()
            .with_context(|| format!("{} did not start", self.name))?;
        Ok(receiver)
    }
}

impl Receiver {
    fn wait_for_address(&mut self) -> Result<String> {
        let written = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = mpsc::channel();
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        listen(
            stdout.context("no stdout")?,
            sender.clone(),
            Arc::clone(&written),
        );
        listen(stderr.context("no stderr")?, sender, Arc::clone(&written));
        while let Ok(line) = lines.recv_timeout(START) {
            if let Some((_, address)) = line.split_once(LISTENING) {
                return Ok(address.trim().to_owned());
            }
        }
        let written = written.lock().unwrap_or_else(PoisonError::into_inner);
        bail!("it wrote no `{LISTENING}http://...`, but:\n{written}")
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
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
