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

/// A component that another one asks for by the name of an interface, or of the package of several.
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
    /// Whether this name of an import or export belongs to the dependency. The dependency's name may lack the interface, the
    /// version or both.
    pub(super) fn is(&self, import: &str) -> bool {
        let (name, version) = split(import, '@');
        let (package, _) = split(name, '/');
        let (own_name, own_version) = split(&self.name, '@');
        (own_name == name || own_name == package)
            && (own_version.is_none() || own_version == version)
    }
}

fn split(name: &str, at: char) -> (&str, Option<&str>) {
    name.split_once(at)
        .map_or((name, None), |(name, rest)| (name, Some(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_may_be_left_out_of_a_name_and_binds_where_it_is_not() {
        let dependency = |name: &str| Dependency {
            name: name.to_owned(),
            bytes: Vec::new(),
        };
        assert!(dependency("a:b/c").is("a:b/c@0.1.0"));
        assert!(dependency("a:b/c@0.1.0").is("a:b/c@0.1.0"));
        assert!(!dependency("a:b/c@0.1.0").is("a:b/c@0.1.1"));
        assert!(!dependency("a:b/c").is("a:b/cc@0.1.0"));
        assert!(dependency("a:b").is("a:b/c@0.1.0"));
        assert!(dependency("a:b@0.1.0").is("a:b/c@0.1.0"));
        assert!(!dependency("a:b@0.1.0").is("a:b/c@0.1.1"));
        assert!(!dependency("a:b").is("a:bb/c@0.1.0"));
    }
}
