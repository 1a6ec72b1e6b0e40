//! The crate's `rust-version`: what it depends on needs no newer Rust, and that Rust compiles it, if it is installed.
//!
//! The step `clippy` holds the crate's own code to it: its lint `incompatible_msrv` knows since when each function is stable.

use std::{collections::HashMap, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{
    DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId, semver::Version,
};

use crate::{workspace, xtask::Xtask};

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
    let newer = newer_dependencies(&metadata, package, oldest)?;
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
    metadata: &Metadata,
    package: &Package,
    oldest: &Version,
) -> Result<Vec<String>> {
    let resolve = metadata
        .resolve
        .as_ref()
        .context("cargo resolved nothing")?;
    let nodes: HashMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut seen = vec![&package.id];
    let mut next = 0;
    while let Some(id) = seen.get(next) {
        next += 1;
        let node = nodes.get(id).context("cargo resolved a package in part")?;
        for dependency in users_dependencies(node) {
            if !seen.contains(&dependency) {
                seen.push(dependency);
            }
        }
    }
    let packages = metadata.packages.iter();
    let newer = packages
        .filter(|package| seen.contains(&&package.id))
        .filter_map(|package| {
            let needs = package.rust_version.as_ref()?;
            (needs > oldest).then(|| format!("{} {} ({needs})", package.name, package.version))
        });
    Ok(newer.collect())
}

fn users_dependencies(node: &Node) -> impl Iterator<Item = &PackageId> {
    let for_users = node.deps.iter().filter(|dependency| {
        let mut kinds = dependency.dep_kinds.iter();
        kinds.any(|kind| kind.kind != DependencyKind::Development)
    });
    for_users.map(|dependency| &dependency.pkg)
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
        return Ok(format!(
            "Rust {toolchain} by clippy and the dependencies' rust-version alone: that toolchain is not installed"
        ));
    }
    let mut check = rustup("check --locked --all-features");
    xtask.console.run("", &mut check)?;
    Ok(format!("compiled by Rust {toolchain}"))
}
