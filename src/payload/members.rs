//! Reads the members of a JSON object. Known members are found by their names. The others are only counted, not stored,
//! since a sender can write millions of them.

use super::{container::Walk, raw::RawJson, scan::Fault, shape::Field, text::Text, value::Value};
use alloc::string::String;

/// How many names a record can know. The number is fixed, so that known members need no allocation.
pub(super) const CAPACITY: usize = 16;

/// An object's known members.
pub(super) struct Members<'t> {
    object: Walk<'t>,
    fields: &'static [Field],
    others: &'static [&'static str],
    /// The fields' members, then the others'.
    known: [Member<'t>; CAPACITY],
    /// The length of [`rest`](Self::rest) in bytes, without its braces.
    rest: usize,
}

/// The values of one name.
#[derive(Clone, Copy)]
pub(super) struct Member<'t> {
    /// The first value.
    pub(super) value: Option<&'t str>,
    pub(super) is_repeated: bool,
    /// Whether one of its values is not `null`.
    is_present: bool,
}

impl<'t> Members<'t> {
    /// Reads an object and returns its members and the offset after it. `fields` are the record's own. `others` are names
    /// that belong to other records; only their presence matters.
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

    /// Reads an object that has been checked.
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

    /// Returns each field of the record with its member.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static Field, Member<'t>)> {
        self.fields.iter().zip(self.known.iter().copied())
    }

    /// Returns the value of a member that occurs exactly once.
    pub(super) fn only(&self, name: &str) -> Option<&'t str> {
        let member = self.member(name).filter(|member| !member.is_repeated);
        member.and_then(|member| member.value)
    }

    /// Returns whether a member of this name has a value other than `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.member(name).is_some_and(|member| member.is_present)
    }

    /// Builds the value of a field that has been checked.
    pub(super) fn build<T: Value>(&self, name: &str) -> T {
        let member = self.member(name);
        T::build_field(member.and_then(|member| member.value))
    }

    /// Returns an object of the members that the record does not know, their texts as received.
    pub(super) fn rest(&self) -> RawJson {
        // Allocates the exact length. The rest may be most of a large body, and a growing buffer would hold it twice. The
        // first member needs no comma.
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

    /// Returns the index of a known name. A name with a lone surrogate is never known.
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
    fn finds_known_members_and_keeps_the_rest_as_received() {
        let object =
            members(r#"{ "a" : "x", "n": 1.50e+01, "\ud83d": [ 1 ], "a\u0062": "y", "other": 1 }"#);
        assert_eq!(object.only("a"), Some(r#""x""#));
        assert_eq!(object.build::<String>("ab"), "y");
        let rest = object.rest();
        assert_eq!(rest.as_str(), r#"{"n":1.50e+01,"\ud83d":[ 1 ],"other":1}"#);
        // The count from which the exact length of the text follows.
        assert_eq!(rest.as_str().len(), object.rest + "{}".len() - ",".len());
        assert_eq!(members("{}").rest().as_str(), "{}");
        assert_eq!(members(r#"{"a":1}"#).rest().as_str(), "{}");
    }

    #[test]
    fn a_name_of_another_record_is_present_unless_its_value_is_null() {
        assert!(members(r#"{"other":null,"\u006fther":0}"#).has("other"));
        assert!(!members(r#"{"other":null}"#).has("other"));
        assert!(!members("{}").has("other"));
    }

    #[test]
    fn only_a_member_that_occurs_once_has_a_value() {
        assert_eq!(members(r#"{"a":1}"#).only("a"), Some("1"));
        assert_eq!(members(r#"{"a":1,"a":1}"#).only("a"), None);
        assert_eq!(members("{}").only("a"), None);
    }
}
