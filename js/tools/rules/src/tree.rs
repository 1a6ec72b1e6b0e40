//! A payload as a tree for showing, made from its text: numbers keep their digits.

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use crate::{
    fault::Fault,
    json::{Json, Token, Tokens, characters},
};

/// How many values a tree has at most, so that a page can show it.
pub const MAX_VALUES: usize = 20_000;
/// How many bytes of a name, a string or a number are shown at most.
pub const MAX_TEXT: usize = 16 * 1024;
/// How many bytes of names, strings and numbers are shown at most in all.
const MAX_TEXTS: usize = 4 * 1024 * 1024;

/// A value of a payload.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Tree {
    /// An object.
    Object {
        /// In the payload's order. A name may come twice.
        members: Vec<Member>,
        /// How many more members it has.
        #[serde(skip_serializing_if = "is_zero")]
        omitted: usize,
    },
    /// An array.
    Array {
        /// Its values.
        items: Vec<Tree>,
        /// How many more it has.
        #[serde(skip_serializing_if = "is_zero")]
        omitted: usize,
    },
    /// A string.
    String {
        /// Its characters. If it has half of a character (`\ud83d`), as it stands in the payload, with its escapes.
        text: String,
        /// How many more bytes it has.
        #[serde(skip_serializing_if = "is_zero")]
        omitted: usize,
    },
    /// A number.
    Number {
        /// As it stands in the payload.
        text: String,
        /// How many more bytes it has.
        #[serde(skip_serializing_if = "is_zero")]
        omitted: usize,
    },
    /// `true`, `false` or `null`.
    Literal {
        /// The word.
        text: String,
    },
}

/// A member of an object.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Member {
    /// Its name, as [`Tree::String`] has its text. A name that is too long ends with `…`.
    pub name: String,
    /// Its value.
    pub value: Tree,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Makes the tree of a payload. At most [`MAX_VALUES`] values are in it; the containers say how many they leave out.
///
/// # Errors
/// If the body is no JSON object by the core's rules.
pub fn tree(body: &[u8]) -> Result<Tree, Fault> {
    let mut reader = Reader {
        tokens: Json::check(body)?.tokens(),
        values: MAX_VALUES,
        texts: MAX_TEXTS,
    };
    let first = reader.tokens.next();
    Ok(first.map_or(
        Tree::Object {
            members: Vec::new(),
            omitted: 0,
        },
        |first| reader.value(&first),
    ))
}

/// Makes a tree. The core has checked that the text is at most 128 levels deep, so the recursion is, too.
struct Reader<'t> {
    tokens: Tokens<'t>,
    /// How many values may still be added.
    values: usize,
    /// How many bytes of text may still be added.
    texts: usize,
}

impl<'t> Reader<'t> {
    fn value(&mut self, first: &Token<'t>) -> Tree {
        self.values = self.values.saturating_sub(1);
        match first.text {
            "{" => self.object(),
            "[" => self.array(),
            "true" | "false" | "null" => Tree::Literal {
                text: first.text.into(),
            },
            _ if first.is_string() => {
                let (text, omitted) = self.string(first.text);
                Tree::String { text, omitted }
            }
            number => {
                let (text, omitted) = self.cut(number);
                Tree::Number { text, omitted }
            }
        }
    }

    fn object(&mut self) -> Tree {
        let (mut members, mut omitted) = (Vec::new(), 0);
        while let Some(name) = self.tokens.next().filter(Token::is_string) {
            self.tokens.next();
            let Some(value) = self.tokens.next() else {
                break;
            };
            if self.values == 0 {
                self.tokens.end_of(&value);
                omitted += 1;
            } else {
                let (mut text, cut) = self.string(name.text);
                if cut > 0 {
                    text.push('…');
                }
                let value = self.value(&value);
                members.push(Member { name: text, value });
            }
            if self.ends() {
                break;
            }
        }
        Tree::Object { members, omitted }
    }

    fn array(&mut self) -> Tree {
        let (mut items, mut omitted) = (Vec::new(), 0);
        while let Some(value) = self.tokens.next().filter(|token| !token.closes()) {
            if self.values == 0 {
                self.tokens.end_of(&value);
                omitted += 1;
            } else {
                items.push(self.value(&value));
            }
            if self.ends() {
                break;
            }
        }
        Tree::Array { items, omitted }
    }

    /// Takes the comma or the bracket after a value. Returns whether it is the bracket.
    fn ends(&mut self) -> bool {
        self.tokens.next().is_none_or(|token| token.closes())
    }

    fn string(&mut self, token: &str) -> (String, usize) {
        match characters(token) {
            Some(text) => self.cut(&text),
            None => self.cut(token.get(1..token.len() - 1).unwrap_or_default()),
        }
    }

    /// Returns as much of a text as may be shown, and how many bytes are left out.
    fn cut(&mut self, text: &str) -> (String, usize) {
        let end = text.floor_char_boundary(MAX_TEXT.min(self.texts));
        self.texts -= end;
        (text.get(..end).unwrap_or_default().into(), text.len() - end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn json(body: &str) -> String {
        serde_json::to_string(&tree(body.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn numbers_keep_their_digits_and_members_their_order() {
        assert_eq!(
            json(
                r#" {"b":1250.00, "a" : [ -0 ,1E400, "\u00e9\/\ud83d\ude00"],"a":{},"c":[],"d":null} "#
            ),
            concat!(
                r#"{"kind":"object","members":[{"name":"b","value":{"kind":"number","text":"1250.00"}},"#,
                r#"{"name":"a","value":{"kind":"array","items":[{"kind":"number","text":"-0"},"#,
                r#"{"kind":"number","text":"1E400"},{"kind":"string","text":"é/😀"}]}},"#,
                r#"{"name":"a","value":{"kind":"object","members":[]}},"#,
                r#"{"name":"c","value":{"kind":"array","items":[]}},"#,
                r#"{"name":"d","value":{"kind":"literal","text":"null"}}]}"#
            )
        );
    }

    #[test]
    fn half_of_a_character_is_shown_with_its_escapes() {
        assert!(json(r#"{"a":"x\ud83d\n"}"#).contains(r#""text":"x\\ud83d\\n""#));
    }

    #[test]
    fn what_is_too_much_is_left_out_and_counted() {
        let many = format!("{{\"a\":[{}],\"b\":1}}", ["1"; 2 * MAX_VALUES].join(","));
        let Tree::Object { members, omitted } = tree(many.as_bytes()).unwrap() else {
            panic!("an object");
        };
        assert_eq!((members.len(), omitted), (1, 1));
        let Tree::Array { items, omitted } = &members[0].value else {
            panic!("an array");
        };
        assert_eq!(items.len() + omitted, 2 * MAX_VALUES);
        assert_eq!(items.len(), MAX_VALUES - 2);

        let long = format!(
            "{{\"{0}\":\"{0}\",\"n\":{1}}}",
            "é".repeat(MAX_TEXT),
            "1".repeat(MAX_TEXT + 5)
        );
        let Tree::Object { members, .. } = tree(long.as_bytes()).unwrap() else {
            panic!("an object");
        };
        assert!(members[0].name.ends_with("é…"));
        let cut = |tree: &Tree| match tree {
            Tree::String { text, omitted } | Tree::Number { text, omitted } => {
                (text.len(), *omitted)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(cut(&members[0].value), (MAX_TEXT, MAX_TEXT));
        assert_eq!(cut(&members[1].value), (MAX_TEXT, 5));
    }

    #[test]
    fn the_deepest_payload_is_a_tree_and_a_deeper_one_a_fault() {
        let deep = |levels| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(json(&deep(127)).ends_with("}}]}"));
        assert_eq!(
            tree(deep(128).as_bytes()).unwrap_err().code,
            "malformed_payload"
        );
    }
}
