//! Compiles Rust to an optimised core module, with the same bytes on every machine.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::machine_paths::MachinePaths;
use crate::{console::Step, tools::toolchain, xtask::Xtask};

/// sha2 has a SIMD back end for wasm32, and every supported host has SIMD.
const TARGET_FEATURES: &str = "-Ctarget-feature=+simd128";

/// Optimises for speed, since a receiver verifies large bodies too. The features are those that rustc uses, and SIMD.
const OPTIMISATION: &str = "-O3 --enable-simd --enable-bulk-memory --enable-multivalue \
    --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext --strip-debug";

impl Xtask {
    /// Compiles a cdylib of the workspace.
    pub(super) fn compile(&self, label: &str, target: &str, package: &str) -> Result<PathBuf> {
        self.compile_with(label, target, package, |_, _| {})
    }

    /// The same, with what `change` does to the command and to the flags of rustc.
    pub(super) fn compile_with(
        &self,
        label: &str,
        target: &str,
        package: &str,
        change: impl FnOnce(&mut Command, &mut Vec<String>),
    ) -> Result<PathBuf> {
        self.need_target(target)?;
        let mut command = self.cargo(&format!(
            "build --locked -p {package} --target {target} --profile wasm"
        ));
        // RUSTFLAGS cannot hold a path with a space. With `--target`, build scripts and macros do not get these flags.
        let mut flags = self.rust_flags()?;
        change(&mut command, &mut flags);
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        self.module(label, package, &mut command)
    }

    /// Optimises a module.
    pub(super) fn optimise(&self, step: &Step, module: &Path, optimised: &Path) -> Result<()> {
        let mut command = self.node_tool("binaryen/bin/wasm-opt");
        command
            .arg(module)
            .args(OPTIMISATION.split_whitespace())
            .arg("-o")
            .arg(optimised);
        self.console
            .run_within(step, &mut command)
            .context("wasm-opt could not optimise the module")?;
        Ok(())
    }

    /// Has all crates in cargo's home, where the paths to replace are found.
    fn fetch_crates(&self) -> Result<()> {
        let mut fetch = self.cargo(&format!("fetch --locked --target {}", toolchain::WASM));
        self.console.run("crates: fetch", &mut fetch).map(drop)
    }

    fn rust_flags(&self) -> Result<Vec<String>> {
        self.fetch_crates()?;
        let mut flags = vec![TARGET_FEATURES.to_owned()];
        flags.extend(MachinePaths::find(self)?.remapped());
        Ok(flags)
    }
}
