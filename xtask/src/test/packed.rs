//! The crate as its users get it: packed, without the rest of the workspace.

mod command;
mod newcomer;
mod rust_version;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use fs_err as fs;

use self::command::cargo;
use super::rust::counted;
use crate::{directory, xtask::Xtask};

/// Packs the crate and runs its own tests; compiles them with the oldest dependencies that its manifest allows; holds it to
/// its `rust-version`; follows its README.
pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let package = unpacked(xtask)?;
    let tests = copy(xtask, &package, "packed")?;
    let passed = counted(
        xtask,
        &mut cargo(xtask, &tests, "test --locked --all-features"),
    )?;
    // A distribution tests with the features that are on by default.
    run(xtask, &mut cargo(xtask, &tests, "test --locked --no-run"))?;
    with_oldest_dependencies(xtask, &copy(xtask, &package, "oldest")?)?;
    let rust = rust_version::check(xtask, &tests)?;
    newcomer::check(xtask, &tests)?;
    Ok(format!("{passed}; {rust}"))
}

/// What `cargo package` makes, and has built.
fn unpacked(xtask: &Xtask) -> Result<PathBuf> {
    let package = &xtask.workspace.package;
    let pack = format!("package --locked --allow-dirty -p {}", package.name);
    run(xtask, &mut xtask.cargo(&pack))?;
    let directory = format!("package/{}-{}", package.name, package.version);
    Ok(xtask.workspace.target.join(directory))
}

/// A copy that is a workspace of its own, although it is below this one.
fn copy(xtask: &Xtask, package: &Path, name: &str) -> Result<PathBuf> {
    let copy = xtask.workspace.scratch().join(name);
    directory::create_empty(&copy)?;
    directory::copy(package, &copy)?;
    let manifest = copy.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    fs::write(&manifest, text + "\n[workspace]\n")?;
    Ok(copy)
}

/// Only the dependencies that the manifest names are at their lowest version. The others are what cargo selects today, as it
/// does for a user, so there is no lock file of this.
fn with_oldest_dependencies(xtask: &Xtask, copy: &Path) -> Result<()> {
    fs::remove_file(copy.join("Cargo.lock"))?;
    let mut select = cargo(xtask, copy, "update -Z direct-minimal-versions");
    run(xtask, select.env("RUSTC_BOOTSTRAP", "1"))?;
    let compile = "check --locked --all-features --all-targets";
    run(xtask, &mut cargo(xtask, copy, compile))
}

fn run(xtask: &Xtask, command: &mut Command) -> Result<()> {
    xtask.console.run("", command).map(drop)
}
