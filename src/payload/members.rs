//! One JSON object as its members: known ones are taken by name, the rest is kept as text.

use super::{raw::RawJson, shape::Shape};
use crate::error::{Error, PayloadFault};
use alloc::{borrow::Cow, string::String, string::ToString, vec::Vec};
use core::fmt;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// Where in the payload something is; written as `alternatives[1].code`.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Body,
    Field(&'p Path<'p>, &'static str),
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    pub(super) fn fault(&self, fault: PayloadFault) -> Error {
        Error::MalformedPayload {
            path: match self {
                Path::Body => None,
                _ => Some(self.to_string()),
            },
            fault,
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => Ok(()),
            Self::Field(Path::Body, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// An object's members in their order, each value as text.
pub(super) struct Members<'t, 'p> {
    path: Path<'p>,
    members: Vec<Member<'t>>,
}

struct Member<'t> {
    /// The name as JSON text, with its quotes.
    name: &'t str,
    value: &'t str,
    known: bool,
}

impl<'t, 'p> Members<'t, 'p> {
    /// The members of an object that stands at `path`.
    pub(super) fn read(object: &'t str, path: Path<'p>) -> Result<Self, serde_json::Error> {
        let Listed(members) = serde_json::from_str(object)?;
        Ok(Self { path, members })
    }

    /// A field that has to be there.
    pub(super) fn required<T: Shape<'t>>(&mut self, name: &'static str) -> Result<T, Error> {
        let path = Path::Field(&self.path, name);
        let value = known(&mut self.members, path, name)?;
        let value = value.ok_or_else(|| path.fault(PayloadFault::Missing))?;
        T::read(value, path)
    }

    /// A field that may be absent, or `null`, which says the same.
    pub(super) fn optional<T: Shape<'t>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        let path = Path::Field(&self.path, name);
        known(&mut self.members, path, name)?
            .filter(|value| *value != "null")
            .map(|value| T::read(value, path))
            .transpose()
    }

    /// The text of every value of this name.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &'t str> {
        let named = self.members.iter().filter(move |member| member.is(name));
        named.map(|member| member.value)
    }

    /// An object of the members that nobody has asked for, their texts as received.
    pub(super) fn rest(self) -> RawJson {
        let unknown = || self.members.iter().filter(|member| !member.known);
        // They may be most of a large body: a text that grew would hold them twice.
        let members = unknown().map(|member| member.name.len() + member.value.len() + ":,".len());
        let mut text = String::with_capacity("{".len() + members.sum::<usize>().max("}".len()));
        text.push('{');
        for member in unknown() {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(member.name);
            text.push(':');
            text.push_str(member.value);
        }
        text.push('}');
        RawJson::of(text)
    }
}

fn known<'t>(
    members: &mut [Member<'t>],
    path: Path<'_>,
    name: &str,
) -> Result<Option<&'t str>, Error> {
    let mut value = None;
    for member in members.iter_mut().filter(|member| member.is(name)) {
        member.known = true;
        if value.replace(member.value).is_some() {
            return Err(path.fault(PayloadFault::Repeated));
        }
    }
    Ok(value)
}

impl Member<'_> {
    fn is(&self, name: &str) -> bool {
        let quoted = self.name.strip_prefix('"');
        match quoted.and_then(|quoted| quoted.strip_suffix('"')) {
            Some(plain) if !plain.contains('\\') => plain == name,
            // A name with a lone surrogate is no string, and none that is known.
            _ => serde_json::from_str::<Cow<'_, str>>(self.name).is_ok_and(|own| own == name),
        }
    }
}

struct Listed<'t>(Vec<Member<'t>>);

impl<'de: 't, 't> Deserialize<'de> for Listed<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Listed<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push(Member {
                        name: name.get(),
                        value: value.get(),
                        known: false,
                    });
                }
                Ok(Listed(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(object: &str) -> Members<'_, 'static> {
        Members::read(object, Path::Body).unwrap()
    }

    fn path(error: &Error) -> &str {
        error.field().unwrap()
    }

    #[test]
    fn takes_what_is_known_and_keeps_the_rest_as_it_was() {
        let mut object =
            members(r#"{ "a" : "x", "n": 1.50e+01, "\ud83d": [ 1 ], "a\u0062": "y" }"#);
        assert_eq!(object.required::<String>("a").unwrap(), "x");
        assert_eq!(object.required::<String>("ab").unwrap(), "y");
        assert_eq!(object.rest().as_str(), r#"{"n":1.50e+01,"\ud83d":[ 1 ]}"#);
        assert_eq!(members("{}").rest().as_str(), "{}");
        assert_eq!(members(r#"{"a":1}"#).rest().as_str(), r#"{"a":1}"#);
    }

    #[test]
    fn tells_missing_and_repeated() {
        let error = members("{}").required::<String>("a").unwrap_err();
        assert_eq!(
            error,
            Path::Field(&Path::Body, "a").fault(PayloadFault::Missing)
        );
        let error = members(r#"{"a":"x","\u0061":"x"}"#)
            .optional::<String>("a")
            .unwrap_err();
        assert_eq!(
            error,
            Path::Field(&Path::Body, "a").fault(PayloadFault::Repeated)
        );
    }

    #[test]
    fn null_is_an_absent_optional_and_no_required_field() {
        assert_eq!(
            members(r#"{"a":null}"#).optional::<String>("a").unwrap(),
            None
        );
        let error = members(r#"{"a":null}"#)
            .required::<String>("a")
            .unwrap_err();
        assert_eq!(path(&error), "a");
    }

    #[test]
    fn paths_lead_to_the_field() {
        let list = Path::Field(&Path::Body, "alternatives");
        let item = Path::Item(&list, 1);
        assert_eq!(
            Path::Field(&item, "code").to_string(),
            "alternatives[1].code"
        );
    }
}
