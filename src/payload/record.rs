//! A record is declared once: its fields, in the order in which they are read, each with its type and its shape. That gives
//! the struct, what reads it, and what checks it without building it.

use super::members::Members;
use crate::error::Error;

/// The payload of a known event.
pub(super) trait Record: Sized {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// The first fault in the order of the fields is the error.
    fn read(members: &Members<'_, '_>) -> Result<Self, Error>;

    /// The same verdict, and nothing is built.
    fn check(members: &Members<'_, '_>) -> Result<(), Error>;
}

/// How a field is checked that is read by `required` or `optional`.
macro_rules! check_field {
    ($members:ident, required, $shape:ty, $name:expr) => {
        $members.check_required::<$shape>($name)
    };
    ($members:ident, optional, $shape:ty, $name:expr) => {
        $members.check_optional::<$shape>($name)
    };
}

/// The payload of an event, which keeps the fields that it does not know.
macro_rules! event_record {
    (
        $(#[$doc:meta])*
        $record:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty => $how:ident::<$shape:ty>,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $record {
            $($(#[$field_doc])* pub $field: $type,)*
            /// A JSON object of the fields that this record does not know; `{}` if there are none.
            pub unknown_fields: $crate::payload::RawJson,
        }

        impl $crate::payload::record::Record for $record {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read(
                members: &$crate::payload::members::Members<'_, '_>,
            ) -> Result<Self, $crate::error::Error> {
                Ok(Self {
                    $($field: members.$how::<$shape>(stringify!($field))?,)*
                    unknown_fields: members.rest(Self::FIELDS),
                })
            }

            fn check(
                members: &$crate::payload::members::Members<'_, '_>,
            ) -> Result<(), $crate::error::Error> {
                $($crate::payload::record::check_field!(members, $how, $shape, stringify!($field))?;)*
                Ok(())
            }
        }
    };
}

/// A record inside of a payload.
macro_rules! nested_record {
    (
        $(#[$doc:meta])*
        $record:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty => $how:ident::<$shape:ty>,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $record {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::payload::shape::Shape for $record {
            type Value = Self;

            fn read(
                value: &str,
                path: $crate::payload::path::Path<'_>,
            ) -> Result<Self, $crate::error::Error> {
                let members = $crate::payload::shape::members(value, path, &[$(stringify!($field)),*])?;
                Ok(Self {
                    $($field: members.$how::<$shape>(stringify!($field))?,)*
                })
            }

            fn check(
                value: &str,
                path: $crate::payload::path::Path<'_>,
            ) -> Result<(), $crate::error::Error> {
                let members = $crate::payload::shape::members(value, path, &[$(stringify!($field)),*])?;
                $($crate::payload::record::check_field!(members, $how, $shape, stringify!($field))?;)*
                Ok(())
            }
        }
    };
}

pub(super) use {check_field, event_record, nested_record};
