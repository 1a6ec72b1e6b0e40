//! Builds by cargo, and finds what was built by cargo's messages.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use cargo_metadata::{Artifact, Message};

use crate::{workspace, xtask::Xtask};

/// Selects all packages. Cargo unifies the features of the selected packages, so selecting one package alone would build its
/// dependencies, such as Wasmtime, a second time.
pub(crate) const WHOLE_WORKSPACE: &str = "--workspace --all-features";

impl Xtask {
    /// A cargo command at the workspace's root, its arguments as they are typed.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        let mut command = Command::new(workspace::cargo());
        command
            .args(arguments.split_whitespace())
            .current_dir(&self.workspace.root);
        command
    }

    /// A cargo command in another workspace. It shares what this one has built of the same dependencies.
    pub(crate) fn cargo_in(&self, workspace: &Path, arguments: &str) -> Command {
        let mut command = self.cargo(arguments);
        command
            .current_dir(workspace)
            .env("CARGO_TARGET_DIR", &self.workspace.target);
        command
    }

    /// Builds a program of the workspace for this machine.
    pub(crate) fn executable(&self, label: &str, name: &str) -> Result<PathBuf> {
        let build = format!("build --locked {WHOLE_WORKSPACE} --bin {name}");
        self.built_program(label, name, &mut self.cargo(&build))
    }

    /// Builds a package's program with optimisation, for measurements.
    pub(crate) fn optimised(&self, package: &str, name: &str) -> Result<PathBuf> {
        let build = format!("build --locked --release -p {package} --bin {name}");
        self.built_program(&format!("{name}: compile"), name, &mut self.cargo(&build))
    }

    /// A program of a crate of the registry, in this version. It is built once, which may take minutes.
    pub(crate) fn program_of_crate(&self, name: &str, version: &str) -> Result<PathBuf> {
        let directory = self.workspace.scratch().join(name);
        let mut install = self.cargo(&format!("install --locked --version ={version} {name}"));
        // Cargo sees whether this version is there already. It runs for seconds, so it is not worth optimising.
        install.args(["--debug", "--root"]).arg(&directory);
        self.console
            .run(&format!("{name}: install"), &mut install)?;
        Ok(directory.join("bin").join(name))
    }

    fn built_program(&self, label: &str, name: &str, command: &mut Command) -> Result<PathBuf> {
        self.artifacts(label, name, command)?
            .into_iter()
            .find_map(|artifact| artifact.executable)
            .map(Into::into)
            .with_context(|| format!("cargo built no program {name}"))
    }

    /// Builds a package's `.wasm` by the given command.
    pub(crate) fn module(
        &self,
        label: &str,
        package: &str,
        command: &mut Command,
    ) -> Result<PathBuf> {
        let name = package.replace('-', "_");
        self.artifacts(label, &name, command)?
            .into_iter()
            .flat_map(|artifact| artifact.filenames)
            .find(|file| file.extension() == Some("wasm"))
            .map(Into::into)
            .with_context(|| format!("cargo built no .wasm of {package}"))
    }

    /// Compiles tests and runs none. Returns their programs.
    pub(crate) fn test_programs(&self, label: &str, tests: &mut Command) -> Result<Vec<PathBuf>> {
        let artifacts = self.all_artifacts(label, tests.arg("--no-run"))?;
        let of_tests = artifacts
            .into_iter()
            .filter(|artifact| artifact.profile.test);
        Ok(of_tests
            .filter_map(|artifact| artifact.executable)
            .map(Into::into)
            .collect())
    }

    /// The artefacts that cargo made for the target of this name.
    fn artifacts(&self, label: &str, name: &str, command: &mut Command) -> Result<Vec<Artifact>> {
        let mut artifacts = self.all_artifacts(label, command)?;
        artifacts.retain(|artifact| artifact.target.name == name);
        Ok(artifacts)
    }

    fn all_artifacts(&self, label: &str, command: &mut Command) -> Result<Vec<Artifact>> {
        command.args(["--message-format", "json-render-diagnostics"]);
        let output = self.console.run(label, command)?;
        let mut artifacts = Vec::new();
        for message in Message::parse_stream(output.stdout.as_bytes()) {
            if let Message::CompilerArtifact(artifact) =
                message.context("cannot read what cargo says")?
            {
                artifacts.push(artifact);
            }
        }
        Ok(artifacts)
    }
}
