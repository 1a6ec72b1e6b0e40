//! The bills of materials, held to the schema of `CycloneDX` and to what the artefacts themselves tell of their crates.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::length::Length;
use crate::{tools::npm::Install, xtask::Xtask};

/// The lock file there has the schema.
const CHECK: &str = "tests/deployments";

/// What stands for a registry in an artefact's paths, with the place in the code of each panic.
const REGISTRY: &[u8] = b"/crates/";

pub(super) fn run(xtask: &Xtask, _: Length) -> Result<String> {
    let built = xtask.build()?;
    // The package has a second module, for its tools.
    let tools = xtask.workspace.scratch().join("tools.wasm");
    let artefacts = [
        ("component", &built.component),
        ("npm", &built.module),
        ("npm", &tools),
    ];
    let counted = artefacts.map(|(name, artefact)| {
        let listed = listed(&xtask.workspace.dist().join(format!("{name}.cdx.json")))?;
        let named = named(&fs_err::read(artefact)?);
        let missing: Vec<_> = named.difference(&listed).collect();
        ensure!(
            !named.is_empty() && missing.is_empty(),
            "of the crates that the artefact `{name}` names, {named:?}, its bill of materials lacks {missing:?}"
        );
        Ok(format!("{name}: {} crates", listed.len()))
    });
    let mut counted: Vec<_> = counted.into_iter().collect::<Result<_>>()?;
    counted.dedup();
    Ok(format!("{}; {}", counted.join(", "), validated(xtask)?))
}

fn validated(xtask: &Xtask) -> Result<String> {
    let directory = xtask.workspace.path(CHECK);
    xtask.need_packages(&directory, Install::Exactly)?;
    let mut check = xtask.node();
    check.arg(directory.join("check-sbom.mjs"));
    for name in ["component", "npm"] {
        check.arg(xtask.workspace.dist().join(format!("{name}.cdx.json")));
    }
    let said = xtask.console.run("bills of materials", &mut check)?.stdout;
    Ok(said.trim().to_owned())
}

/// The crates in a bill, as `name-version`.
fn listed(bill: &Path) -> Result<BTreeSet<String>> {
    let bill: Value = serde_json::from_str(&fs_err::read_to_string(bill)?)?;
    let components = bill.get("components").and_then(Value::as_array);
    let text = |component: &Value, name: &str| Some(component.get(name)?.as_str()?.to_owned());
    let listed = components
        .context("a bill has components")?
        .iter()
        .map(|component| {
            Some(format!(
                "{}-{}",
                text(component, "name")?,
                text(component, "version")?
            ))
        });
    listed
        .collect::<Option<_>>()
        .context("a component has a name and a version")
}

/// The crates in the paths of an artefact, as `name-version`.
fn named(artefact: &[u8]) -> BTreeSet<String> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(byte);
    let places =
        (0..artefact.len()).filter_map(|place| artefact.get(place..)?.strip_prefix(REGISTRY));
    let names = places.map(|rest| {
        rest.iter()
            .copied()
            .take_while(|byte| is_part(byte))
            .collect()
    });
    names
        .filter_map(|name| String::from_utf8(name).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn crates_are_found_in_an_artefact() {
        let artefact = b"\0/crates/sha2-0.11.1/src/lib.rs\0/src/lib.rs/crates/wit-bindgen-0.61.1/src/rt.rs\xff";
        let named: Vec<_> = named(artefact).into_iter().collect();
        assert_eq!(named, ["sha2-0.11.1", "wit-bindgen-0.61.1"]);
    }
}
