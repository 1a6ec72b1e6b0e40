//! A component for HTTP, served by `wasmtime serve` for as long as it is needed.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};

/// Wasmtime compiles the component at the start, on a machine that may be busy.
const START: Duration = Duration::from_secs(120);
const SERVING: &str = "Serving HTTP on ";

/// A server that runs until this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Serves a component on a free port of this machine. `wasmtime` is the program; the variables are all that the
    /// component sees of an environment.
    ///
    /// # Errors
    /// If it does not start; the error holds what it wrote.
    pub fn start(
        wasmtime: &Path,
        component: &Path,
        variables: &[(&str, &str)],
        options: &[&str],
    ) -> Result<Self> {
        let mut command = Command::new(wasmtime);
        command.args(["serve", "--addr", "127.0.0.1:0"]);
        command.args(options);
        for (name, value) in variables {
            command.arg("--env").arg(format!("{name}={value}"));
        }
        let mut child = command
            .arg(component)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", wasmtime.display()))?;
        let stderr = child.stderr.take().context("no stderr")?;
        let mut server = Self {
            child,
            address: String::new(),
            log: Arc::default(),
        };
        let (sender, lines) = mpsc::channel();
        let log = Arc::clone(&server.log);
        // Reads to the end, so that the server never waits for a full pipe.
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                *log.lock().unwrap_or_else(PoisonError::into_inner) += &format!("{line}\n");
                // Nobody waits for lines once the address is known.
                let _ = sender.send(line);
            }
        });
        while let Ok(line) = lines.recv_timeout(START) {
            if let Some((_, url)) = line.split_once(SERVING) {
                url.trim_end_matches('/')
                    .trim_start_matches("http://")
                    .clone_into(&mut server.address);
                return Ok(server);
            }
        }
        anyhow::bail!(
            "wasmtime did not serve {}:\n{}",
            component.display(),
            server.log()
        )
    }

    /// `127.0.0.1:PORT`
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it has written to its standard error so far.
    #[must_use]
    pub fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// If the system cannot tell.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
