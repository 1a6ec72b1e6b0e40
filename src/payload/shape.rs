//! The types that known fields have. Each is read from one value's text; nothing of the value enters an error.

use super::{
    members::{Members, Path},
    raw::RawJson,
};
use crate::error::{Error, PayloadFault};
use alloc::{string::String, vec::Vec};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A type that a known field may have.
pub(super) trait Shape<'t>: Sized {
    /// Reads one JSON value.
    fn read(value: &'t str, path: Path<'_>) -> Result<Self, Error>;
}

/// A string that names something, and so is not empty.
pub(super) struct Id(pub(super) String);

/// A free-form object.
pub(super) struct Object(pub(super) RawJson);

/// What a failed event says of its failure: a string or a free-form object.
pub(super) struct Failure(pub(super) RawJson);

impl Shape<'_> for String {
    /// A lone surrogate escape is no character, so no part of a string (RFC 8259, 8.2).
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        parse(value, path, "a string of Unicode characters")
    }
}

impl Shape<'_> for Id {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        const EXPECTED: &str = "a string of at least one character";
        let id: String = parse(value, path, EXPECTED)?;
        if id.is_empty() {
            return Err(path.fault(PayloadFault::Type { expected: EXPECTED }));
        }
        Ok(Self(id))
    }
}

impl Shape<'_> for f64 {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        parse(value, path, "a number that is finite as a double")
    }
}

impl Shape<'_> for u64 {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        parse(
            value,
            path,
            "an integer from 0 on, without fraction and exponent",
        )
    }
}

impl Shape<'_> for Object {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        if !value.starts_with('{') {
            return Err(not_an_object(path));
        }
        Ok(Self(RawJson::of(value)))
    }
}

impl Shape<'_> for Failure {
    fn read(value: &str, path: Path<'_>) -> Result<Self, Error> {
        if !value.starts_with('{') {
            parse::<String>(value, path, "a string or an object")?;
        }
        Ok(Self(RawJson::of(value)))
    }
}

impl<'t, T: Shape<'t>> Shape<'t> for Vec<T> {
    fn read(value: &'t str, path: Path<'_>) -> Result<Self, Error> {
        let items: Vec<&'t RawValue> = parse(value, path, "an array")?;
        let read =
            |(index, item): (usize, &'t RawValue)| T::read(item.get(), Path::Item(&path, index));
        items.into_iter().enumerate().map(read).collect()
    }
}

/// The members of an object with known fields.
pub(super) fn record<'t, 'p>(value: &'t str, path: Path<'p>) -> Result<Members<'t, 'p>, Error> {
    Members::read(value, path).map_err(|_| not_an_object(path))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reads<'t, T: Shape<'t>>(value: &'t str) -> bool {
        T::read(value, Path::Body).is_ok()
    }

    #[test]
    fn strings_are_whole_characters() {
        assert!(reads::<String>(r#""""#));
        assert!(reads::<String>(r#""\ud83d\ude00""#));
        for value in [r#""\ud83d""#, r#""\ude00\ud83d""#, "null", "1", "[]"] {
            assert!(!reads::<String>(value), "{value}");
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
            "1.7976931348623157e308",
        ] {
            assert!(reads::<f64>(value), "{value}");
        }
        for value in ["1e400", "-1e999", "null", "\"1\""] {
            assert!(!reads::<f64>(value), "{value}");
        }
        for value in ["0", "18446744073709551615"] {
            assert!(reads::<u64>(value), "{value}");
        }
        for value in ["-1", "-0", "1.0", "1e2", "18446744073709551616", "true"] {
            assert!(!reads::<u64>(value), "{value}");
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
    fn an_item_at_fault_is_named() {
        let error =
            Vec::<String>::read(r#"["a", 1]"#, Path::Field(&Path::Body, "list")).unwrap_err();
        assert_eq!(error.field(), Some("list[1]"));
    }
}
