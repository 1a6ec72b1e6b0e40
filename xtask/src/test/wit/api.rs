//! The imports and exports of a world, without comments, for comparison.

use anyhow::{Context as _, Result, bail, ensure};
use semver::Version;
use wit_component::{DecodedWasm, OutputToString, WitPrinter};
use wit_parser::{Resolve, WorldId, WorldItem};

/// A world of interfaces of one package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Api {
    pub(super) version: Version,
    /// Each interface, by its name without a version, as WIT.
    interfaces: Vec<String>,
}

impl Api {
    pub(super) fn of_text(text: &str) -> Result<Self> {
        let mut resolve = Resolve::default();
        let package = resolve.push_str("text.wit", text)?;
        let world = resolve.select_world(&[package], None)?;
        Self::of_world(&resolve, world)
    }

    pub(super) fn of_component(bytes: &[u8]) -> Result<Self> {
        match wit_component::decode(bytes)? {
            DecodedWasm::Component(resolve, world) => Self::of_world(&resolve, world),
            DecodedWasm::WitPackage(..) => bail!("a WIT package, not a component"),
        }
    }

    /// Whether both are the same apart from the version.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.interfaces == other.interfaces
    }

    /// The lines of each that the other does not have.
    pub(super) fn differences(&self, other: &Self) -> String {
        let (own, others) = (self.text(), other.text());
        let lacking = |sign, lines: &str, not_in: &str| -> String {
            let lines = lines.lines().filter(|line| !not_in.contains(line));
            lines.map(|line| format!("{sign} {line}\n")).collect()
        };
        lacking('+', &own, &others) + &lacking('-', &others, &own)
    }

    fn text(&self) -> String {
        format!("version {}\n{}", self.version, self.interfaces.concat())
    }

    fn of_world(resolve: &Resolve, id: WorldId) -> Result<Self> {
        let world = resolve.worlds.get(id).context("no such world")?;
        let mut interfaces = Vec::new();
        let mut version = None;
        for (verb, items) in [("import", &world.imports), ("export", &world.exports)] {
            for item in items.values() {
                let WorldItem::Interface { id, .. } = item else {
                    bail!("a world of functions or types of its own is not provided for");
                };
                let name = resolve.id_of(*id).context("an interface without a name")?;
                let (name, its_version) = name.split_once('@').unwrap_or((&name, ""));
                version = Some(its_version.to_owned());
                let mut printer = WitPrinter::new(OutputToString::default());
                printer.emit_docs(false).print_interface(resolve, *id)?;
                let text = printer.output.to_string();
                // A component does not contain `@since`.
                let lines = text
                    .lines()
                    .filter(|line| !line.trim().starts_with("@since"));
                let lines: Vec<_> = lines.collect();
                interfaces.push(format!("{verb} {name}\n{}\n", lines.join("\n")));
            }
        }
        ensure!(!world.exports.is_empty(), "the world exports nothing");
        // The last is of an export.
        let version = version.unwrap_or_default();
        let version = Version::parse(&version).context("the package has no version")?;
        interfaces.sort_unstable();
        Ok(Self {
            version,
            interfaces,
        })
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
