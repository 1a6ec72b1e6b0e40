//! The path to a field of the payload.

use crate::error::{Error, PayloadFault};
use alloc::string::ToString as _;
use core::fmt;

/// Displayed as `alternatives[1].code`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_field_and_the_items_above_it() {
        let list = Path::Field(&Path::Body, "alternatives");
        let item = Path::Item(&list, 1);
        assert_eq!(
            Path::Field(&item, "code").to_string(),
            "alternatives[1].code"
        );
        assert_eq!(Path::Body.to_string(), "", "the body itself has no path");
    }
}
