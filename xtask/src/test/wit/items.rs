//! Lists the items of a WIT text, with whether each has a comment and `@since`.

use anyhow::Result;
use wit_parser::{Docs, Interface, Resolve, Stability, Type, TypeDef, TypeDefKind, WorldItem};

/// An interface, a world, what a world imports or exports, a function, a type, or a field or case of one.
pub(super) struct Item {
    path: String,
    /// None where no comment is expected.
    has_comment: Option<bool>,
    /// None where no `@since` is expected: a field or case has that of its type.
    has_since: Option<bool>,
}

/// The items of a text.
pub(super) fn of_text(text: &str) -> Result<Vec<Item>> {
    let mut resolve = Resolve::default();
    resolve.push_str("text.wit", text)?;
    let mut items = Vec::new();
    for (_, world) in &resolve.worlds {
        items.push(Item::new(&world.name, &world.docs, &world.stability));
        for item in world.imports.values().chain(world.exports.values()) {
            if let WorldItem::Interface { id, stability, .. } = item {
                let name = resolve.id_of(*id).unwrap_or_default();
                items.push(Item {
                    path: format!("{}: {name}", world.name),
                    has_comment: None,
                    has_since: is_stable(stability),
                });
            }
        }
    }
    for (_, interface) in &resolve.interfaces {
        items.extend(of_interface(&resolve, interface));
    }
    Ok(items)
}

/// The paths of the items without a comment.
pub(super) fn without_comment(items: &[Item]) -> Vec<&str> {
    paths(items, |item| item.has_comment == Some(false))
}

/// The paths of the items without `@since`.
pub(super) fn without_since(items: &[Item]) -> Vec<&str> {
    paths(items, |item| item.has_since == Some(false))
}

/// How many items have a comment.
pub(super) fn commented(items: &[Item]) -> usize {
    paths(items, |item| item.has_comment == Some(true)).len()
}

fn paths(items: &[Item], are: impl Fn(&Item) -> bool) -> Vec<&str> {
    let items = items.iter().filter(|item| are(item));
    items.map(|item| item.path.as_str()).collect()
}

fn of_interface(resolve: &Resolve, interface: &Interface) -> Vec<Item> {
    let name = interface.name.as_deref().unwrap_or("an inline interface");
    let mut items = vec![Item::new(name, &interface.docs, &interface.stability)];
    for function in interface.functions.values() {
        let path = format!("{name}.{}", function.name);
        items.push(Item::new(&path, &function.docs, &function.stability));
    }
    for (type_name, id) in &interface.types {
        let Some(definition) = resolve.types.get(*id) else {
            continue;
        };
        let path = format!("{name}.{type_name}");
        let mut item = Item::new(&path, &definition.docs, &definition.stability);
        if is_used(resolve, definition) {
            item.has_comment = None;
        }
        items.push(item);
        items.extend(
            parts(&definition.kind)
                .into_iter()
                .map(|(part, docs)| Item {
                    path: format!("{path}.{part}"),
                    has_comment: has_text(docs),
                    has_since: None,
                }),
        );
    }
    items
}

/// Whether the type comes by `use` from another interface, which has the comment.
fn is_used(resolve: &Resolve, definition: &TypeDef) -> bool {
    let TypeDefKind::Type(Type::Id(id)) = definition.kind else {
        return false;
    };
    let original = resolve.types.get(id);
    original.is_some_and(|original| original.owner != definition.owner)
}

/// The fields or cases of a type.
fn parts(kind: &TypeDefKind) -> Vec<(&str, &Docs)> {
    match kind {
        TypeDefKind::Record(it) => it.fields.iter().map(|it| (&*it.name, &it.docs)).collect(),
        TypeDefKind::Variant(it) => it.cases.iter().map(|it| (&*it.name, &it.docs)).collect(),
        TypeDefKind::Enum(it) => it.cases.iter().map(|it| (&*it.name, &it.docs)).collect(),
        TypeDefKind::Flags(it) => it.flags.iter().map(|it| (&*it.name, &it.docs)).collect(),
        _ => Vec::new(),
    }
}

impl Item {
    fn new(path: &str, docs: &Docs, stability: &Stability) -> Self {
        Self {
            path: path.to_owned(),
            has_comment: has_text(docs),
            has_since: is_stable(stability),
        }
    }
}

fn has_text(docs: &Docs) -> Option<bool> {
    let text = docs.contents.as_deref();
    Some(text.is_some_and(|text| !text.trim().is_empty()))
}

const fn is_stable(stability: &Stability) -> Option<bool> {
    Some(matches!(stability, Stability::Stable { .. }))
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
        let items = of_text(TEXT).expect("items");
        assert_eq!(without_comment(&items), [""; 0]);
        let comments: Vec<_> = TEXT.lines().filter(|line| line.contains("///")).collect();
        assert_eq!(commented(&items), comments.len());
        for comment in comments {
            let items = of_text(&TEXT.replacen(comment, "", 1)).expect("items");
            assert_eq!(without_comment(&items).len(), 1, "{comment}");
        }
    }

    const SINCE: &str = "@since(version = 1.0.0)";
    const OF_VERSIONS: &str = "package a:b@1.0.0;
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
        let items = of_text(OF_VERSIONS).expect("items");
        assert_eq!(without_since(&items), [""; 0]);
        for (at, _) in OF_VERSIONS.match_indices(SINCE) {
            let mut without = OF_VERSIONS.to_owned();
            without.replace_range(at..at + SINCE.len(), "");
            let items = of_text(&without).expect("items");
            assert_eq!(without_since(&items).len(), 1, "at {at}");
        }
    }
}
