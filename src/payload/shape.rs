//! The table of a record's fields and their shapes.

/// One field of a record. Fields are checked in the order of their declaration; the error names the first one at fault.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    /// Whether the field must be present. An optional field may be absent or `null`, which means the same.
    pub(super) is_required: bool,
    pub(super) shape: &'static Shape,
}

/// What a value must be.
#[derive(Debug)]
pub(super) enum Shape {
    /// A string of whole characters, without lone surrogates.
    Text,
    /// A string that is an id, so it must not be empty.
    Id,
    /// A number whose nearest double is finite.
    Finite,
    /// A non-negative integer.
    Count,
    /// A free-form object.
    Object,
    /// The reason of a failed event: a string or a free-form object.
    Failure,
    /// An array of values of one shape.
    List(&'static Shape),
    /// An object with known fields.
    Record(&'static [Field]),
    /// A string of whole characters, or an object with known fields.
    TextOrRecord(&'static [Field]),
}
