//! One JSON object as its members: the known ones are found by name. The others are counted and not held, since a sender
//! can write millions of them.

use super::{path::Path, raw::RawJson, shape::Shape};
use crate::error::{Error, PayloadFault};
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt;
use serde::{
    Deserializer as _,
    de::{MapAccess, Visitor},
};
use serde_json::{Deserializer, value::RawValue};

/// An object whose text is JSON, with its known members.
pub(super) struct Members<'t, 'p> {
    object: &'t str,
    path: Path<'p>,
    known: Vec<Known<'t>>,
    /// What [`rest`](Self::rest) takes beside its braces, in bytes.
    rest: usize,
}

struct Known<'t> {
    name: &'static str,
    first: Option<&'t str>,
    is_repeated: bool,
    is_present: bool,
}

impl<'t, 'p> Members<'t, 'p> {
    /// The members of an object that stands at `path`.
    ///
    /// `fields` are the names that its record knows; `others` are names of other records, whose presence counts.
    pub(super) fn read(
        object: &'t str,
        path: Path<'p>,
        fields: &[&'static str],
        others: &[&'static str],
    ) -> Result<Self, serde_json::Error> {
        let names = fields.iter().chain(others);
        let mut known: Vec<_> = names.copied().map(Known::new).collect();
        let mut rest = 0;
        each(object, |name, value| {
            let place = known.iter().position(|known| is(name, known.name));
            if let Some(known) = place.and_then(|place| known.get_mut(place)) {
                known.take(value);
            }
            if place.is_none_or(|place| place >= fields.len()) {
                rest += name.len() + value.len() + ":,".len();
            }
        })?;
        Ok(Self {
            object,
            path,
            known,
            rest,
        })
    }

    /// A field that has to be there.
    pub(super) fn required<S: Shape>(&self, name: &'static str) -> Result<S::Value, Error> {
        let (value, path) = self.demanded(name)?;
        S::read(value, path)
    }

    /// A field that may be absent, or `null`, which says the same.
    pub(super) fn optional<S: Shape>(&self, name: &'static str) -> Result<Option<S::Value>, Error> {
        let found = self.admitted(name)?;
        found.map(|(value, path)| S::read(value, path)).transpose()
    }

    /// As [`required`](Self::required), but builds nothing.
    pub(super) fn check_required<S: Shape>(&self, name: &'static str) -> Result<(), Error> {
        let (value, path) = self.demanded(name)?;
        S::check(value, path)
    }

    /// As [`optional`](Self::optional), but builds nothing.
    pub(super) fn check_optional<S: Shape>(&self, name: &'static str) -> Result<(), Error> {
        let found = self.admitted(name)?;
        found.map_or(Ok(()), |(value, path)| S::check(value, path))
    }

    /// The value of a member that is there once.
    pub(super) fn only(&self, name: &str) -> Option<&'t str> {
        let known = self.known(name).filter(|known| !known.is_repeated);
        known.and_then(|known| known.first)
    }

    /// Whether a member of this name has another value than `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known(name).is_some_and(|known| known.is_present)
    }

    /// An object of the members that the record does not know, their texts as received.
    pub(super) fn rest(&self, fields: &[&'static str]) -> RawJson {
        // Exactly: they may be most of a large body, and a text that grew would hold them twice. One comma is not needed.
        let length = ("{}".len() + self.rest).saturating_sub(",".len());
        let mut text = String::with_capacity(length.max("{}".len()));
        text.push('{');
        if self.rest > 0 {
            let written = each(self.object, |name, value| {
                if fields.iter().any(|field| is(name, field)) {
                    return;
                }
                if text.len() > 1 {
                    text.push(',');
                }
                text.push_str(name);
                text.push(':');
                text.push_str(value);
            });
            debug_assert!(written.is_ok(), "the object was read before");
        }
        text.push('}');
        RawJson::of(text)
    }

    fn demanded(&self, name: &'static str) -> Result<(&'t str, Path<'_>), Error> {
        let path = Path::Field(&self.path, name);
        let value = self.once(name, path)?;
        let value = value.ok_or_else(|| path.fault(PayloadFault::Missing))?;
        Ok((value, path))
    }

    fn admitted(&self, name: &'static str) -> Result<Option<(&'t str, Path<'_>)>, Error> {
        let path = Path::Field(&self.path, name);
        let value = self.once(name, path)?.filter(|value| *value != "null");
        Ok(value.map(|value| (value, path)))
    }

    fn once(&self, name: &str, path: Path<'_>) -> Result<Option<&'t str>, Error> {
        match self.known(name) {
            Some(known) if known.is_repeated => Err(path.fault(PayloadFault::Repeated)),
            known => Ok(known.and_then(|known| known.first)),
        }
    }

    fn known(&self, name: &str) -> Option<&Known<'t>> {
        self.known.iter().find(|known| known.name == name)
    }
}

impl<'t> Known<'t> {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            first: None,
            is_repeated: false,
            is_present: false,
        }
    }

    fn take(&mut self, value: &'t str) {
        self.is_repeated = self.first.is_some();
        self.is_present |= value != "null";
        self.first.get_or_insert(value);
    }
}

/// Whether a name as JSON text, with its quotes, is this one.
fn is(text: &str, name: &str) -> bool {
    let quoted = text.strip_prefix('"');
    match quoted.and_then(|quoted| quoted.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => plain == name,
        // A name with a lone surrogate is no string, and none that is known.
        _ => serde_json::from_str::<Cow<'_, str>>(text).is_ok_and(|own| own == name),
    }
}

/// Calls with the name and the value of each member, both as JSON text.
fn each<'t>(
    object: &'t str,
    mut member: impl FnMut(&'t str, &'t str),
) -> Result<(), serde_json::Error> {
    let mut deserializer = Deserializer::from_str(object);
    deserializer.deserialize_map(Each(&mut member))?;
    deserializer.end()
}

struct Each<F>(F);

impl<'t, F: FnMut(&'t str, &'t str)> Visitor<'t> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            (self.0)(name.get(), value.get());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::shape::Text;

    const FIELDS: &[&str] = &["a", "ab"];

    fn members(object: &str) -> Members<'_, 'static> {
        Members::read(object, Path::Body, FIELDS, &["other"]).unwrap()
    }

    fn path(error: &Error) -> &str {
        error.field().unwrap()
    }

    #[test]
    fn takes_what_is_known_and_keeps_the_rest_as_it_was() {
        let object =
            members(r#"{ "a" : "x", "n": 1.50e+01, "\ud83d": [ 1 ], "a\u0062": "y", "other": 1 }"#);
        assert_eq!(object.required::<Text>("a").unwrap(), "x");
        assert_eq!(object.required::<Text>("ab").unwrap(), "y");
        let rest = object.rest(FIELDS);
        assert_eq!(rest.as_str(), r#"{"n":1.50e+01,"\ud83d":[ 1 ],"other":1}"#);
        assert_eq!(members("{}").rest(FIELDS).as_str(), "{}");
        assert_eq!(members(r#"{"a":1}"#).rest(FIELDS).as_str(), "{}");
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

    #[test]
    fn tells_missing_and_repeated() {
        let field = Path::Field(&Path::Body, "a");
        let missing = field.fault(PayloadFault::Missing);
        assert_eq!(members("{}").required::<Text>("a").unwrap_err(), missing);
        assert_eq!(members("{}").check_required::<Text>("a"), Err(missing));
        let twice = members(r#"{"a":"x","\u0061":"x"}"#);
        let repeated = field.fault(PayloadFault::Repeated);
        assert_eq!(twice.optional::<Text>("a").unwrap_err(), repeated);
        assert_eq!(twice.check_optional::<Text>("a"), Err(repeated));
    }

    #[test]
    fn null_is_an_absent_optional_and_no_required_field() {
        let null = members(r#"{"a":null}"#);
        assert_eq!(null.optional::<Text>("a").unwrap(), None);
        assert_eq!(null.check_optional::<Text>("a"), Ok(()));
        assert_eq!(path(&null.required::<Text>("a").unwrap_err()), "a");
    }
}
