//! The part of a `spin.toml` that says how an application is built and composed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// A manifest of one component with one dependency, which is a file.
pub(super) struct Manifest {
    /// A line for the shell.
    pub(super) build_command: String,
    /// The path of what the build command makes, as the manifest has it.
    source: PathBuf,
    pub(super) dependency: Dependency,
}

#[derive(Deserialize)]
struct File {
    component: BTreeMap<String, Component>,
}

#[derive(Deserialize)]
struct Component {
    source: PathBuf,
    build: Build,
    dependencies: BTreeMap<String, Source>,
}

#[derive(Deserialize)]
struct Build {
    command: String,
}

#[derive(Deserialize)]
struct Source {
    path: PathBuf,
}

/// A component that another one asks for by the name of its package. Spin would take an interface's name and a version, too.
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Manifest {
    /// Reads `spin.toml`, and the dependency.
    pub(super) fn read(directory: &Path) -> Result<Self> {
        let path = directory.join("spin.toml");
        let file: File = toml::from_str(&fs_err::read_to_string(&path)?)
            .with_context(|| format!("in {}", path.display()))?;
        let (_, component) = only(file.component).context("spin.toml: expected one component")?;
        let (name, Source { path }) =
            only(component.dependencies).context("spin.toml: expected one dependency")?;
        Ok(Self {
            build_command: component.build.command,
            source: component.source,
            dependency: Dependency {
                name,
                bytes: fs_err::read(directory.join(path))?,
            },
        })
    }

    /// The path of what the build command makes. Cargo's target directory may differ from the manifest's.
    pub(super) fn source(&self, target: &Path) -> Result<PathBuf> {
        let below = self.source.strip_prefix("../../target");
        let below = below.context("spin.toml: expected a `source` in ../../target")?;
        Ok(target.join(below))
    }
}

/// The entry of a map that has one.
fn only<T>(map: BTreeMap<String, T>) -> Option<(String, T)> {
    let mut entries = map.into_iter();
    entries.next().filter(|_| entries.len() == 0)
}

impl Dependency {
    /// Whether an interface is of this package.
    pub(super) fn has(&self, interface: &str) -> bool {
        let package = interface.split('/').next();
        package == Some(&self.name)
    }
}
