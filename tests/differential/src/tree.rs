//! Changes to the structure of JSON. The result is valid JSON, mostly with fields that do not fit.

use proptest::{prelude::*, sample::Index};
use serde_json::Value;

/// A JSON value that can have what a parsed value cannot: repeated names and numbers of any form.
#[derive(Clone, Debug)]
pub enum Tree {
    /// JSON text.
    Scalar(String),
    Array(Vec<Tree>),
    /// Names as JSON text, with their quotes.
    Object(Vec<(String, Tree)>),
}

#[derive(Clone, Copy, Debug)]
pub enum TreeChange {
    /// Replaces the value at this place.
    Replace(Index, &'static str),
    /// Removes a member or an item from the container at this place.
    Remove(Index, Index),
    /// Repeats a member or an item.
    Repeat(Index, Index),
    /// Renames a member.
    Rename(Index, Index, &'static str),
    /// Inserts a member or an item.
    Insert(Index, &'static str, &'static str),
    /// Wraps the value at this place in arrays.
    Wrap(Index, usize),
}

const VALUES: [&str; 32] = [
    "null",
    "true",
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "1e2",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    "1.7976931348623158e308",
    "1.79769313486231589e308",
    "5e-324",
    r#""""#,
    r#"" ""#,
    r#""x""#,
    r#""\ud83d""#,
    r#""\ud83d\ude00""#,
    r#""a\u0000b""#,
    r#""PROCESSING""#,
    r#""SUCCESS""#,
    r#""completed""#,
    r#""ERROR""#,
    r#""processing""#,
    "[]",
    "{}",
    r#"["a", 1]"#,
    r#"{"code": "c", "name": "n", "confidence": 0.5}"#,
    r#"{"count": 1, "messages": ["m"]}"#,
    r#"{"document_type": "c", "confidence": 1}"#,
    r#"[[], {"a": [{}]}]"#,
];

const NAMES: [&str; 22] = [
    r#""conversion_id""#,
    r#""identification_id""#,
    r#""step_execution_id""#,
    r#""status""#,
    r#""request_timestamp""#,
    r#""response_timestamp""#,
    r#""document_type_code""#,
    r#""data""#,
    r#""document_type""#,
    r#""alternatives""#,
    r#""confidence""#,
    r#""code""#,
    r#""validation""#,
    r#""count""#,
    r#""error""#,
    r#""st\u0061tus""#,
    r#""Status""#,
    r#""""#,
    r#""\ud83d""#,
    r#""__proto__""#,
    r#""unknown""#,
    r#""0""#,
];

pub fn tree_change() -> impl Strategy<Value = TreeChange> {
    use TreeChange::{Insert, Remove, Rename, Repeat, Replace, Wrap};
    let place = any::<Index>;
    let value = || prop::sample::select(VALUES.as_slice());
    let name = || prop::sample::select(NAMES.as_slice());
    prop_oneof![
        6 => (place(), value()).prop_map(|(at, value)| Replace(at, value)),
        2 => (place(), place()).prop_map(|(at, child)| Remove(at, child)),
        2 => (place(), place()).prop_map(|(at, child)| Repeat(at, child)),
        2 => (place(), place(), name()).prop_map(|(at, child, name)| Rename(at, child, name)),
        2 => (place(), name(), value()).prop_map(|(at, name, value)| Insert(at, name, value)),
        // Up to the deepest allowed payload and beyond.
        1 => (place(), prop_oneof![1..20_usize, 120..140_usize]).prop_map(|(at, levels)| Wrap(at, levels)),
    ]
}

impl Tree {
    /// Parses JSON that `serde_json` can hold, as every genuine body is.
    pub fn parse(json: &[u8]) -> Self {
        Self::of(serde_json::from_slice(json).unwrap())
    }

    fn of(value: Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.into_iter().map(Self::of).collect()),
            Value::Object(members) => {
                let quoted = |name: String| Value::String(name).to_string();
                let members = members.into_iter();
                Self::Object(
                    members
                        .map(|(name, value)| (quoted(name), Self::of(value)))
                        .collect(),
                )
            }
            scalar => Self::Scalar(scalar.to_string()),
        }
    }

    pub fn text(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(",");
        match self {
            Self::Scalar(text) => text.clone(),
            Self::Array(items) => format!("[{}]", joined(items.iter().map(Self::text).collect())),
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| format!("{name}:{}", value.text());
                format!("{{{}}}", joined(members.iter().map(member).collect()))
            }
        }
    }

    pub fn apply(&mut self, change: &TreeChange) {
        match change {
            TreeChange::Replace(at, value) => {
                self.at(
                    at,
                    |_| true,
                    |tree| *tree = Self::Scalar((*value).to_owned()),
                );
            }
            TreeChange::Wrap(at, levels) => self.at(at, |_| true, |tree| tree.wrap(*levels)),
            TreeChange::Remove(at, child) => self.at(at, Self::holds, |tree| {
                tree.each(|items| drop(items.remove(child.index(items.len()))));
            }),
            TreeChange::Repeat(at, child) => self.at(at, Self::holds, |tree| {
                tree.each(|items| items.push(items[child.index(items.len())].clone()));
            }),
            TreeChange::Rename(at, child, name) => self.at(at, Self::holds, |tree| {
                tree.each(|items| {
                    let child = child.index(items.len());
                    (*name).clone_into(&mut items[child].0);
                });
            }),
            TreeChange::Insert(at, name, value) => self.at(at, Self::holds, |tree| {
                let value = Self::Scalar((*value).to_owned());
                tree.each(|items| items.push(((*name).to_owned(), value.clone())));
            }),
        }
    }

    /// Acts on one of the values for which `fits` is true, among this one and all below it, if there is any.
    fn at(&mut self, place: &Index, fits: impl Fn(&Self) -> bool, act: impl Fn(&mut Self)) {
        let count = self.count(&fits);
        if count > 0 {
            self.visit(&mut place.index(count), &fits, &act);
        }
    }

    fn count(&self, fits: &impl Fn(&Self) -> bool) -> usize {
        let below: usize = match self {
            Self::Scalar(_) => 0,
            Self::Array(items) => items.iter().map(|item| item.count(fits)).sum(),
            Self::Object(members) => members.iter().map(|(_, value)| value.count(fits)).sum(),
        };
        usize::from(fits(self)) + below
    }

    /// Counts `left` down over the fitting values. Returns whether it has acted.
    fn visit(
        &mut self,
        left: &mut usize,
        fits: &impl Fn(&Self) -> bool,
        act: &impl Fn(&mut Self),
    ) -> bool {
        if fits(self) {
            if *left == 0 {
                act(self);
                return true;
            }
            *left -= 1;
        }
        match self {
            Self::Scalar(_) => false,
            Self::Array(items) => items.iter_mut().any(|item| item.visit(left, fits, act)),
            Self::Object(members) => members
                .iter_mut()
                .any(|(_, value)| value.visit(left, fits, act)),
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Scalar(_) => false,
            Self::Array(items) => !items.is_empty(),
            Self::Object(members) => !members.is_empty(),
        }
    }

    /// Passes the members or items as members. For an array, the names are ignored.
    fn each(&mut self, act: impl FnOnce(&mut Vec<(String, Self)>)) {
        match self {
            Self::Scalar(_) => {}
            Self::Object(members) => act(members),
            Self::Array(items) => {
                let mut members = items
                    .drain(..)
                    .map(|item| (String::new(), item))
                    .collect::<Vec<_>>();
                act(&mut members);
                items.extend(members.into_iter().map(|(_, item)| item));
            }
        }
    }

    fn wrap(&mut self, levels: usize) {
        for _ in 0..levels {
            let inner = std::mem::replace(self, Self::Array(Vec::new()));
            *self = Self::Array(vec![inner]);
        }
    }
}
