//! Payloads of any form as a tree, and edited.

use docutray_webhook::signing::json_object;
use docutray_webhook_tools::{
    samples::{Edit, edit},
    tree::{Tree, tree},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::fixed;

/// JSON as text: strings with any escape, numbers with any digits, white space anywhere.
fn json() -> impl Strategy<Value = String> {
    let string = prop_oneof![
        "\"[a-z é\u{1f600}]{0,6}\"",
        Just(r#""\ud83d\n\u00e9\\\"]}""#.to_owned())
    ];
    let number = "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?";
    let literal = prop_oneof![Just("true"), Just("false"), Just("null")];
    let scalar = prop_oneof![string.clone(), number, literal.prop_map(str::to_owned)];
    let space = "[ \t\r\n]{0,2}";
    let value = scalar.prop_recursive(5, 40, 6, move |inner| {
        let member = (string.clone(), space, inner.clone());
        let member =
            member.prop_map(|(name, space, value)| format!("{name}{space}:{space}{value}"));
        prop_oneof![
            (vec(inner, 0..6), space).prop_map(|(items, space)| {
                format!(
                    "[{space}{}{space}]",
                    items.join(&format!("{space},{space}"))
                )
            }),
            (vec(member, 0..6), space).prop_map(|(members, space)| {
                format!(
                    "{{{space}{}{space}}}",
                    members.join(&format!("{space},{space}"))
                )
            }),
        ]
    });
    (value, space).prop_map(|(value, space)| format!("{space}{{\"a\":{value},{space}\"n\":1.50}}"))
}

/// Writes a tree as JSON without white space.
fn text(tree: &Tree) -> String {
    match tree {
        Tree::Object {
            members,
            omitted: 0,
        } => {
            let member = |member: &docutray_webhook_tools::tree::Member| {
                format!("{}:{}", string(&member.name), text(&member.value))
            };
            format!(
                "{{{}}}",
                members.iter().map(member).collect::<Vec<_>>().join(",")
            )
        }
        Tree::Array { items, omitted: 0 } => {
            format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(","))
        }
        Tree::String { text, omitted: 0 } => string(text),
        Tree::Number { text, omitted: 0 } | Tree::Literal { text } => text.clone(),
        other => panic!("something is left out: {other:?}"),
    }
}

/// A string with half of a character keeps its escapes.
fn string(text: &str) -> String {
    if text.contains("\\ud83d") {
        return format!("\"{text}\"");
    }
    serde_json::to_string(text).unwrap()
}

/// Removes white space outside of strings.
fn compact(json: &str) -> String {
    let (mut is_inside, mut is_escaped) = (false, false);
    let kept = json.chars().filter(|character| {
        let is_quote = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && !is_escaped;
        is_inside ^= is_quote;
        is_inside || !character.is_ascii_whitespace()
    });
    kept.collect()
}

proptest! {
    #![proptest_config(fixed(500))]

    #[test]
    fn a_tree_has_every_value_in_its_order_with_every_digit(json in json()) {
        prop_assert_eq!(text(&tree(json.as_bytes()).unwrap()), compact(&json));
    }

    #[test]
    fn a_tree_is_of_what_the_core_accepts(json in json(), at in any::<Index>(), byte in any::<u8>()) {
        let mut body = json.into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        prop_assert_eq!(tree(&body).is_ok(), json_object(&body).is_ok());
    }

    #[test]
    fn an_edit_replaces_one_value_and_no_other_byte(json in json(), value in json()) {
        let edits = [Edit { path: "n".into(), value: value.clone() }];
        let edited = edit(json.clone().into_bytes(), &edits).unwrap();
        let end = json.rfind("1.50").unwrap();
        let expected = format!("{}{}{}", &json[..end], value.trim_ascii(), &json[end + 4..]);
        prop_assert_eq!(String::from_utf8(edited.0).unwrap(), expected);
    }

    #[test]
    fn no_path_makes_an_edit_panic(json in json(), path in "[a-c.\\[\\]0-9\"\\\\é]{0,8}", value in "\\PC{0,6}") {
        let _ = edit(json.into_bytes(), &[Edit { path, value }]);
    }
}
