//! `examples/spin`, made as Spin's own command makes it, which no registry has: `spin build` writes down the interface of
//! each dependency and runs the manifest's build command, `spin up` composes what came of it with the dependencies.

mod compose;
mod interfaces;
mod manifest;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use self::manifest::Manifest;
use crate::{Xtask, console::Step, directory, tools::toolchain};

const DIRECTORY: &str = "examples/spin";
/// Where the SDK's `dependencies!()` looks for what `spin build` has written.
const INTERFACES: &str = "examples/spin/spin-dependencies.wit";

/// The application with its dependency in it: a component for `wasi:http`.
pub(crate) struct Application {
    pub(crate) component: PathBuf,
    /// Whether the interfaces in the repository were other than the dependency's.
    pub(crate) stale_interfaces: bool,
}

impl Xtask {
    /// Builds and composes the application.
    pub(crate) fn spin_application(&self) -> Result<Application> {
        self.build()?;
        let manifest = Manifest::read(&self.workspace.path(DIRECTORY))?;
        let step = self.console.step("spin application: compile, compose");
        let stale_interfaces = self.write_interfaces(&manifest)?;
        let socket = self.run_build_command(&step, &manifest)?;
        let application = compose::compose(&read(&socket)?, &manifest.dependencies()?)
            .context("the application could not be composed with its dependencies")?;
        let component = self.workspace.scratch().join("spin-application.wasm");
        directory::write(&component, application)?;
        step.done("");
        Ok(Application {
            component,
            stale_interfaces,
        })
    }

    /// As `spin build`, at every build.
    fn write_interfaces(&self, manifest: &Manifest) -> Result<bool> {
        let path = self.workspace.path(INTERFACES);
        let text = interfaces::text(&manifest.dependencies()?)?;
        let is_stale = !path.is_file() || directory::read(&path)? != text;
        if is_stale {
            directory::write(&path, text)?;
        }
        Ok(is_stale)
    }

    /// The command is a line for the shell, run beside the manifest.
    fn run_build_command(&self, step: &Step, manifest: &Manifest) -> Result<PathBuf> {
        self.need_target(step, toolchain::WASM_WASI)?;
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", manifest.build_command()])
            .current_dir(self.workspace.path(DIRECTORY));
        self.console.run_within(step, &mut command)?;
        manifest.source(&self.workspace.target)
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
