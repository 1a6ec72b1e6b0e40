//! That every item says since which version it is there: interfaces, worlds, what they import and export, types, functions.

use anyhow::Result;
use wit_parser::{Resolve, Stability, WorldItem};

/// The items that do not.
pub(super) fn missing(text: &str) -> Result<Vec<String>> {
    let mut resolve = Resolve::default();
    resolve.push_str("text.wit", text)?;
    let mut items = Vec::new();
    for (_, world) in &resolve.worlds {
        items.push((world.name.clone(), &world.stability));
        for item in world.imports.values().chain(world.exports.values()) {
            if let WorldItem::Interface { id, stability, .. } = item {
                let name = resolve.id_of(*id).unwrap_or_default();
                items.push((format!("{}: {name}", world.name), stability));
            }
        }
    }
    for (_, interface) in &resolve.interfaces {
        let name = interface.name.as_deref().unwrap_or("an inline interface");
        items.push((name.to_owned(), &interface.stability));
        for function in interface.functions.values() {
            items.push((format!("{name}.{}", function.name), &function.stability));
        }
        for (type_name, id) in &interface.types {
            if let Some(definition) = resolve.types.get(*id) {
                items.push((format!("{name}.{type_name}"), &definition.stability));
            }
        }
    }
    let without = items
        .into_iter()
        .filter(|(_, stability)| !matches!(stability, Stability::Stable { .. }));
    Ok(without.map(|(path, _)| path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINCE: &str = "@since(version = 1.0.0)";
    const TEXT: &str = "package a:b@1.0.0;
        @since(version = 1.0.0)
        interface c {
            @since(version = 1.0.0)
            record d { e: u8 }
            @since(version = 1.0.0)
            type f = u8;
            @since(version = 1.0.0)
            resource g {
                @since(version = 1.0.0)
                constructor();
                @since(version = 1.0.0)
                h: func();
            }
            @since(version = 1.0.0)
            i: func();
        }
        @since(version = 1.0.0)
        world j {
            @since(version = 1.0.0)
            export c;
        }";

    #[test]
    fn each_item_that_loses_its_version_is_named() {
        assert_eq!(missing(TEXT).expect("items"), [""; 0]);
        for (at, _) in TEXT.match_indices(SINCE) {
            let mut without = TEXT.to_owned();
            without.replace_range(at..at + SINCE.len(), "");
            assert_eq!(missing(&without).expect("items").len(), 1, "at {at}");
        }
    }
}
