//! `examples/spin`, made as Spin's own command makes it, which no registry has. `spin build` writes down the interface of
//! the dependency and runs the manifest's build command. `spin up` composes the result with the dependency.

mod interfaces;
mod manifest;

use std::path::PathBuf;

use anyhow::Result;

use self::manifest::Manifest;
use crate::{compose::compose, console::Step, directory, tools::toolchain, xtask::Xtask};

const DIRECTORY: &str = "examples/spin";
/// The file that `spin build` writes and the SDK's `dependencies!()` reads.
const INTERFACES: &str = "examples/spin/spin-dependencies.wit";

impl Xtask {
    /// Builds the application and composes it with its dependency: a component for `wasi:http`.
    pub(crate) fn spin_application(&self) -> Result<PathBuf> {
        self.write_spin_interfaces()?;
        let manifest = self.spin_manifest()?;
        let step = self.console.step("spin application: compile, compose");
        let application = self.run_build_command(&step, &manifest)?;
        let composed = compose(
            ("application", &fs_err::read(&application)?),
            ("dependency", &manifest.dependency.bytes),
        )?;
        let path = self.workspace.scratch().join("spin-application.wasm");
        directory::write(&path, composed)?;
        step.done("");
        Ok(path)
    }

    /// Writes the dependency's interface, as each `spin build` does. Returns whether the file has changed.
    pub(crate) fn write_spin_interfaces(&self) -> Result<bool> {
        self.build()?;
        let path = self.workspace.path(INTERFACES);
        let text = interfaces::text(&self.spin_manifest()?.dependency)?;
        let is_new = !path.is_file() || fs_err::read_to_string(&path)? != text;
        if is_new {
            directory::write(&path, text)?;
        }
        Ok(is_new)
    }

    fn spin_manifest(&self) -> Result<Manifest> {
        Manifest::read(&self.workspace.path(DIRECTORY))
    }

    /// Runs the build command beside the manifest.
    fn run_build_command(&self, step: &Step, manifest: &Manifest) -> Result<PathBuf> {
        self.need_target(toolchain::WASM_WASI)?;
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", &manifest.build_command])
            .current_dir(self.workspace.path(DIRECTORY));
        self.console.run_within(step, &mut command)?;
        manifest.source(&self.workspace.target)
    }
}
