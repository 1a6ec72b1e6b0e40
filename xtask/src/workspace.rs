//! Where the project and its parts are, by `cargo metadata`.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

/// The project's directories.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) package: Package,
}

/// The crate's manifest, for the metadata of both artefacts.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: String,
    pub(crate) repository: String,
}

/// The crate that both artefacts are made from.
const CRATE: &str = "docutray-webhook";

impl Workspace {
    /// Asks cargo about the manifest that `cargo xtask` ran with or, without cargo, that of the working directory.
    pub(crate) fn find() -> Result<Self> {
        let mut command = MetadataCommand::new();
        command.no_deps();
        if let Some(manifest) = env::var_os("CARGO_MANIFEST_PATH") {
            command.manifest_path(manifest);
        }
        let metadata = command
            .exec()
            .context("cannot ask cargo for the workspace")?;
        let mut packages = metadata.packages.into_iter();
        let package = packages
            .find(|package| package.name == CRATE)
            .with_context(|| format!("this workspace has no package {CRATE}"))?;
        Ok(Self {
            root: metadata.workspace_root.into(),
            target: metadata.target_directory.into(),
            package: Package::new(package)?,
        })
    }

    /// A path in the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The directory that `cargo xtask build` writes.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Intermediate files and stamps.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A path as it is shown: relative to the repository.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

impl Package {
    fn new(package: cargo_metadata::Package) -> Result<Self> {
        let manifest = &package.manifest_path;
        let said = |key: &str, value: Option<String>| {
            value.with_context(|| format!("{manifest} has no `{key}`: add it to [package]"))
        };
        Ok(Self {
            description: said("description", package.description)?,
            license: said("license", package.license)?,
            repository: said("repository", package.repository)?,
            name: package.name.to_string(),
            version: package.version.to_string(),
        })
    }
}

/// The cargo that runs this.
pub(crate) fn cargo() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_that_lacks_a_key_is_named_with_the_key() {
        let metadata = MetadataCommand::new().no_deps().exec().expect("metadata");
        let mut package = metadata.packages.into_iter().next().expect("a package");
        package.description = None;
        let manifest = package.manifest_path.clone();
        let error = Package::new(package).expect_err("no description");
        assert_eq!(
            error.to_string(),
            format!("{manifest} has no `description`: add it to [package]")
        );
    }
}
