//! What of a `spin.toml` says how an application is built and composed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// A manifest of one component, whose dependencies are files.
pub(super) struct Manifest {
    directory: PathBuf,
    component: Component,
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
    pub(super) fn read(directory: &Path) -> Result<Self> {
        let path = directory.join("spin.toml");
        let file: File = toml::from_str(&fs_err::read_to_string(&path)?)
            .with_context(|| format!("in {}", path.display()))?;
        let mut components = file.component.into_values();
        let component = components.next().context("spin.toml has no component")?;
        ensure!(
            components.next().is_none(),
            "spin.toml has more than one component"
        );
        Ok(Self {
            directory: directory.to_owned(),
            component,
        })
    }

    pub(super) fn build_command(&self) -> &str {
        &self.component.build.command
    }

    /// What the build command makes. Cargo may have been told another target directory than the manifest's.
    pub(super) fn source(&self, target: &Path) -> Result<PathBuf> {
        let below = self.component.source.strip_prefix("../../target");
        let below = below.context("spin.toml: expected a `source` in ../../target")?;
        Ok(target.join(below))
    }

    pub(super) fn dependencies(&self) -> Result<Vec<Dependency>> {
        let read = |(name, source): (&String, &Source)| {
            Ok(Dependency {
                name: name.clone(),
                bytes: fs_err::read(self.directory.join(&source.path))?,
            })
        };
        self.component.dependencies.iter().map(read).collect()
    }
}

impl Dependency {
    /// Whether an import or export of this name is meant. The dependency's own name may leave out the interface, the
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
