//! Builds a Rust value from a field's JSON. The payload has been checked, so this cannot fail.

use super::{
    container::Items,
    number::{self, nearest_double},
    raw::RawJson,
    shape::Shape,
    text::Text,
};
use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

/// A type that a record's field can have.
pub(super) trait Value: Sized {
    /// The shape that the type implies, unless the record declares another.
    const SHAPE: &'static Shape;
    const IS_REQUIRED: bool = true;

    /// Builds the value from JSON of that shape.
    fn build(value: &str) -> Self;

    /// Builds the value of a field. The field may be absent only if it is not required.
    fn build_field(value: Option<&str>) -> Self {
        Self::build(checked(value))
    }

    /// Returns whether the value stands for an absent field.
    #[cfg(feature = "serde")]
    fn is_absent(&self) -> bool {
        false
    }
}

impl Value for String {
    const SHAPE: &'static Shape = &Shape::Text;

    fn build(value: &str) -> Self {
        checked(Text::of(value).map(|text| text.to_string()))
    }
}

impl Value for f64 {
    const SHAPE: &'static Shape = &Shape::Finite;

    fn build(value: &str) -> Self {
        nearest_double(value)
    }
}

impl Value for u64 {
    const SHAPE: &'static Shape = &Shape::Count;

    fn build(value: &str) -> Self {
        checked(number::count(value))
    }
}

impl Value for RawJson {
    const SHAPE: &'static Shape = &Shape::Object;

    fn build(value: &str) -> Self {
        Self::of(value)
    }
}

impl<T: Value> Value for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

    fn build(value: &str) -> Self {
        let items = Items::of(value).map_while(Result::ok);
        items.map(T::build).collect()
    }
}

/// A field that may be absent or `null`, which means the same.
impl<T: Value> Value for Option<T> {
    const SHAPE: &'static Shape = T::SHAPE;
    const IS_REQUIRED: bool = false;

    fn build(value: &str) -> Self {
        (value != "null").then(|| T::build(value))
    }

    fn build_field(value: Option<&str>) -> Self {
        value.and_then(Self::build)
    }

    #[cfg(feature = "serde")]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// Returns the value. The check has made sure that it exists.
fn checked<T: Default>(value: Option<T>) -> T {
    debug_assert!(value.is_some(), "the payload was checked before");
    value.unwrap_or_default()
}
