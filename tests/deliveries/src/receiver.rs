//! The program of a receiver, started for as long as it is needed.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

/// Longer than any machine takes to start a program: a debug build of Wasmtime compiles the component, beside other tests.
const START: Duration = Duration::from_secs(900);
/// How long a script may take to end what it has started.
const END: Duration = Duration::from_secs(10);
/// What programs write when they listen: the examples, and `wasmtime serve`.
const LISTENING: [&str; 2] = ["listening on ", "Serving HTTP on "];

/// A program that runs until this is dropped.
#[derive(Debug)]
pub struct Receiver {
    child: Child,
    address: String,
    log: Log,
    ends_with_stdin: bool,
}

/// What the program has written.
type Log = Arc<Mutex<String>>;

impl Receiver {
    /// Starts a program, and waits until it writes where it listens.
    ///
    /// # Errors
    /// If it does not start, or ends; the error holds what it wrote.
    pub fn start(command: &mut Command) -> Result<Self> {
        let (receiver, listens) = Self::spawn(command)?;
        ensure!(
            listens,
            "it wrote no `{}http://...`, but:\n{}",
            LISTENING.join("http://...` or `"),
            receiver.log()
        );
        Ok(receiver)
    }

    /// Starts a program that must not listen, and gives how it ended and what it wrote.
    ///
    /// # Errors
    /// If it does not start, or listens.
    pub fn start_and_fail(command: &mut Command) -> Result<(ExitStatus, String)> {
        let (mut receiver, listens) = Self::spawn(command)?;
        ensure!(!listens, "it listens on {}", receiver.address);
        Ok((receiver.child.wait()?, receiver.log()))
    }

    /// The program is a script that starts a host. A script that is killed leaves its host running, so it is ended by its
    /// standard input.
    #[must_use]
    pub const fn ending_with_stdin(mut self) -> Self {
        self.ends_with_stdin = true;
        self
    }

    /// `HOST:PORT`
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The id of its process. Of a script's host it is that of the script.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has written so far, indented.
    #[must_use]
    pub fn log(&self) -> String {
        lock(&self.log).clone()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// If the system cannot tell.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Starts the program, and gives whether it listens; otherwise it has ended.
    fn spawn(command: &mut Command) -> Result<(Self, bool)> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let mut receiver = Self {
            child,
            address: String::new(),
            log: Log::default(),
            ends_with_stdin: false,
        };
        let (sender, lines) = mpsc::channel();
        listen(
            stdout.context("no stdout")?,
            sender.clone(),
            Arc::clone(&receiver.log),
        );
        listen(
            stderr.context("no stderr")?,
            sender,
            Arc::clone(&receiver.log),
        );
        loop {
            match lines.recv_timeout(START) {
                Ok(line) => {
                    if let Some(address) = address(&line) {
                        address.clone_into(&mut receiver.address);
                        return Ok((receiver, true));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Ok((receiver, false)),
                Err(RecvTimeoutError::Timeout) => {
                    bail!("it neither listens nor ends; it wrote:\n{}", receiver.log())
                }
            }
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if self.ends_with_stdin {
            drop(self.child.stdin.take());
            let started = Instant::now();
            while started.elapsed() < END && matches!(self.child.try_wait(), Ok(None)) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the program never waits for a full pipe.
fn listen(pipe: impl Read + Send + 'static, lines: mpsc::Sender<String>, log: Log) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            *lock(&log) += &format!("  {line}\n");
            // Nobody waits for lines once the address is known.
            let _ = lines.send(line);
        }
    });
}

fn lock(log: &Log) -> impl std::ops::DerefMut<Target = String> + '_ {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

fn address(line: &str) -> Option<&str> {
    let url = LISTENING.iter().find_map(|words| line.split_once(words))?.1;
    Some(
        url.trim()
            .trim_end_matches('/')
            .trim_start_matches("http://"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn it_listens_when_it_says_so() {
        let mut script =
            shell("echo hello; echo Serving HTTP on http://127.0.0.1:7/ >&2; read end");
        let mut receiver = Receiver::start(&mut script)
            .expect("a receiver")
            .ending_with_stdin();
        assert_eq!(receiver.address(), "127.0.0.1:7");
        assert!(receiver.is_running().expect("a state"));
        assert!(Receiver::start_and_fail(&mut script).is_err());
    }

    #[test]
    fn one_that_ends_has_said_why() {
        let error = Receiver::start(&mut shell("echo no secret >&2")).expect_err("an end");
        assert!(error.to_string().contains("  no secret\n"), "{error}");
        let (status, log) =
            Receiver::start_and_fail(&mut shell("echo no URL; exit 3")).expect("an end");
        assert_eq!((status.code(), log.as_str()), (Some(3), "  no URL\n"));
    }
}
