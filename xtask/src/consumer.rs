//! `target/consumer`: a project that has installed the packed package, as a user has. JavaScript tests run there.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::{directory, stamp::Stamp, xtask::Xtask};

/// The package's program there.
pub(crate) const PROGRAM: &str = "node_modules/docutray-webhook/tools/cli.cjs";
/// The servers of `tests/load` there.
pub(crate) const SERVERS: &str = "load";

const NAME: &str = "docutray-webhook";
const MANIFEST: &str = "{ \"private\": true, \"type\": \"module\" }\n";
/// What is copied there, and to which directory.
const COPIED: [(&str, &str); 10] = [
    ("js/test", "test"),
    ("tests/cases/receiver", "cases/receiver"),
    ("tests/cases/claims", "cases/claims"),
    ("examples/node", "examples/node"),
    ("examples/workers", "examples/workers"),
    ("examples/deno", "examples/deno"),
    ("examples/bun", "examples/bun"),
    ("examples/browser", "examples/browser"),
    ("tests/hosts", "hosts"),
    ("tests/load/servers", SERVERS),
];

impl Xtask {
    /// Builds, packs and installs the package if it has changed, and copies what runs there.
    pub(crate) fn consumer(&self) -> Result<PathBuf> {
        let package = self.build()?.package;
        let consumer = self.workspace.target.join("consumer");
        self.install(&package, &consumer)?;
        for (from, to) in COPIED {
            let (from, to) = (self.workspace.path(from), consumer.join(to));
            directory::create_empty(&to)?;
            copy_scripts(&from, &to)?;
        }
        Ok(consumer)
    }

    /// Makes a project at `consumer` that has installed the packed package. It also contains the tarball.
    pub(crate) fn install(&self, package: &Path, consumer: &Path) -> Result<()> {
        let installed = [
            consumer.join("package.json"),
            consumer.join("node_modules").join(NAME),
        ];
        let name = self.workspace.shown(consumer).replace('/', "-");
        let stamp = Stamp::new(&self.workspace, &name, &installed).reads(package)?;
        stamp.renew(&self.console, "npm package: pack, install", |step| {
            directory::create_empty(consumer)?;
            directory::write(&consumer.join("package.json"), MANIFEST)?;
            let pack = "pack --silent --pack-destination";
            let packed = self
                .console
                .run_within(step, self.npm(package, pack).arg(consumer))?;
            let tarball = packed
                .stdout
                .lines()
                .last()
                .context("npm pack named no file")?;
            let install = "install --offline --no-audit --no-fund --no-package-lock --no-save";
            let mut install = self.npm(consumer, install);
            self.console
                .run_within(step, install.arg(consumer.join(tarball)))?;
            Ok(())
        })
    }
}

/// Copies a directory without its Rust.
fn copy_scripts(from: &Path, to: &Path) -> Result<()> {
    for file in directory::files(from)? {
        let is_rust = file
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "toml");
        if !is_rust {
            directory::copy(&file, &to.join(file.strip_prefix(from)?))?;
        }
    }
    Ok(())
}
