//! What a person sees: a line for each step with its time, and progress while a step runs.

use std::{
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How often a terminal's line is redrawn, and how often a log gets a line of progress.
const REDRAW: Duration = Duration::from_millis(250);
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);
/// Columns of a step's name.
const LABEL: usize = 30;

/// Shows steps on standard error, so that standard output has results alone.
#[derive(Clone)]
pub(crate) struct Console {
    pub(crate) verbose: bool,
    /// The line of the outer step, if steps are parts of one. Parts have no lines of their own.
    outer: Option<ProgressBar>,
}

/// A step under way.
pub(crate) struct Step {
    /// Its label, its start, and its last message. A terminal shows it.
    line: ProgressBar,
    is_part: bool,
    /// The thread that writes progress where there is no terminal.
    log: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Console {
    pub(crate) const fn new(verbose: bool) -> Self {
        Self {
            verbose,
            outer: None,
        }
    }

    /// A console for the parts of a step.
    pub(crate) fn within(&self, step: &Step) -> Self {
        Self {
            outer: Some(step.line.clone()),
            ..self.clone()
        }
    }

    /// Shows that something begins.
    pub(crate) fn step(&self, label: impl Into<String>) -> Step {
        let label = label.into();
        if self.verbose {
            eprintln!("  {label}");
        }
        if let Some(line) = &self.outer {
            line.set_message(label);
            return Step {
                line: line.clone(),
                is_part: true,
                log: None,
            };
        }
        let line = if self.verbose {
            ProgressBar::hidden()
        } else {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
        };
        let line = line.with_style(style()).with_prefix(label);
        let log = (!self.verbose && line.is_hidden()).then(|| signs_of_life(line.clone()));
        if !line.is_hidden() {
            line.enable_steady_tick(REDRAW);
        }
        Step {
            line,
            is_part: false,
            log,
        }
    }
}

impl Step {
    /// Shows the last line that a child wrote.
    pub(crate) fn heard(&self, line: &str) {
        self.line.set_message(line.trim().to_owned());
    }

    /// A line that stays.
    pub(crate) fn say(&self, text: &str) {
        self.line.suspend(|| eprintln!("  {text}"));
    }

    /// Ends the step with its time and a note.
    pub(crate) fn done(mut self, note: &str) {
        let seconds = self.line.elapsed().as_secs_f64();
        self.stop();
        if !self.is_part {
            let line = format!("  {:<LABEL$} {seconds:>6.1} s  {note}", self.line.prefix());
            eprintln!("{}", line.trim_end());
        }
    }

    fn stop(&mut self) {
        if let Some((stop, thread)) = self.log.take() {
            drop(stop);
            // It only prints, so a panic in it does not matter.
            let _ = thread.join();
        }
        if !self.is_part {
            self.line.finish_and_clear();
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // A step that an error has ended prints no line.
        self.stop();
    }
}

fn style() -> ProgressStyle {
    let seconds = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:>4}", state.elapsed().as_secs());
    };
    ProgressStyle::with_template(&format!(
        "  {{prefix:{LABEL}}} {{seconds}} s ...  {{wide_msg}}"
    ))
    .unwrap_or_else(|_| ProgressStyle::default_spinner())
    .with_key("seconds", seconds)
}

/// Writes a line of progress now and then, where there is no terminal.
fn signs_of_life(line: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = mpsc::channel();
    let thread = thread::spawn(move || {
        while stopped.recv_timeout(SIGN_OF_LIFE) == Err(RecvTimeoutError::Timeout) {
            let (label, seconds) = (line.prefix(), line.elapsed().as_secs());
            eprintln!("  {label:<LABEL$} {seconds:>4} s ...  {}", line.message());
        }
    });
    (stop, thread)
}
