//! What a person sees: a line for each step with its time, and life while one lasts.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How often a terminal's line is drawn again, and how often a log gets a sign of life.
const REDRAW: Duration = Duration::from_millis(250);
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);
/// Columns of a step's name.
const LABEL: usize = 30;

/// Where steps are shown: standard error, so that results alone are on standard output.
#[derive(Clone)]
pub(crate) struct Console {
    pub(crate) verbose: bool,
    terminal: bool,
    /// The step of which all others are parts: its line is the only one.
    outer: Option<LastLine>,
}

/// What was heard last of a step.
type LastLine = Arc<Mutex<String>>;

/// A step under way.
pub(crate) struct Step {
    label: String,
    started: Instant,
    terminal: bool,
    part: bool,
    last_line: LastLine,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Console {
    pub(crate) fn new(verbose: bool) -> Self {
        Self {
            verbose,
            terminal: io::stderr().is_terminal() && !verbose,
            outer: None,
        }
    }

    /// A console for the parts of a step.
    pub(crate) fn within(&self, step: &Step) -> Self {
        Self {
            outer: Some(Arc::clone(&step.last_line)),
            ..self.clone()
        }
    }

    /// Shows that something begins.
    pub(crate) fn step(&self, label: impl Into<String>) -> Step {
        let label = label.into();
        if self.verbose {
            eprintln!("  {label}");
        }
        let part = self.outer.is_some();
        let last_line = self.outer.clone().unwrap_or_default();
        let started = Instant::now();
        let ticker = (!self.verbose && !part).then(|| {
            let (stop, stopped) = mpsc::channel();
            let life = Life {
                label: label.clone(),
                started,
                last_line: Arc::clone(&last_line),
            };
            let terminal = self.terminal;
            (stop, thread::spawn(move || life.show(terminal, &stopped)))
        });
        let step = Step {
            label,
            started,
            terminal: self.terminal,
            part,
            last_line,
            ticker,
        };
        if part {
            step.heard(&step.label);
        }
        step
    }
}

impl Step {
    /// What a child said last, for the line that shows life.
    pub(crate) fn heard(&self, line: &str) {
        line.trim().clone_into(
            &mut self
                .last_line
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Ends with its time and what came of it.
    pub(crate) fn done(self, note: &str) {
        self.end(note);
    }

    /// Ends as a failure; who handles the error says more.
    pub(crate) fn failed(self) {
        self.end("FAILED");
    }

    fn end(mut self, note: &str) {
        self.stop();
        if !self.part {
            let line = format!(
                "  {:<LABEL$} {:>6.1} s  {note}",
                self.label,
                self.started.elapsed().as_secs_f64()
            );
            eprintln!("{}", line.trim_end());
        }
    }

    fn stop(&mut self) {
        if let Some((stop, thread)) = self.ticker.take() {
            drop(stop);
            // It only prints; how it ended is of no interest.
            let _ = thread.join();
            if self.terminal {
                erase_line();
            }
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // Without a line of its own where an error ended it.
        self.stop();
    }
}

/// What the thread beside a step shows.
struct Life {
    label: String,
    started: Instant,
    last_line: LastLine,
}

impl Life {
    fn show(&self, terminal: bool, stopped: &mpsc::Receiver<()>) {
        let every = if terminal { REDRAW } else { SIGN_OF_LIFE };
        while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let line = self.line();
            if terminal {
                erase_line();
                eprint!("{}", cut(&line, textwrap::termwidth().saturating_sub(1)));
                let _ = io::stderr().flush();
            } else {
                eprintln!("{line}");
            }
        }
    }

    fn line(&self) -> String {
        let last = self
            .last_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        format!(
            "  {:<LABEL$} {:>4} s ...  {last}",
            self.label,
            self.started.elapsed().as_secs()
        )
    }
}

fn erase_line() {
    eprint!("\r\x1b[2K");
}

fn cut(line: &str, width: usize) -> &str {
    line.char_indices()
        .nth(width)
        .and_then(|(end, _)| line.get(..end))
        .unwrap_or(line)
}
