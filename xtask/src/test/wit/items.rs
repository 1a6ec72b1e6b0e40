//! Lists the items of a WIT text, with whether each has a comment and `@since`.

use anyhow::Result;
use wit_component::{OutputToString, WitPrinter};
use wit_parser::Resolve;

/// An interface, a world, what a world imports or exports, a function, a type, or a field or case of one.
pub(super) struct Item {
    /// Its line, behind the lines that it is within.
    path: String,
    /// None where no comment is expected.
    has_comment: Option<bool>,
    /// None where no `@since` is expected: a field or case has that of its type.
    has_since: Option<bool>,
}

/// The items of a text. The printer writes each on a line of its own.
pub(super) fn of_text(text: &str) -> Result<Vec<Item>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("text.wit", text)?;
    let mut printer = WitPrinter::new(OutputToString::default());
    printer.print(&resolve, package, &[])?;
    let printed = printer.output.to_string();
    let (mut items, mut within, mut above) = (Vec::new(), Vec::new(), Vec::new());
    for line in printed.lines().map(str::trim) {
        if line.starts_with("///") || line.starts_with('@') {
            above.push(line);
            continue;
        }
        if line.ends_with(['{', ';', ',']) && !line.starts_with("package ") {
            items.push(Item::new(&within, line, &above));
        }
        if line.ends_with('{') {
            within.push(line);
        } else if line == "}" {
            within.pop();
        }
        above.clear();
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

impl Item {
    fn new(within: &[&str], line: &str, above: &[&str]) -> Self {
        let has = |what| above.iter().any(|line| line.starts_with(what));
        // The comment is where the thing itself is.
        let is_elsewhere = ["use ", "import ", "export "]
            .iter()
            .any(|verb| line.starts_with(verb));
        let is_part = line.ends_with(',');
        Self {
            path: [within, &[line]].concat().join(" "),
            has_comment: (!is_elsewhere).then(|| has("/// ")),
            has_since: (!is_part).then(|| has("@since")),
        }
    }
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
