//! The crate's `rust-version`: what it depends on needs no newer Rust, and that Rust compiles it, if it is installed.
//!
//! The step `clippy` holds the crate's own code to it: its lint `incompatible_msrv` knows since when each function is stable.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{Metadata, MetadataCommand, semver::Version};

use crate::{test::left_out::left_out, workspace, xtask::Xtask};

/// Says in a few words what was checked.
pub(super) fn check(xtask: &Xtask, copy: &Path) -> Result<String> {
    let metadata = MetadataCommand::new()
        .cargo_path(workspace::cargo())
        .current_dir(copy)
        .other_options(["--locked", "--all-features"].map(String::from))
        .exec()?;
    let package = metadata.root_package().context("the copy has no package")?;
    let oldest = package.rust_version.as_ref();
    let oldest = oldest.context("add `rust-version` to [package] in Cargo.toml")?;
    let newer = newer_dependencies(xtask, copy, &metadata, oldest)?;
    ensure!(
        newer.is_empty(),
        "the crate's rust-version is {oldest}, but these dependencies need a newer Rust: {}. Take older versions into \
         Cargo.lock, or raise `rust-version` in Cargo.toml and say so in CHANGELOG.md",
        newer.join(", ")
    );
    compiled(xtask, copy, oldest)
}

/// The dependencies that need a newer Rust than this, with what they need. Tests may use any.
fn newer_dependencies(
    xtask: &Xtask,
    copy: &Path,
    metadata: &Metadata,
    oldest: &Version,
) -> Result<Vec<String>> {
    let mut tree = xtask.cargo(
        "tree --locked --all-features --target all --edges normal,build --prefix none --format {p}",
    );
    let listed = xtask.console.run("", tree.current_dir(copy))?.stdout;
    // A package's line may go on with a note in parentheses.
    let is_listed = |package: &str| {
        let mut rests = listed.lines().filter_map(|line| line.strip_prefix(package));
        rests.any(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let newer = metadata.packages.iter().filter_map(|package| {
        let needs = package.rust_version.as_ref()?;
        let name = &package.name;
        let is_newer = needs > oldest && is_listed(&format!("{name} v{}", package.version));
        is_newer.then(|| format!("{name} {} ({needs})", package.version))
    });
    Ok(newer.collect())
}

/// Compiles the crate with the oldest Rust, where rustup has it under its short name.
fn compiled(xtask: &Xtask, copy: &Path, oldest: &Version) -> Result<String> {
    let toolchain = format!("{}.{}", oldest.major, oldest.minor);
    let rustup = |arguments: &str| {
        let mut command = Command::new("rustup");
        command
            .args(["run", &toolchain, "cargo"])
            .args(arguments.split_whitespace())
            .current_dir(copy)
            // The variables of the cargo that runs this would make the other one call its rustc.
            .env_remove("RUSTC")
            .env(
                "CARGO_TARGET_DIR",
                xtask.workspace.scratch().join("oldest-rust"),
            );
        command
    };
    let is_installed = rustup("--version").output();
    if !is_installed.is_ok_and(|output| output.status.success()) {
        return left_out(format!(
            "Rust {toolchain} by clippy and the dependencies' rust-version alone: that toolchain is not installed"
        ));
    }
    let mut check = rustup("check --locked --all-features");
    xtask.console.run("", &mut check)?;
    Ok(format!("compiled by Rust {toolchain}"))
}
