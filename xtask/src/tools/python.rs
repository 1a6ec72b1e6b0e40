//! Python with what `tests/hosts/python/requirements.txt` pins, in an environment of its own.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result};

use crate::{console::Step, stamp::Stamp, xtask::Xtask};

const REQUIREMENTS: &str = "tests/hosts/python/requirements.txt";
/// What Debian leaves out of Python, and the package that has it.
const MODULES: &str = "import ensurepip, venv";
const PACKAGE: &str = "python3-venv";
const HOW_TO_INSTALL: &str =
    "the host `python` needs Python 3.11 or newer with `venv`: install the package `python3-venv`";

impl Xtask {
    /// The environment's Python, made if the requirements have changed since.
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
        if !has_modules() {
            self.install_debian_package(step, PACKAGE)
                .context(HOW_TO_INSTALL)?;
        }
        let mut create = Command::new("python3");
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

fn has_modules() -> bool {
    let found = Command::new("python3").args(["-c", MODULES]).output();
    found.is_ok_and(|output| output.status.success())
}
