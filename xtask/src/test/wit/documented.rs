//! That every item has its comment: interfaces, worlds, types, their fields and cases, functions.

use anyhow::Result;
use wit_parser::{Docs, Interface, Resolve, Type, TypeDef, TypeDefKind};

/// Where each item is, and whether it has a comment.
type Items = Vec<(String, bool)>;

/// The items without a comment.
pub(super) fn missing(text: &str) -> Result<Vec<String>> {
    let undocumented = items(text)?
        .into_iter()
        .filter(|(_, documented)| !documented);
    Ok(undocumented.map(|(path, _)| path).collect())
}

/// How many items there are.
pub(super) fn count(text: &str) -> Result<usize> {
    Ok(items(text)?.len())
}

fn items(text: &str) -> Result<Items> {
    let mut resolve = Resolve::default();
    resolve.push_str("text.wit", text)?;
    let mut items = Items::new();
    for (_, world) in &resolve.worlds {
        items.push(item(&world.name, &world.docs));
    }
    for (_, interface) in &resolve.interfaces {
        items.extend(of_interface(&resolve, interface));
    }
    Ok(items)
}

fn of_interface(resolve: &Resolve, interface: &Interface) -> Items {
    let name = interface.name.as_deref().unwrap_or("an inline interface");
    let mut items = vec![item(name, &interface.docs)];
    for function in interface.functions.values() {
        items.push(item(&format!("{name}.{}", function.name), &function.docs));
    }
    for (type_name, id) in &interface.types {
        let Some(definition) = resolve.types.get(*id) else {
            continue;
        };
        if is_used(resolve, definition) {
            continue;
        }
        let path = format!("{name}.{type_name}");
        items.push(item(&path, &definition.docs));
        let parts = parts(&definition.kind);
        items.extend(parts.map(|(part, docs)| item(&format!("{path}.{part}"), docs)));
    }
    items
}

/// Whether `use` brings the type from another interface, where its comment is.
fn is_used(resolve: &Resolve, definition: &TypeDef) -> bool {
    match definition.kind {
        TypeDefKind::Type(Type::Id(id)) => resolve
            .types
            .get(id)
            .is_some_and(|original| original.owner != definition.owner),
        _ => false,
    }
}

/// The fields or cases of a type.
fn parts(kind: &TypeDefKind) -> impl Iterator<Item = (&str, &Docs)> {
    let parts: Vec<(&str, &Docs)> = match kind {
        TypeDefKind::Record(record) => record
            .fields
            .iter()
            .map(|field| (field.name.as_str(), &field.docs))
            .collect(),
        TypeDefKind::Variant(variant) => variant
            .cases
            .iter()
            .map(|case| (case.name.as_str(), &case.docs))
            .collect(),
        TypeDefKind::Enum(enumeration) => enumeration
            .cases
            .iter()
            .map(|case| (case.name.as_str(), &case.docs))
            .collect(),
        TypeDefKind::Flags(flags) => flags
            .flags
            .iter()
            .map(|flag| (flag.name.as_str(), &flag.docs))
            .collect(),
        _ => Vec::new(),
    };
    parts.into_iter()
}

fn item(path: &str, docs: &Docs) -> (String, bool) {
    let documented = docs
        .contents
        .as_deref()
        .is_some_and(|text| !text.trim().is_empty());
    (path.to_owned(), documented)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "package a:b@1.0.0;
        /// C
        interface c {
            /// D
            record d {
                /// E
                e: u8,
            }
            /// F
            enum f {
                /// G
                g,
            }
            /// H
            variant h {
                /// I
                i,
            }
            /// J
            flags j {
                /// K
                k,
            }
            /// L
            type l = u8;
            /// M
            resource m {
                /// N
                constructor();
                /// O
                o: func();
                /// P
                p: static func();
            }
            /// Q
            q: func();
        }
        /// R
        interface s {
            use c.{d};
            /// S
            t: func() -> d;
        }
        /// U
        world r { export c; export s; }";

    #[test]
    fn each_item_that_loses_its_comment_is_named() {
        assert_eq!(missing(TEXT).expect("items"), [""; 0]);
        let comments: Vec<_> = TEXT.lines().filter(|line| line.contains("///")).collect();
        assert_eq!(count(TEXT).expect("items"), comments.len());
        for comment in comments {
            let without = TEXT.replacen(comment, "", 1);
            assert_eq!(missing(&without).expect("items").len(), 1, "{comment}");
        }
    }
}
