//! Node, and the tools that `js/package-lock.json` pins.

use std::{path::PathBuf, process::Command};

use anyhow::{Context as _, Result, ensure};
use semver::Version;

use crate::{tools::npm::Install, xtask::Xtask};

/// The oldest version in `engines` of js/package.json.
const OLDEST: Version = Version::new(20, 19, 0);
const HOW_TO_INSTALL: &str =
    "install Node 20.19 or newer, with npm, so that `node` and `npm` are in PATH";

impl Xtask {
    /// A Node command.
    pub(crate) fn node(&self) -> Command {
        Command::new("node")
    }

    /// A tool of `js/package-lock.json`. `script` is its path in `js/node_modules`.
    pub(crate) fn node_tool(&self, script: &str) -> Command {
        let mut command = self.node();
        command.arg(self.node_modules().join(script));
        command
    }

    /// Where those tools are.
    pub(crate) fn node_modules(&self) -> PathBuf {
        self.workspace.path("js/node_modules")
    }

    /// Checks Node, and installs its tools if the lock has changed since.
    pub(crate) fn need_node_tools(&self) -> Result<()> {
        self.check_node()?;
        self.need_packages(&self.workspace.path("js"), Install::Exactly)
    }

    fn check_node(&self) -> Result<()> {
        let output = self
            .node()
            .arg("--version")
            .output()
            .with_context(|| format!("cannot run `node`: {HOW_TO_INSTALL}"))?;
        let version = String::from_utf8_lossy(&output.stdout);
        ensure!(
            is_new_enough(version.trim()),
            "Node {} is too old or not known: {HOW_TO_INSTALL}",
            version.trim()
        );
        Ok(())
    }
}

fn is_new_enough(version: &str) -> bool {
    Version::parse(version.trim_start_matches('v')).is_ok_and(|version| version >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, enough) in [
            ("v20.19.0", true),
            ("v20.18.9", false),
            ("v9.99.0", false),
            ("v100.0.0", true),
            ("nonsense", false),
        ] {
            assert_eq!(is_new_enough(version), enough, "{version}");
        }
    }
}
