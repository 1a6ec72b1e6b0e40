//! The types that known fields have. Each is read from one value's text; nothing of the value enters an error.

use super::{members::Members, path::Path, raw::RawJson};
use crate::error::{Error, PayloadFault};
use alloc::{string::String, vec::Vec};
use core::{fmt, marker::PhantomData};
use serde::{
    Deserialize, Deserializer as _,
    de::{self, SeqAccess, Visitor},
};
use serde_json::{Deserializer, value::RawValue};

/// A type that a known field may have.
pub(super) trait Shape {
    /// What it is read as.
    type Value;

    /// Reads one JSON value.
    fn read(value: &str, path: Path<'_>) -> Result<Self::Value, Error>;

    /// The same verdict. Where the value can be large, nothing is built.
    fn check(value: &str, path: Path<'_>) -> Result<(), Error> {
        Self::read(value, path).map(drop)
    }
}

/// A string. A lone surrogate escape is no character, so no part of one (RFC 8259, 8.2).
pub(super) struct Text;

/// A string that names something, and so is not empty.
pub(super) struct Id;

/// A number that is finite as the nearest double.
pub(super) struct Finite;

/// An integer from 0 on.
pub(super) struct Count;

/// A free-form object.
pub(super) struct Object;

/// What a failed event says of its failure: a string or a free-form object.
pub(super) struct Failure;

/// An array of values of one shape.
pub(super) struct List<S>(PhantomData<S>);

impl Shape for Text {
    type Value = String;

    fn read(value: &str, path: Path<'_>) -> Result<String, Error> {
        parse(value, path, "a string of Unicode characters")
    }

    fn check(value: &str, path: Path<'_>) -> Result<(), Error> {
        check_text(value, path, "a string of Unicode characters")
    }
}

impl Shape for Id {
    type Value = String;

    fn read(value: &str, path: Path<'_>) -> Result<String, Error> {
        const EXPECTED: &str = "a string of at least one character";
        let id: String = parse(value, path, EXPECTED)?;
        if id.is_empty() {
            return Err(path.fault(PayloadFault::Type { expected: EXPECTED }));
        }
        Ok(id)
    }
}

impl Shape for Finite {
    type Value = f64;

    fn read(value: &str, path: Path<'_>) -> Result<f64, Error> {
        parse(value, path, "a number that is finite as a double")
    }
}

impl Shape for Count {
    type Value = u64;

    fn read(value: &str, path: Path<'_>) -> Result<u64, Error> {
        parse(
            value,
            path,
            "an integer from 0 on, without fraction and exponent",
        )
    }
}

impl Shape for Object {
    type Value = RawJson;

    fn read(value: &str, path: Path<'_>) -> Result<RawJson, Error> {
        Self::check(value, path)?;
        Ok(RawJson::of(value))
    }

    fn check(value: &str, path: Path<'_>) -> Result<(), Error> {
        if !value.starts_with('{') {
            return Err(not_an_object(path));
        }
        Ok(())
    }
}

impl Shape for Failure {
    type Value = RawJson;

    fn read(value: &str, path: Path<'_>) -> Result<RawJson, Error> {
        Self::check(value, path)?;
        Ok(RawJson::of(value))
    }

    fn check(value: &str, path: Path<'_>) -> Result<(), Error> {
        if value.starts_with('{') {
            return Ok(());
        }
        check_text(value, path, "a string or an object")
    }
}

impl<S: Shape> Shape for List<S> {
    type Value = Vec<S::Value>;

    fn read(value: &str, path: Path<'_>) -> Result<Self::Value, Error> {
        let mut items = Vec::new();
        each_item(value, path, |item, path| {
            items.push(S::read(item, path)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn check(value: &str, path: Path<'_>) -> Result<(), Error> {
        each_item(value, path, |item, path| S::check(item, path))
    }
}

/// The members of an object with known fields.
pub(super) fn members<'t, 'p>(
    value: &'t str,
    path: Path<'p>,
    fields: &[&'static str],
) -> Result<Members<'t, 'p>, Error> {
    Members::read(value, path, fields, &[]).map_err(|_| not_an_object(path))
}

fn not_an_object(path: Path<'_>) -> Error {
    path.fault(PayloadFault::Type {
        expected: "an object",
    })
}

fn parse<'t, T: Deserialize<'t>>(
    value: &'t str,
    path: Path<'_>,
    expected: &'static str,
) -> Result<T, Error> {
    serde_json::from_str(value).map_err(|_| path.fault(PayloadFault::Type { expected }))
}

fn check_text(value: &str, path: Path<'_>, expected: &'static str) -> Result<(), Error> {
    struct AnyText;

    impl Visitor<'_> for AnyText {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
    }

    let mut deserializer = Deserializer::from_str(value);
    let is_text = deserializer.deserialize_str(AnyText);
    is_text.map_err(|_| path.fault(PayloadFault::Type { expected }))
}

/// Calls with each item's text and place, up to the first fault.
fn each_item(
    value: &str,
    path: Path<'_>,
    mut item: impl FnMut(&str, Path<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut fault = None;
    let mut deserializer = Deserializer::from_str(value);
    let visited = deserializer.deserialize_seq(Each(|place, text: &str| {
        fault = item(text, Path::Item(&path, place)).err();
        fault.is_none()
    }));
    match (visited, fault) {
        (_, Some(fault)) => Err(fault),
        (Ok(()), None) => Ok(()),
        (Err(_), None) => Err(path.fault(PayloadFault::Type {
            expected: "an array",
        })),
    }
}

/// Calls for each item, and goes on while the call says so.
struct Each<F>(F);

impl<'t, F: FnMut(usize, &'t str) -> bool> Visitor<'t> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut items: A) -> Result<(), A::Error> {
        let mut place = 0;
        while let Some(item) = items.next_element::<&RawValue>()? {
            if !(self.0)(place, item.get()) {
                break;
            }
            place += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads<S: Shape>(value: &str) -> bool {
        let read = S::read(value, Path::Body).map(drop);
        assert_eq!(read, S::check(value, Path::Body), "{value}");
        read.is_ok()
    }

    #[test]
    fn strings_are_whole_characters() {
        assert!(reads::<Text>(r#""""#));
        assert!(reads::<Text>(r#""\ud83d\ude00""#));
        for value in [
            r#""\ud83d""#,
            r#""\ude00\ud83d""#,
            "null",
            "1",
            "[]",
            "{}",
            "true",
        ] {
            assert!(!reads::<Text>(value), "{value}");
        }
        assert!(!reads::<Id>(r#""""#));
        assert!(reads::<Id>(r#"" ""#));
    }

    #[test]
    fn numbers_are_finite_and_counts_are_integers() {
        for value in [
            "0",
            "-0",
            "1e-400",
            "12345678901234567890123",
            "1.7976931348623158e308",
        ] {
            assert!(reads::<Finite>(value), "{value}");
        }
        for value in [
            "1e400",
            "-1e999",
            "1.79769313486231589e308",
            "null",
            "\"1\"",
        ] {
            assert!(!reads::<Finite>(value), "{value}");
        }
        for value in ["0", "18446744073709551615"] {
            assert!(reads::<Count>(value), "{value}");
        }
        for value in ["-1", "-0", "1.0", "1e2", "18446744073709551616", "true"] {
            assert!(!reads::<Count>(value), "{value}");
        }
    }

    #[test]
    fn a_failure_is_a_string_or_an_object() {
        assert!(reads::<Failure>(r#""Timeout""#));
        assert!(reads::<Failure>(r#"{"code":"\ud83d"}"#));
        for value in ["1", "[]", "true", r#""\ud83d""#] {
            assert!(!reads::<Failure>(value), "{value}");
        }
    }

    #[test]
    fn the_first_item_at_fault_is_named() {
        let path = Path::Field(&Path::Body, "list");
        let value = r#"["a", 1, "b", 2]"#;
        let error = List::<Text>::read(value, path).unwrap_err();
        assert_eq!(error.field(), Some("list[1]"));
        assert_eq!(List::<Text>::check(value, path), Err(error));
        for value in ["{}", "1", "\"a\"", "null"] {
            assert!(!reads::<List<Text>>(value), "{value}");
        }
        assert!(reads::<List<Text>>("[]"));
    }
}
