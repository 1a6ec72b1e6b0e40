//! Runs the jobs of a workflow on this machine. Commands are run as they are written. Something stands for each action, and for the
//! few commands that cannot be run here: what has nothing that stands for it is an error.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};

use super::{Job, Step};
use crate::{directory, xtask::Xtask};

/// How its commands are started, and what they find.
pub(crate) struct Setting {
    pub(crate) umask: &'static str,
    /// A program that starts them, with its arguments.
    pub(crate) launcher: Vec<OsString>,
    /// Variables, which replace those of the workflow.
    pub(crate) variables: BTreeMap<String, OsString>,
    /// Variables of this machine that they do not see.
    pub(crate) hidden: Vec<OsString>,
}

/// A machine for jobs, with a directory for each.
pub(crate) struct Runner<'x> {
    xtask: &'x Xtask,
    pub(super) root: PathBuf,
    setting: Setting,
    /// Stands for the command that tests and builds all. It gets the directory of the job.
    build: &'x Build<'x>,
}

/// Builds all in the directory of a job.
pub(crate) type Build<'x> = dyn Fn(&Runner<'x>, &Path) -> Result<()> + 'x;

/// Commands that are not run as they are, by how they begin.
const REPLACED: [(&str, Replacement); 3] = [
    // Whoever runs this has run it, or is run by it.
    (".ci/run", Replacement::Build),
    // Only the tests need it.
    ("rustup toolchain install ", Replacement::Nothing),
    ("cargo install wkg ", Replacement::Wkg),
];

#[derive(Clone, Copy)]
enum Replacement {
    Build,
    Nothing,
    /// Is built once, and not for each run.
    Wkg,
}

/// What it has beside the jobs' directories.
pub(super) const SOURCES: &str = "sources";

/// Values that only the workflow's host knows, and what stands for them.
const EXPRESSIONS: [(&str, &str); 1] = [("${{ steps.auth.outputs.token }}", "no-token")];
/// Variables of the workflow that are not set here: the Rust is that of whoever runs this.
const OF_THE_HOST: [&str; 1] = ["RUSTUP_TOOLCHAIN"];
/// Variables that `cargo xtask` has from cargo, by which a command would find this workspace.
const OF_THIS_WORKSPACE: [&str; 3] = ["CARGO", "CARGO_MANIFEST_PATH", "CARGO_TARGET_DIR"];

impl<'x> Runner<'x> {
    /// A machine whose files are in an empty directory. Its jobs all see the sources as they are now.
    pub(crate) fn new(
        xtask: &'x Xtask,
        root: PathBuf,
        setting: Setting,
        build: &'x Build<'x>,
    ) -> Result<Self> {
        directory::create_empty(&root)?;
        fs_err::create_dir_all(root.join("home"))?;
        xtask.copy_sources(&root.join(SOURCES))?;
        Ok(Self {
            xtask,
            root,
            setting,
            build,
        })
    }

    pub(crate) const fn xtask(&self) -> &'x Xtask {
        self.xtask
    }

    /// Runs a job's steps in order. Returns its directory.
    pub(crate) fn run(&self, name: &str, job: &Job) -> Result<PathBuf> {
        let directory = self.root.join(name);
        directory::create_empty(&directory)?;
        for step in &job.steps {
            match (&step.run, step.action()) {
                (Some(script), None) => self.run_script(job, step, script, &directory),
                (None, Some(action)) => self.act(action, step, &directory),
                _ => bail!("a step has to have either `run` or `uses`"),
            }
            .with_context(|| format!("the job `{name}` failed"))?;
        }
        Ok(directory)
    }

    fn run_script(&self, job: &Job, step: &Step, script: &str, directory: &Path) -> Result<()> {
        match replacement(script) {
            Some(Replacement::Nothing) => return Ok(()),
            Some(Replacement::Build) => return (self.build)(self, directory),
            Some(Replacement::Wkg) => return self.install_wkg(script),
            None => {}
        }
        ensure!(
            !script.contains("${{"),
            "a value of the host is a part of a script: {script}"
        );
        let script = ["bash", "-e", "-o", "pipefail", "-c", script];
        let mut command = self.command(directory, &script.map(OsString::from));
        for (name, value) in job.env.iter().chain(&step.env) {
            let is_replaced = self.setting.variables.contains_key(name);
            if !is_replaced && !OF_THE_HOST.contains(&name.as_str()) {
                command.env(name, known(value)?);
            }
        }
        let label = format!("release: {}", script.last().unwrap_or(&""));
        self.xtask.console.run(&label, &mut command).map(drop)
    }

    /// Removes all its files.
    pub(crate) fn remove(&self) -> Result<()> {
        Ok(fs_err::remove_dir_all(&self.root)?)
    }

    /// A command as this machine starts it.
    pub(crate) fn command(&self, directory: &Path, words: &[OsString]) -> Command {
        let mut launcher = self.setting.launcher.iter();
        let shell = OsString::from("sh");
        let mut command = Command::new(launcher.next().unwrap_or(&shell));
        if !self.setting.launcher.is_empty() {
            command.args(launcher).arg(shell);
        }
        let umask = format!("umask {} && exec \"$@\"", self.setting.umask);
        command
            .args(["-c", &umask, "sh"])
            .args(words)
            .current_dir(directory);
        for name in OF_THIS_WORKSPACE {
            command.env_remove(name);
        }
        for name in &self.setting.hidden {
            command.env_remove(name);
        }
        let version = &self.xtask.workspace.package.version;
        command
            .envs(homes_of_rust())
            .env("HOME", self.root.join("home"))
            .env("RUNNER_TEMP", &self.root)
            .env("GITHUB_REF_NAME", format!("v{version}"))
            .envs(&self.setting.variables);
        command
    }

    /// Installs `wkg` in the version that a command would install.
    fn install_wkg(&self, install: &str) -> Result<()> {
        let mut words = install.split_whitespace();
        let version = words.find_map(|word| word.strip_prefix('='));
        let version = version.with_context(|| format!("no exact version: {install}"))?;
        self.xtask.program_of_crate("wkg", version).map(drop)
    }
}

/// Cargo and rustup look below the home directory, which is another one here.
fn homes_of_rust() -> impl Iterator<Item = (&'static str, PathBuf)> {
    let homes = [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")];
    homes.into_iter().filter_map(|(name, directory)| {
        let named = env::var_os(name).map(PathBuf::from);
        Some((
            name,
            named.or_else(|| Some(env::home_dir()?.join(directory)))?,
        ))
    })
}

fn replacement(script: &str) -> Option<Replacement> {
    let replaced = REPLACED
        .iter()
        .find(|(begin, _)| script.starts_with(begin))?;
    Some(replaced.1)
}

/// A variable's value, if it can be known here.
fn known(value: &str) -> Result<&str> {
    let expression = EXPRESSIONS.iter().find(|(known, _)| *known == value);
    let value = expression.map_or(value, |(_, stands_for_it)| stands_for_it);
    ensure!(
        !value.contains("${{"),
        "nothing stands for the value {value}"
    );
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::Workflow;

    const RELEASE: &str = include_str!("../../../.github/workflows/release.yml");

    #[test]
    fn a_value_that_only_the_host_knows_is_an_error() {
        assert_eq!(known("true").expect("plain"), "true");
        assert_eq!(
            known("${{ steps.auth.outputs.token }}").expect("known"),
            "no-token"
        );
        assert!(known("${{ secrets.TOKEN }}").is_err());
    }

    #[test]
    fn no_more_is_replaced_than_a_release_has() {
        let release = Workflow::parse(RELEASE).expect("a workflow");
        let steps: Vec<_> = release.jobs.values().flat_map(|job| &job.steps).collect();
        for (begin, _) in REPLACED {
            let mut scripts = steps.iter().filter_map(|step| step.run.as_deref());
            assert!(scripts.any(|script| script.starts_with(begin)), "{begin}");
        }
    }
}
