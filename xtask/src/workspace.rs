//! Where things are, as cargo sees it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// The project's directories.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) package: Package,
}

/// What the crate says of itself, for both artefacts.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: String,
    pub(crate) repository: String,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
    packages: Vec<Package>,
}

/// The crate of the artefacts.
const CRATE: &str = "docutray-webhook";

impl Workspace {
    /// Asks cargo, for the manifest that cargo itself ran, else for that of the working directory.
    pub(crate) fn find() -> Result<Self> {
        let mut command = Command::new(cargo());
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(manifest) = env::var_os("CARGO_MANIFEST_PATH") {
            command.arg("--manifest-path").arg(manifest);
        }
        let output = command.output().context("cannot run `cargo metadata`")?;
        ensure!(
            output.status.success(),
            "`cargo metadata` failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .context("cannot read what `cargo metadata` says")?;
        let package = metadata
            .packages
            .into_iter()
            .find(|package| package.name == CRATE);
        let package = package.with_context(|| format!("this workspace has no package {CRATE}"))?;
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
            package,
        })
    }

    /// A path in the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// What `build` makes.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Intermediate files and stamps.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The path as a person would name it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

/// The cargo that runs this.
pub(crate) fn cargo() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
