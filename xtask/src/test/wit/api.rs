//! The imports and exports of a world, without comments, for comparison.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use anyhow::{Context as _, Result, bail};
use semver::Version;
use wit_component::{DecodedWasm, OutputToString, WitPrinter};
use wit_parser::{Resolve, Stability, WorldId, WorldItem, WorldKey};

/// The text of each interface, by its name without a version.
type Interfaces = BTreeMap<String, String>;

/// A world of interfaces of one package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Api {
    version: Version,
    imports: Interfaces,
    exports: Interfaces,
}

impl Api {
    pub(super) fn of_text(text: &str) -> Result<Self> {
        let mut resolve = Resolve::default();
        let package = resolve.push_str("text.wit", text)?;
        let world = resolve.select_world(&[package], None)?;
        Self::of_world(resolve, world)
    }

    pub(super) fn of_component(bytes: &[u8]) -> Result<Self> {
        match wit_component::decode(bytes)? {
            DecodedWasm::Component(resolve, world) => Self::of_world(resolve, world),
            DecodedWasm::WitPackage(..) => bail!("a WIT package, not a component"),
        }
    }

    pub(super) const fn version(&self) -> &Version {
        &self.version
    }

    /// Whether both are the same apart from the version.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.imports == other.imports && self.exports == other.exports
    }

    /// The lines of each that the other does not have.
    pub(super) fn differences(&self, other: &Self) -> String {
        let (own, others) = (self.to_string(), other.to_string());
        let mut text = String::new();
        for (sign, lines, not_in) in [('+', &own, &others), ('-', &others, &own)] {
            for line in lines.lines().filter(|line| !not_in.contains(line)) {
                let _ = writeln!(text, "{sign} {line}");
            }
        }
        text
    }

    fn of_world(mut resolve: Resolve, id: WorldId) -> Result<Self> {
        forget_since(&mut resolve);
        let world = resolve.worlds.get(id).context("no such world")?;
        let exported = world.exports.keys().find_map(|key| match key {
            WorldKey::Interface(id) => resolve.interfaces.get(*id)?.package,
            WorldKey::Name(_) => None,
        });
        let package = exported.context("the world exports no interface of a package")?;
        let package = resolve.packages.get(package).context("no such package")?;
        let version = package.name.version.as_ref();
        let version = version.context("the package has no version")?;
        Ok(Self {
            version: version.clone(),
            imports: interfaces(&resolve, world.imports.values())?,
            exports: interfaces(&resolve, world.exports.values())?,
        })
    }
}

/// Removes `@since`, which a component does not contain.
fn forget_since(resolve: &mut Resolve) {
    for (_, interface) in &mut resolve.interfaces {
        interface.stability = Stability::Unknown;
        for function in interface.functions.values_mut() {
            function.stability = Stability::Unknown;
        }
    }
    for (_, definition) in &mut resolve.types {
        definition.stability = Stability::Unknown;
    }
}

fn interfaces<'a>(
    resolve: &Resolve,
    items: impl Iterator<Item = &'a WorldItem>,
) -> Result<Interfaces> {
    items
        .map(|item| {
            let WorldItem::Interface { id, .. } = item else {
                bail!("a world of functions or types of its own is not provided for");
            };
            let name = resolve.id_of(*id).context("an interface without a name")?;
            let name = name.split('@').next().unwrap_or_default().to_owned();
            let mut printer = WitPrinter::new(OutputToString::default());
            printer.emit_docs(false).print_interface(resolve, *id)?;
            Ok((name, printer.output.to_string()))
        })
        .collect()
}

impl fmt::Display for Api {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "version {}", self.version)?;
        for (name, text) in &self.imports {
            writeln!(formatter, "import {name}\n{text}")?;
        }
        for (name, text) in &self.exports {
            writeln!(formatter, "export {name}\n{text}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "package a:b@1.2.3; interface c { record d { e: u8 } } world w { export c; }";

    fn api(text: &str) -> Api {
        Api::of_text(text).expect(text)
    }

    #[test]
    fn comments_are_no_part_of_it() {
        let commented = TEXT.replace("record", "/// A record.\n record");
        assert_eq!(api(TEXT), api(&commented));
    }

    #[test]
    fn the_versions_of_items_are_no_part_of_it() {
        let since = TEXT.replace("record", "@since(version = 1.2.0) record");
        let since = since.replace("interface", "@since(version = 1.0.0) interface");
        assert_ne!(since, TEXT);
        assert_eq!(api(TEXT), api(&since));
    }

    #[test]
    fn a_change_is_seen_and_shown() {
        let changed = api(&TEXT.replace("e: u8", "e: u16"));
        assert!(!changed.is_same(&api(TEXT)));
        assert_eq!(changed.differences(&api(TEXT)), "+   e: u16,\n-   e: u8,\n");
    }

    #[test]
    fn an_import_is_seen() {
        let importing = TEXT.replace("world w {", "interface f {} world w { import f;");
        assert!(!api(&importing).is_same(&api(TEXT)));
    }

    #[test]
    fn a_version_is_seen_apart() {
        let newer = api(&TEXT.replace("1.2.3", "1.2.4"));
        assert!(newer.is_same(&api(TEXT)));
        assert_ne!(newer, api(TEXT));
    }
}
