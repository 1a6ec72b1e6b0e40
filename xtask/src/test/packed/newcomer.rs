//! What a new user does: each `cargo add` of the crate's README, and the code below it. Doctests have every feature, so they
//! would not see one that is missing.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;

use super::command::cargo;
use crate::{directory, test::readme::blocks, xtask::Xtask};

const README: &str = "src/README.md";
/// The packages are added by commands.
const MANIFEST: &str =
    "[package]\nname = \"newcomer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";

/// Follows the README of the packed crate in a new project, with the versions of the crate's lock file.
pub(super) fn check(xtask: &Xtask, package: &Path) -> Result<()> {
    let project = xtask.workspace.scratch().join("newcomer");
    directory::create_empty(&project)?;
    directory::write(&project.join("Cargo.toml"), MANIFEST)?;
    directory::write(&project.join("src/main.rs"), "fn main() {}\n")?;
    fs::copy(package.join("Cargo.lock"), project.join("Cargo.lock"))?;
    let text = fs::read_to_string(package.join(README))?;
    let (mut added, mut run) = (0, 0);
    for block in blocks(README, &text)? {
        match block.language {
            "sh" => {
                for command in block.code.lines() {
                    add(xtask, &project, package, command)?;
                    added += 1;
                }
            }
            "rust" => {
                let program = format!("fn main() {{\n{}}}\n", block.code);
                directory::write(&project.join("src/main.rs"), program)?;
                let mut program = cargo(xtask, &project, "run");
                xtask.console.run("", &mut program)?;
                run += 1;
            }
            _ => {}
        }
    }
    ensure!(added > 0 && run > 0, "{README} has no commands, or no code");
    Ok(())
}

/// Runs `cargo add ...`. The crate comes from its package, since it is not released yet or this is another version.
fn add(xtask: &Xtask, project: &Path, package: &Path, command: &str) -> Result<()> {
    let words = command.strip_prefix("cargo ");
    let words = words.with_context(|| format!("{README}: no command of cargo: {command}"))?;
    let own = &xtask.workspace.package.name;
    let path = format!("--path {}", package.display());
    let words = words.replace(own.as_str(), &path);
    xtask.console.run("", &mut cargo(xtask, project, &words))?;
    Ok(())
}
