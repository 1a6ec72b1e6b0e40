//! `cargo semver-checks`: what has changed in the crate's interface since the last release, against the change of its version.

use std::process::Command;

use anyhow::Result;

use crate::xtask::Xtask;

const TOOL: &str = "cargo-semver-checks";
/// It has to know the format of rustdoc's JSON, which is the compiler's own: a newer Rust may need a newer version.
const VERSION: &str = "0.51.0";

/// The tool takes minutes to build, so it is built only when there is a release to compare with.
pub(super) fn check(xtask: &Xtask) -> Result<String> {
    if xtask
        .git(&["rev-parse", "--is-shallow-repository"])
        .is_ok_and(|text| text == "true")
    {
        return Ok(
            "not checked: this clone is shallow, so the last release is not in it".to_owned(),
        );
    }
    let Some(release) = last_release(xtask) else {
        return Ok("nothing to compare with: no tag v* is released".to_owned());
    };
    let tool = xtask.program_of_crate(TOOL, VERSION)?;
    let mut compare = Command::new(tool);
    compare
        .args(["semver-checks", "--all-features", "--package"])
        .arg(&xtask.workspace.package.name)
        .args(["--baseline-rev", &release])
        .current_dir(&xtask.workspace.root);
    xtask.console.run("", &mut compare)?;
    Ok(format!("compared with {release}"))
}

/// The last tag of a version before this commit: the build of a release must not compare it with itself.
fn last_release(xtask: &Xtask) -> Option<String> {
    let describe = "describe --tags --abbrev=0 --match v[0-9]* HEAD^";
    let words: Vec<_> = describe.split_whitespace().collect();
    xtask.git(&words).ok()
}
