//! Checks a payload against the table of its record's fields. It builds nothing, and its errors contain no values.

use super::{
    container::{Items, Walk},
    members::Members,
    number,
    path::Path,
    shape::Shape,
    text::Text,
};
use crate::error::{Error, PayloadFault};

/// Checks an object against its record's fields.
pub(super) fn check(members: &Members<'_>, path: Path<'_>) -> Result<(), Error> {
    for (field, member) in members.fields() {
        let path = Path::Field(&path, field.name);
        if member.is_repeated {
            return Err(path.fault(PayloadFault::Repeated));
        }
        let value = match member.value {
            Some("null") if !field.is_required => None,
            value => value,
        };
        match value {
            Some(value) => field.shape.check(value, path)?,
            None if field.is_required => return Err(path.fault(PayloadFault::Missing)),
            None => {}
        }
    }
    Ok(())
}

impl Shape {
    fn check(&self, value: &str, path: Path<'_>) -> Result<(), Error> {
        let fits = match self {
            Self::Text => is_text(value),
            Self::Id => Text::of(value).is_some_and(|id| !id.is_empty() && id.is_whole()),
            Self::Finite => number::is_number(value) && number::is_finite(value),
            Self::Count => number::count(value).is_some(),
            Self::Object | Self::Record(_) => is_object(value),
            Self::Failure | Self::TextOrRecord(_) => is_object(value) || is_text(value),
            Self::List(_) => value.starts_with('['),
        };
        if !fits {
            return Err(self.misfit(path));
        }
        let misfit = |_| self.misfit(path);
        match self {
            Self::Record(fields) | Self::TextOrRecord(fields) if is_object(value) => {
                let (members, _) =
                    Members::read(Walk::at(value, 0), fields, &[]).map_err(misfit)?;
                check(&members, path)
            }
            Self::List(shape) => Items::of(value).enumerate().try_for_each(|(place, item)| {
                shape.check(item.map_err(misfit)?, Path::Item(&path, place))
            }),
            _ => Ok(()),
        }
    }

    fn misfit(&self, path: Path<'_>) -> Error {
        let expected = self.expected();
        path.fault(PayloadFault::Type { expected })
    }

    /// Describes the shape in an error's message.
    const fn expected(&self) -> &'static str {
        match self {
            Self::Text => "a string of Unicode characters",
            Self::Id => "a string of at least one character",
            Self::Finite => "a number that is finite as a double",
            Self::Count => "a non-negative integer, without fraction and exponent",
            Self::Object | Self::Record(_) => "an object",
            Self::Failure | Self::TextOrRecord(_) => "a string or an object",
            Self::List(_) => "an array",
        }
    }
}

fn is_text(value: &str) -> bool {
    Text::of(value).is_some_and(Text::is_whole)
}

fn is_object(value: &str) -> bool {
    value.starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::shape::Field;
    use alloc::string::ToString as _;

    fn fits(shape: &Shape, value: &str) -> bool {
        shape.check(value, Path::Body).is_ok()
    }

    fn fault(fields: &'static [Field], object: &str) -> Option<Error> {
        let (members, _) = Members::read(Walk::at(object, 0), fields, &[]).unwrap();
        check(&members, Path::Body).err()
    }

    #[test]
    fn strings_consist_of_whole_characters() {
        assert!(fits(&Shape::Text, r#""""#));
        assert!(fits(&Shape::Text, r#""\ud83d\ude00""#));
        for value in [
            r#""\ud83d""#,
            r#""\ude00\ud83d""#,
            "null",
            "1",
            "[]",
            "{}",
            "true",
        ] {
            assert!(!fits(&Shape::Text, value), "{value}");
            assert!(!fits(&Shape::Id, value), "{value}");
        }
        assert!(!fits(&Shape::Id, r#""""#));
        assert!(fits(&Shape::Id, r#"" ""#));
    }

    #[test]
    fn values_of_other_types_are_not_numbers() {
        for value in ["null", "\"1\"", "[]", "true"] {
            assert!(!fits(&Shape::Finite, value), "{value}");
            assert!(!fits(&Shape::Count, value), "{value}");
        }
        assert!(fits(&Shape::Finite, "-1.5e300"));
        assert!(!fits(&Shape::Finite, "-1.5e309"));
        assert!(fits(&Shape::Count, "15"));
        assert!(!fits(&Shape::Count, "-15"));
    }

    #[test]
    fn a_failure_is_a_string_or_an_object() {
        assert!(fits(&Shape::Failure, r#""Timeout""#));
        assert!(fits(&Shape::Failure, r#"{"code":"\ud83d"}"#));
        for value in ["1", "[]", "true", r#""\ud83d""#] {
            assert!(!fits(&Shape::Failure, value), "{value}");
        }
    }

    #[test]
    fn the_object_form_of_text_or_record_is_checked_against_its_fields() {
        const FIELDS: &[Field] = &[Field {
            name: "code",
            is_required: true,
            shape: &Shape::Text,
        }];
        let shape = Shape::TextOrRecord(FIELDS);
        for value in [r#""invoice""#, r#""""#, r#"{"code":"invoice","more":1}"#] {
            assert!(fits(&shape, value), "{value}");
        }
        for value in ["null", "1", "[]", "true", r#""\ud83d""#, "{}"] {
            assert!(!fits(&shape, value), "{value}");
        }
        let path = Path::Field(&Path::Body, "type");
        let error = shape.check(r#"{"code":1}"#, path).unwrap_err();
        assert_eq!(error.field(), Some("type.code"));
    }

    #[test]
    fn the_error_names_the_first_item_at_fault() {
        let texts = Shape::List(&Shape::Text);
        let path = Path::Field(&Path::Body, "list");
        let error = texts.check(r#"["a", 1, "b", 2]"#, path).unwrap_err();
        assert_eq!(error.field(), Some("list[1]"));
        for value in ["{}", "1", "\"a\"", "null"] {
            assert!(!fits(&texts, value), "{value}");
        }
        assert!(fits(&texts, "[]"));
    }

    #[test]
    fn a_fault_says_what_was_expected() {
        for (shape, value, expected) in [
            (Shape::Text, "1", "a string of Unicode characters"),
            (Shape::Id, "1", "a string of at least one character"),
            (Shape::Finite, "{}", "a number that is finite as a double"),
            (
                Shape::Count,
                "-1",
                "a non-negative integer, without fraction and exponent",
            ),
            (Shape::Object, "1", "an object"),
            (Shape::Failure, "1", "a string or an object"),
            (Shape::List(&Shape::Text), "1", "an array"),
        ] {
            let error = shape
                .check(value, Path::Field(&Path::Body, "a"))
                .unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn reports_missing_and_repeated_fields() {
        const REQUIRED: &[Field] = &[Field {
            name: "a",
            is_required: true,
            shape: &Shape::Text,
        }];
        const OPTIONAL: &[Field] = &[Field {
            name: "a",
            is_required: false,
            shape: &Shape::Text,
        }];
        let field = Path::Field(&Path::Body, "a");
        let missing = Some(field.fault(PayloadFault::Missing));
        let repeated = Some(field.fault(PayloadFault::Repeated));
        let expected = Shape::Text.expected();
        let of_another_type = Some(field.fault(PayloadFault::Type { expected }));
        for (object, of_a_required, of_an_optional) in [
            ("{}", missing, None),
            (r#"{"a":null}"#, of_another_type.clone(), None),
            (r#"{"a":1}"#, of_another_type.clone(), of_another_type),
            (
                r#"{"a":"x","\u0061":"x"}"#,
                repeated.clone(),
                repeated.clone(),
            ),
            (r#"{"a":null,"a":null}"#, repeated.clone(), repeated),
            (r#"{"a":"x"}"#, None, None),
        ] {
            assert_eq!(fault(REQUIRED, object), of_a_required, "{object}");
            assert_eq!(fault(OPTIONAL, object), of_an_optional, "{object}");
        }
    }
}
