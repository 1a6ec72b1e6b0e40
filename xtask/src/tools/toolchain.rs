//! The parts of Rust that may not be installed: the library for the wasm targets, rustfmt, clippy, LLVM's tools.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::xtask::Xtask;

/// The target of both artefacts.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The target of components that use WASI.
pub(crate) const WASM_WASI: &str = "wasm32-wasip2";
/// A target without a standard library, which proves `no_std`.
pub(crate) const WASM_BARE: &str = "wasm32v1-none";

impl Xtask {
    /// Adds a target if it is missing.
    pub(crate) fn need_target(&self, target: &str) -> Result<()> {
        let is_there = self
            .sysroot()?
            .join("lib/rustlib")
            .join(target)
            .join("lib")
            .is_dir();
        if is_there {
            Ok(())
        } else {
            self.add("target", target)
        }
    }

    /// Adds a cargo command that comes as a component of Rust, if it is missing.
    pub(crate) fn need_component(&self, component: &str, subcommand: &str) -> Result<()> {
        let version = self.cargo(&format!("{subcommand} --version")).output();
        let is_there = version.is_ok_and(|output| output.status.success());
        if is_there {
            Ok(())
        } else {
            self.add("component", component)
        }
    }

    /// Adds LLVM's tools if they are missing. They read only what the compiler of their own version has counted.
    pub(crate) fn need_llvm_tools(&self) -> Result<()> {
        if self.own_programs()?.join("llvm-cov").exists() {
            Ok(())
        } else {
            self.add("component", "llvm-tools")
        }
    }

    /// One of LLVM's tools.
    pub(crate) fn llvm_tool(&self, name: &str) -> Result<Command> {
        Ok(Command::new(self.own_programs()?.join(name)))
    }

    /// The directory of the programs that the compiler brings for itself.
    fn own_programs(&self) -> Result<PathBuf> {
        let host = self.rustc(&["--print", "host-tuple"])?;
        Ok(self
            .sysroot()?
            .join("lib/rustlib")
            .join(host.trim())
            .join("bin"))
    }

    fn add(&self, kind: &str, name: &str) -> Result<()> {
        let mut rustup = Command::new("rustup");
        // A toolchain file in the workspace applies here.
        rustup
            .args([kind, "add", name])
            .current_dir(&self.workspace.root);
        self.console.run(&format!("rustup: add {name}"), &mut rustup).map(drop).with_context(|| {
            format!(
                "Rust's {kind} {name} is missing and could not be added. Run `rustup {kind} add {name}` where it \
                 reaches the network, or, without rustup, install it with your system's packages of Rust"
            )
        })
    }

    /// The toolchain's directory.
    pub(crate) fn sysroot(&self) -> Result<PathBuf> {
        Ok(self.rustc(&["--print", "sysroot"])?.trim().into())
    }

    /// The output of rustc.
    pub(crate) fn rustc(&self, arguments: &[&str]) -> Result<String> {
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let output = rustc
            .args(arguments)
            .current_dir(&self.workspace.root)
            .output()
            .context("cannot run rustc")?;
        String::from_utf8(output.stdout).context("rustc wrote something else than text")
    }
}
