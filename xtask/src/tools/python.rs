//! A Python environment with the packages that `tests/hosts/python/requirements.txt` pins.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result};

use super::apt;
use crate::{console::Step, stamp::Stamp, xtask::Xtask};

const REQUIREMENTS: &str = "tests/hosts/python/requirements.txt";
/// What Debian leaves out of Python.
const MODULES: &str = "import ensurepip, venv";

impl Xtask {
    /// The environment's Python. The environment is made again if the requirements have changed.
    pub(crate) fn python(&self) -> Result<Command> {
        let environment = self.workspace.scratch().join("python");
        let program = environment.join("bin/python");
        let made = environment.join("pyvenv.cfg");
        let stamp = Stamp::new(&self.workspace, "python", &[made])
            .reads(&self.workspace.path(REQUIREMENTS))?;
        if !(stamp.is_current() && program.is_file()) {
            let step = self.console.step("python: install wasmtime");
            self.make_environment(&step, &environment)?;
            stamp.record()?;
            step.done("");
        }
        let mut command = Command::new(program);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(command)
    }

    fn make_environment(&self, step: &Step, environment: &Path) -> Result<()> {
        let python = self.need(apt::PYTHON)?;
        if !has_modules(&python) {
            self.install_debian_package(step, apt::PYTHON_VENV)
                .with_context(|| format!("{} has no `venv`", python.display()))?;
        }
        let mut create = Command::new(python);
        create.args(["-m", "venv", "--clear"]).arg(environment);
        self.console.run_within(step, &mut create)?;
        let mut install = Command::new(environment.join("bin/python"));
        install
            .args(["-m", "pip", "install", "--quiet", "--require-hashes", "-r"])
            .arg(self.workspace.path(REQUIREMENTS));
        self.console
            .run_within(step, &mut install)
            .with_context(|| format!("pip could not install what {REQUIREMENTS} lists"))?;
        Ok(())
    }
}

fn has_modules(python: &Path) -> bool {
    let found = Command::new(python).args(["-c", MODULES]).output();
    found.is_ok_and(|output| output.status.success())
}
