//! Runs other programs. Shows nothing of one that succeeds, and of one that fails all that it wrote and its command.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context as _, Result, bail};

use crate::console::{Console, Step};

/// How cargo's lines for programs begin. They are not shown to a person.
const CARGO_MESSAGE: &str = "{\"reason\":";

/// What a child wrote.
pub(crate) struct Output {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// Both in the order in which they came, without lines for programs. A failure shows this.
    pub(crate) said: String,
}

impl Console {
    /// Runs a command as a step of its own.
    pub(crate) fn run(&self, label: &str, command: &mut Command) -> Result<Output> {
        let step = self.step(label);
        let output = self.run_within(&step, command)?;
        step.done("");
        Ok(output)
    }

    /// Runs a command within a step. If the command fails, the error has all that it wrote.
    pub(crate) fn run_within(&self, step: &Step, command: &mut Command) -> Result<Output> {
        let (status, output) = self.finish(step, command)?;
        if !status.success() {
            bail!(
                "{}{status}; to run it again:\n  {}",
                output.said,
                shown(command)
            );
        }
        Ok(output)
    }

    /// Runs a command within a step, and returns its status even if it fails.
    pub(crate) fn finish(
        &self,
        step: &Step,
        command: &mut Command,
    ) -> Result<(ExitStatus, Output)> {
        if self.verbose {
            eprintln!("    {}", shown(command));
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let output = self.listen(step, &mut child)?;
        Ok((child.wait()?, output))
    }

    fn listen(&self, step: &Step, child: &mut Child) -> Result<Output> {
        let (stdout, stderr) = (
            child.stdout.take().context("no stdout")?,
            child.stderr.take().context("no stderr")?,
        );
        let said = Mutex::default();
        let (stdout, stderr) = thread::scope(|scope| {
            let stdout = scope.spawn(|| self.read(step, stdout, &said));
            let stderr = self.read(step, stderr, &said)?;
            let stdout = stdout
                .join()
                .map_err(|_| anyhow::anyhow!("reading a child's output panicked"))??;
            anyhow::Ok((stdout, stderr))
        })?;
        Ok(Output {
            stdout,
            stderr,
            said: said.into_inner().unwrap_or_else(PoisonError::into_inner),
        })
    }

    fn read(&self, step: &Step, pipe: impl Read, said: &Mutex<String>) -> Result<String> {
        let mut text = String::new();
        for line in BufReader::new(pipe).split(b'\n') {
            let line = line.context("cannot read what a child writes")?;
            let line = String::from_utf8_lossy(&line);
            if !line.starts_with(CARGO_MESSAGE) {
                if self.verbose {
                    eprintln!("    {line}");
                }
                step.heard(&line);
                add_line(
                    &mut said.lock().unwrap_or_else(PoisonError::into_inner),
                    &line,
                );
            }
            add_line(&mut text, &line);
        }
        Ok(text)
    }
}

fn add_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The command as a person would type it in a shell, with its directory.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = String::new();
    if let Some(directory) = command.get_current_dir() {
        let _ = write!(text, "cd {} && ", quoted(directory.as_os_str()));
    }
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            let _ = write!(text, "{}={} ", name.display(), quoted(value));
        }
    }
    text.push_str(&quoted(command.get_program()));
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&quoted(argument));
    }
    text
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./=:@,+%".contains(&byte);
    match word.replace('\x1f', " ") {
        word if !word.is_empty() && word.bytes().all(plain) => word,
        word => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_is_typed() {
        let mut command = Command::new("cargo");
        command
            .args(["test", "--test", "a b", "it's"])
            .env("A", "x y")
            .current_dir("/dir");
        assert_eq!(
            shown(&command),
            r"cd /dir && A='x y' cargo test --test 'a b' 'it'\''s'"
        );
    }

    #[test]
    fn a_failed_command_tells_all() {
        let error = failure("echo out; echo err >&2; exit 3");
        for part in [
            "out\n",
            "err\n",
            "exit status: 3",
            "to run it again:\n  sh -c",
        ] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn a_failed_command_shows_no_line_for_programs() {
        let error = failure(
            r#"echo '{"reason":"compiler-artifact"}'; echo 'error: no such name'; echo '{"reason":"build-finished"}'; exit 101"#,
        );
        let (said, _) = error
            .split_once("to run it again")
            .expect("the command comes last");
        assert_eq!(said, "error: no such name\nexit status: 101; ");
    }

    #[test]
    fn programs_get_all_lines() {
        let console = Console::new(false);
        let mut command = Command::new("sh");
        command.args(["-c", r#"echo '{"reason":"build-finished"}'; echo text"#]);
        let output = console.run("sh", &mut command).expect("it ends well");
        assert_eq!(output.stdout, "{\"reason\":\"build-finished\"}\ntext\n");
        assert_eq!(output.said, "text\n");
    }

    fn failure(script: &str) -> String {
        Console::new(false)
            .run("sh", Command::new("sh").args(["-c", script]))
            .err()
            .expect("a failure")
            .to_string()
    }
}
