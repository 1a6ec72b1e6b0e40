//! `wit/webhook.wit` as an API: what the component is, every item with its comment, under a version of its own.

mod api;
mod documented;
mod version;

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use self::api::Api;
use crate::{Xtask, directory};

const SOURCE: &str = "wit/webhook.wit";
/// The texts of all released versions, each under its name.
const RELEASED: &str = "wit/released";

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let text = directory::read(&xtask.workspace.path(SOURCE))?;
    let source = Api::of_text(&text).context(SOURCE)?;
    let undocumented = documented::missing(&text)?;
    ensure!(
        undocumented.is_empty(),
        "{SOURCE}: no comment on {}",
        undocumented.join(", ")
    );
    let component = xtask.build()?.component;
    let bytes =
        fs::read(&component).with_context(|| format!("cannot read {}", component.display()))?;
    let built = Api::of_component(&bytes)?;
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
    Ok(format!("{} items", documented::count(&text)?))
}

fn check_version(xtask: &Xtask, text: &str) -> Result<()> {
    let mut released = Vec::new();
    for path in directory::files(&xtask.workspace.path(RELEASED))? {
        let text = directory::read(&path)?;
        let version = Api::of_text(&text)?.version();
        ensure!(
            path.file_stem()
                .is_some_and(|stem| stem == &*version.to_string()),
            "{}: it holds version {version}",
            path.display()
        );
        released.push((version, text));
    }
    let (_, last) = released
        .iter()
        .max_by_key(|(version, _)| *version)
        .with_context(|| format!("nothing in {RELEASED}"))?;
    version::check(last, text).context(SOURCE)
}

/// What `wkg.toml` repeats of the crate.
#[derive(Deserialize)]
struct Publication {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    description: String,
    licenses: String,
    source: String,
}

fn check_publication(xtask: &Xtask) -> Result<()> {
    let text = directory::read(&xtask.workspace.path("wkg.toml"))?;
    let Publication { metadata } = toml::from_str(&text).context("wkg.toml")?;
    let package = &xtask.workspace.package;
    let same = metadata.description == package.description
        && metadata.licenses == package.license
        && metadata.source == package.repository;
    ensure!(
        same,
        "wkg.toml says something else than the crate: {package:?}"
    );
    Ok(())
}
