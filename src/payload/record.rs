//! Declares a record once: its fields in the order in which they are checked, each with its type and, if the type does
//! not imply it, its shape. The macro creates the struct, the table for the check, and the code that builds the struct.

use super::{
    agreement::IDS,
    container::Walk,
    members::{CAPACITY, Members},
    shape::{Field, Shape},
    value::Value,
};

/// A payload, or a nested object with known fields.
pub(super) trait Record: Sized {
    const FIELDS: &'static [Field];

    /// Builds the record from checked members.
    fn build(members: &Members<'_>) -> Self;
}

impl<R: Record> Value for R {
    const SHAPE: &'static Shape = &Shape::Record(R::FIELDS);

    fn build(value: &str) -> Self {
        Record::build(&Members::of_checked(Walk::at(value, 0), R::FIELDS))
    }
}

/// Checks at compile time that a record's fields fit beside the ids of other families.
pub(super) const fn within_capacity(fields: &'static [Field]) -> &'static [Field] {
    assert!(fields.len() + IDS.len() <= CAPACITY);
    fields
}

/// The given shape, or else the one that the type implies.
macro_rules! shape {
    ($type:ty) => {
        <$type as $crate::payload::value::Value>::SHAPE
    };
    ($type:ty, $shape:ident) => {
        &$crate::payload::shape::Shape::$shape
    };
}

macro_rules! record {
    (
        $(#[$doc:meta])*
        $record:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty $(as $shape:ident)?,)*
            $(..$rest:ident)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $record {
            $(
                $(#[$field_doc])*
                pub $field: $type,
            )*
            $(
                /// A JSON object of the fields that this record does not declare; `{}` if there are none.
                pub $rest: $crate::payload::raw::RawJson,
            )?
        }

        impl $crate::payload::record::Record for $record {
            const FIELDS: &'static [$crate::payload::shape::Field] =
                $crate::payload::record::within_capacity(&[$($crate::payload::shape::Field {
                    name: stringify!($field),
                    is_required: <$type as $crate::payload::value::Value>::IS_REQUIRED,
                    shape: $crate::payload::record::shape!($type $(, $shape)?),
                }),*]);

            fn build(members: &$crate::payload::members::Members<'_>) -> Self {
                Self {
                    $($field: members.build(stringify!($field)),)*
                    $($rest: members.rest(),)?
                }
            }
        }

        /// Writes the fields with the wire format's names. Leaves absent fields out.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $record {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use $crate::payload::value::Value as _;
                use serde::ser::SerializeStruct as _;

                let fields = [
                    $(!self.$field.is_absent(),)*
                    $(!self.$rest.is_absent(),)?
                ];
                let present = fields.iter().filter(|is_present| **is_present).count();
                let mut record = serializer.serialize_struct(stringify!($record), present)?;
                $(
                    if self.$field.is_absent() {
                        record.skip_field(stringify!($field))?;
                    } else {
                        record.serialize_field(stringify!($field), &self.$field)?;
                    }
                )*
                $(record.serialize_field(stringify!($rest), &self.$rest)?;)?
                record.end()
            }
        }
    };
}

pub(super) use {record, shape};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::shape::Shape;

    const FIELD: Field = Field {
        name: "field",
        is_required: false,
        shape: &Shape::Text,
    };

    #[test]
    fn a_record_may_have_as_many_fields_as_are_counted() {
        let most = &[FIELD; CAPACITY - IDS.len()];
        assert_eq!(within_capacity(most).len(), most.len());
    }

    #[test]
    #[should_panic(expected = "fields.len()")]
    fn a_record_with_more_fields_does_not_compile() {
        let _ = within_capacity(&[FIELD; CAPACITY - IDS.len() + 1]);
    }
}
