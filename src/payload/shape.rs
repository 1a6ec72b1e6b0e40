//! What a record's fields have to be, as a table.

/// One field of a record. Records are read in the order of their fields; the first fault is the error.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    /// An optional one may be absent, or `null`, which says the same.
    pub(super) is_required: bool,
    pub(super) shape: &'static Shape,
}

/// What a value has to be.
#[derive(Debug)]
pub(super) enum Shape {
    /// A string of whole characters.
    Text,
    /// A string that names something, and so is not empty.
    Id,
    /// A number that is finite as the nearest double.
    Finite,
    /// An integer from 0 on.
    Count,
    /// A free-form object.
    Object,
    /// What a failed event says of its failure: a string or a free-form object.
    Failure,
    /// An array of values of one shape.
    List(&'static Shape),
    /// An object with known fields.
    Record(&'static [Field]),
    /// A string of whole characters, or an object with known fields.
    TextOrRecord(&'static [Field]),
}
