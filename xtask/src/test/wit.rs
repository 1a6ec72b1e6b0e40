//! Checks `wit/webhook.wit` as an API: the component exports it, every item has a comment and `@since`, its version changes with
//! it, and its resources work on each host.

mod api;
mod hosts;
mod items;
mod version;

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use semver::Version;

use self::api::Api;
use crate::{directory, xtask::Xtask};

const SOURCE: &str = "wit/webhook.wit";
/// The texts of all released versions, each in a file named after the version. A release adds its own.
const RELEASED: &str = "wit/released";

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let text = fs_err::read_to_string(xtask.workspace.path(SOURCE))?;
    let source = Api::of_text(&text).context(SOURCE)?;
    let items = items::of_text(&text)?;
    let undocumented = items::without_comment(&items);
    ensure!(
        undocumented.is_empty(),
        "{SOURCE}: no comment on {}",
        undocumented.join(", ")
    );
    let without = items::without_since(&items);
    ensure!(
        without.is_empty(),
        "{SOURCE}: no `@since` on {}",
        without.join(", ")
    );
    let component = xtask.build()?.component;
    let built = Api::of_component(&fs_err::read(component)?)?;
    ensure!(
        built == source,
        "the component is not what {SOURCE} says:\n{}",
        built.differences(&source)
    );
    check_version(xtask, &text)?;
    check_publication(xtask)?;
    ensure!(
        !xtask.write_spin_interfaces()?,
        "examples/spin/spin-dependencies.wit was not what `spin build` writes of the component; now it is: commit it"
    );
    hosts::check(xtask)?;
    Ok(format!("{} items", items::commented(&items)))
}

fn check_version(xtask: &Xtask, text: &str) -> Result<()> {
    let released = released(&xtask.workspace.path(RELEASED))?;
    let last = released.iter().max_by_key(|(version, _)| version);
    last.map_or(Ok(()), |(_, last)| version::check(last, text))
        .context(SOURCE)
}

/// The version and the text of each release.
fn released(directory: &Path) -> Result<Vec<(Version, String)>> {
    let mut released = Vec::new();
    if !directory.is_dir() {
        return Ok(released);
    }
    for path in directory::files(directory)? {
        let text = fs_err::read_to_string(&path)?;
        let version = Api::of_text(&text)?.version;
        ensure!(
            path.file_stem()
                .is_some_and(|stem| stem == &*version.to_string()),
            "{}: it holds version {version}",
            path.display()
        );
        released.push((version, text));
    }
    Ok(released)
}

fn check_publication(xtask: &Xtask) -> Result<()> {
    let text = fs_err::read_to_string(xtask.workspace.path("wkg.toml"))?;
    let publication: toml::Value = toml::from_str(&text).context("wkg.toml")?;
    let package = &xtask.workspace.package;
    let same = |key: &str, value: &str| {
        let metadata = publication.get("metadata");
        metadata.and_then(|it| it.get(key)?.as_str()) == Some(value)
    };
    ensure!(
        same("description", &package.description)
            && same("licenses", &package.license)
            && same("source", &package.repository),
        "wkg.toml says something else than the crate: {package:?}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "package a:b@VERSION; interface c { f: func(); } world w { export c; }";

    #[test]
    fn a_release_leaves_its_text_under_its_version() {
        let directory = tempfile::tempdir().expect("a directory");
        let at = directory.path().join("released");
        let write = |name: &str, version: &str| {
            let text = TEXT.replace("VERSION", version);
            directory::write(&at.join(name), text).expect("a file");
        };
        assert!(released(&at).expect("none yet").is_empty());
        write("0.1.0.wit", "0.1.0");
        write("0.2.0.wit", "0.2.0");
        let found: Vec<String> = released(&at)
            .expect("two releases")
            .iter()
            .map(|(version, _)| version.to_string())
            .collect();
        assert_eq!(found, ["0.1.0", "0.2.0"]);
        write("0.3.0.wit", "0.2.0");
        assert!(released(&at).is_err());
    }
}
