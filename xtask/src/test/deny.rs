//! `cargo deny`: licences, sources and advisories of the workspace's dependencies, as `deny.toml` wants them.

use std::process::Command;

use anyhow::Result;

use super::left_out::left_out;
use crate::xtask::Xtask;

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let deny = |arguments: &str| -> Result<Command> {
        let mut command = xtask.cargo_deny()?;
        command
            .args(["--workspace", "--locked"])
            .args(arguments.split_whitespace())
            .current_dir(&xtask.workspace.root);
        Ok(command)
    };
    xtask
        .console
        .run("", &mut deny("check bans licenses sources")?)?;
    // The database of advisories is a git repository, which a build without a network of its own does not reach.
    if xtask.console.run("", &mut deny("fetch db")?).is_err() {
        return left_out(
            "without advisories: their database cannot be reached from here".to_owned(),
        );
    }
    xtask
        .console
        .run("", &mut deny("check --disable-fetch advisories")?)?;
    Ok("advisories, too".to_owned())
}
