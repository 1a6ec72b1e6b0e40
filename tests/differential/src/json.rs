//! Draws random JSON texts: every form of white space, escape and number, and nesting up to the limit and beyond.

use proptest::{collection::vec, prelude::*};

/// Draws the text of a value.
pub fn any_value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![array_of(inner.clone()), object_of(inner)]
    })
}

/// Draws the text of an object. Its names may be those of known fields.
pub fn any_object() -> impl Strategy<Value = String> {
    object_of(any_value())
}

/// Draws a value inside up to 140 containers.
pub fn any_deep_value() -> impl Strategy<Value = String> {
    let levels = prop_oneof![1 => 0..4_usize, 3 => 110..150_usize];
    // Each bit decides whether a container is an object.
    (any_value(), levels, any::<u64>()).prop_map(|(value, levels, kinds)| {
        let is_object = |level: usize| kinds.rotate_left(u32::try_from(level).unwrap()) & 1 == 1;
        let kinds = || (0..levels).map(is_object);
        let opened: String = kinds()
            .map(|object| if object { r#"{"a":"# } else { "[" })
            .collect();
        let closed: String = kinds()
            .rev()
            .map(|object| if object { "}" } else { "]" })
            .collect();
        format!("{opened}{value}{closed}")
    })
}

/// Draws the text of a string, with its quotes.
pub fn any_string() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        6 => "[a-z ]{1,20}",
        1 => "[a-z ]{15,70}",
        2 => "\\PC",
        1 => Just("\u{7f}\u{80}\u{2028}\u{10ffff}".to_owned()),
    ];
    let escaped = prop_oneof![
        2 => r#"\\["\\/bfnrt]"#,
        2 => r"\\u[0-9a-fA-F]{4}",
        2 => r"\\u[dD][89abAB][0-9a-f]{2}\\u[dD][c-fC-F][0-9a-f]{2}",
        1 => r"\\u[dD][89a-fA-F][0-9a-f]{2}",
    ];
    let plain = plain.prop_map(|text| text.replace(['"', '\\'], "_"));
    let pieces = vec(prop_oneof![10 => plain, 7 => escaped], 0..5);
    pieces.prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn scalar() -> BoxedStrategy<String> {
    let word = prop::sample::select(["null", "true", "false"].as_slice());
    let number = r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?";
    prop_oneof![
        1 => word.prop_map(str::to_owned),
        2 => number,
        3 => any_string(),
    ]
    .boxed()
}

fn array_of(item: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (space(), vec((space(), item, space()), 0..5)).prop_map(|(empty, items)| {
        let items = items
            .iter()
            .map(|(before, item, after)| format!("{before}{item}{after}"));
        format!("[{empty}{}]", items.collect::<Vec<_>>().join(","))
    })
}

fn object_of(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let member = (space(), name(), space(), value, space());
    (space(), vec(member, 0..5)).prop_map(|(empty, members)| {
        let members = members.iter().map(|(before, name, between, value, after)| {
            format!("{before}{name}{between}:{between}{value}{after}")
        });
        format!("{{{empty}{}}}", members.collect::<Vec<_>>().join(","))
    })
}

fn name() -> impl Strategy<Value = String> {
    let known = prop::sample::select(
        [
            r#""document_metadata""#,
            r#""document\u005fmetadata""#,
            r#""original_filename""#,
            r#""\u006friginal_filename""#,
            r#""original_filename2""#,
            r#""data""#,
        ]
        .as_slice(),
    );
    prop_oneof![3 => any_string(), 1 => known.prop_map(str::to_owned)]
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![3 => "", 1 => "[ \t\n\r]{1,4}"]
}
