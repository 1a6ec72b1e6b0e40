//! One JSON object as its members: the known ones are found by name. The others are counted and not held, since a sender
//! can write millions of them.

use super::{container::Walk, raw::RawJson, scan::Fault, shape::Field, text::Text, value::Value};
use alloc::string::String;

/// As many names can be known at once, so that their members take no memory of their own.
pub(super) const CAPACITY: usize = 16;

/// An object's known members.
pub(super) struct Members<'t> {
    object: Walk<'t>,
    fields: &'static [Field],
    others: &'static [&'static str],
    /// Of the fields, then of the others.
    known: [Member<'t>; CAPACITY],
    /// What [`rest`](Self::rest) takes beside its braces, in bytes.
    rest: usize,
}

/// What there is under one name.
#[derive(Clone, Copy)]
pub(super) struct Member<'t> {
    /// The first value.
    pub(super) value: Option<&'t str>,
    pub(super) is_repeated: bool,
    /// One of its values is not `null`.
    is_present: bool,
}

impl<'t> Members<'t> {
    /// The members of an object, and the place behind it. `fields` are those that its record knows; `others` are names of
    /// other records, whose presence counts.
    pub(super) fn read(
        mut object: Walk<'t>,
        fields: &'static [Field],
        others: &'static [&'static str],
    ) -> Result<(Self, usize), Fault> {
        let mut members = Self::none(object.clone(), fields, others);
        for member in object.by_ref() {
            let (name, value) = member?;
            members.take(name, value);
        }
        Ok((members, object.place()))
    }

    /// The same of an object that was checked.
    pub(super) fn of_checked(object: Walk<'t>, fields: &'static [Field]) -> Self {
        let mut members = Self::none(object.clone(), fields, &[]);
        for (name, value) in object.map_while(Result::ok) {
            members.take(name, value);
        }
        members
    }

    const fn none(
        object: Walk<'t>,
        fields: &'static [Field],
        others: &'static [&'static str],
    ) -> Self {
        Self {
            object,
            fields,
            others,
            known: [Member::NONE; CAPACITY],
            rest: 0,
        }
    }

    /// The fields of the record, each with what there is of it.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static Field, Member<'t>)> {
        self.fields.iter().zip(self.known.iter().copied())
    }

    /// The value of a member that is there once.
    pub(super) fn only(&self, name: &str) -> Option<&'t str> {
        let member = self.member(name).filter(|member| !member.is_repeated);
        member.and_then(|member| member.value)
    }

    /// Whether a member of this name has another value than `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.member(name).is_some_and(|member| member.is_present)
    }

    /// A field of a record that was checked.
    pub(super) fn build<T: Value>(&self, name: &str) -> T {
        let member = self.member(name);
        T::build_field(member.and_then(|member| member.value))
    }

    /// An object of the members that the record does not know, their texts as received.
    pub(super) fn rest(&self) -> RawJson {
        // Exactly: they may be most of a large body, and a text that grew would hold them twice. One comma is not needed.
        let length = ("{}".len() + self.rest).saturating_sub(",".len());
        let mut text = String::with_capacity(length.max("{}".len()));
        text.push('{');
        if self.rest > 0 {
            for (name, value) in self.object.clone().map_while(Result::ok) {
                if self.is_field(name) {
                    continue;
                }
                if text.len() > 1 {
                    text.push(',');
                }
                text.push_str(name);
                text.push(':');
                text.push_str(value);
            }
        }
        text.push('}');
        RawJson::of(text)
    }

    fn take(&mut self, name: &'t str, value: &'t str) {
        let place = self.place(name);
        if let Some(member) = place.and_then(|place| self.known.get_mut(place)) {
            member.take(value);
        }
        if place.is_none_or(|place| place >= self.fields.len()) {
            self.rest += name.len() + value.len() + ":,".len();
        }
    }

    fn member(&self, name: &str) -> Option<&Member<'t>> {
        let place = self.names().position(|known| known == name)?;
        self.known.get(place)
    }

    /// Where a name is known; one with a lone surrogate is no string, and nowhere.
    fn place(&self, name: &str) -> Option<usize> {
        let name = Text::of(name)?;
        self.names().position(|known| name.is(known))
    }

    fn is_field(&self, name: &str) -> bool {
        self.place(name)
            .is_some_and(|place| place < self.fields.len())
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.iter().map(|field| field.name);
        fields.chain(self.others.iter().copied())
    }
}

impl<'t> Member<'t> {
    const NONE: Self = Self {
        value: None,
        is_repeated: false,
        is_present: false,
    };

    fn take(&mut self, value: &'t str) {
        self.is_repeated = self.value.is_some();
        self.is_present |= value != "null";
        self.value.get_or_insert(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::shape::Shape;

    const FIELDS: &[Field] = &[field("a"), field("ab")];

    const fn field(name: &'static str) -> Field {
        Field {
            name,
            is_required: true,
            shape: &Shape::Text,
        }
    }

    fn members(object: &str) -> Members<'_> {
        let read = Members::read(Walk::at(object, 0), FIELDS, &["other"]);
        read.unwrap().0
    }

    #[test]
    fn takes_what_is_known_and_keeps_the_rest_as_it_was() {
        let object =
            members(r#"{ "a" : "x", "n": 1.50e+01, "\ud83d": [ 1 ], "a\u0062": "y", "other": 1 }"#);
        assert_eq!(object.only("a"), Some(r#""x""#));
        assert_eq!(object.build::<String>("ab"), "y");
        let rest = object.rest();
        assert_eq!(rest.as_str(), r#"{"n":1.50e+01,"\ud83d":[ 1 ],"other":1}"#);
        assert_eq!(members("{}").rest().as_str(), "{}");
        assert_eq!(members(r#"{"a":1}"#).rest().as_str(), "{}");
    }

    #[test]
    fn a_name_of_another_record_is_present_with_any_value_but_null() {
        assert!(members(r#"{"other":null,"\u006fther":0}"#).has("other"));
        assert!(!members(r#"{"other":null}"#).has("other"));
        assert!(!members("{}").has("other"));
    }

    #[test]
    fn only_a_member_that_is_there_once_has_a_value() {
        assert_eq!(members(r#"{"a":1}"#).only("a"), Some("1"));
        assert_eq!(members(r#"{"a":1,"a":1}"#).only("a"), None);
        assert_eq!(members("{}").only("a"), None);
    }
}
