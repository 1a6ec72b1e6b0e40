//! Changes to headers in transit.

use docutray_webhook::HEADER_NAMES;
use proptest::{prelude::*, sample::Index};

use crate::{
    bytes::{ByteChange, byte_change},
    delivery::Headers,
};

#[derive(Clone, Debug)]
pub enum HeaderChange {
    Remove(Index),
    /// Appends the same header again.
    Repeat(Index),
    /// Joins the value with itself, as HTTP joins repeated fields.
    Join(Index),
    Empty(Index),
    /// Adds white space, which HTTP allows around a value.
    Pad(Index, &'static str),
    UpperCaseName(Index),
    UpperCaseValue(Index),
    Bytes(Index, ByteChange),
    /// Exchanges the values of two headers.
    Exchange(Index, Index),
    /// Takes the value of the same header of another delivery.
    Splice(Index),
    /// Takes the auth signature of another delivery and all headers that it covers.
    SpliceMetadata,
    Reverse,
}

pub fn header_change() -> impl Strategy<Value = HeaderChange> {
    use HeaderChange::{
        Bytes, Empty, Exchange, Join, Pad, Remove, Repeat, Reverse, Splice, SpliceMetadata,
        UpperCaseName, UpperCaseValue,
    };
    let any_header = any::<Index>;
    let white_space = prop::sample::select([" ", "\t", " \t ", "\u{a0}", "\n", "\0"].as_slice());
    prop_oneof![
        1 => any_header().prop_map(Remove),
        1 => any_header().prop_map(Repeat),
        1 => any_header().prop_map(Join),
        1 => any_header().prop_map(Empty),
        1 => (any_header(), white_space).prop_map(|(at, space)| Pad(at, space)),
        1 => any_header().prop_map(UpperCaseName),
        1 => any_header().prop_map(UpperCaseValue),
        6 => (any_header(), byte_change()).prop_map(|(at, change)| Bytes(at, change)),
        1 => (any_header(), any_header()).prop_map(|(at, other)| Exchange(at, other)),
        2 => any_header().prop_map(Splice),
        2 => Just(SpliceMetadata),
        1 => Just(Reverse),
    ]
}

impl HeaderChange {
    /// `other` are the headers of another delivery, in the order of signing.
    pub fn apply(&self, headers: &mut Headers, other: &Headers) {
        if headers.is_empty() {
            return;
        }
        let count = headers.len();
        let place = |at: &Index| at.index(count);
        match self {
            Self::Remove(at) => drop(headers.remove(place(at))),
            Self::Repeat(at) => headers.push(headers[place(at)].clone()),
            Self::Join(at) => {
                let value = &mut headers[place(at)].1;
                *value = [value.as_slice(), b", ", value].concat();
            }
            Self::Empty(at) => headers[place(at)].1.clear(),
            Self::Pad(at, space) => {
                let value = &mut headers[place(at)].1;
                *value = [space.as_bytes(), value, space.as_bytes()].concat();
            }
            Self::UpperCaseName(at) => headers[place(at)].0.make_ascii_uppercase(),
            Self::UpperCaseValue(at) => headers[place(at)].1.make_ascii_uppercase(),
            Self::Bytes(at, change) => change.apply(&mut headers[place(at)].1),
            Self::Exchange(at, with) => {
                let value = headers[place(at)].1.clone();
                let value = std::mem::replace(&mut headers[place(with)].1, value);
                headers[place(at)].1 = value;
            }
            Self::Splice(at) => splice(&mut headers[place(at)], other),
            Self::SpliceMetadata => headers
                .iter_mut()
                .filter(|(name, _)| !name.eq_ignore_ascii_case(HEADER_NAMES[0]))
                .for_each(|header| splice(header, other)),
            Self::Reverse => headers.reverse(),
        }
    }
}

fn splice((name, value): &mut (String, Vec<u8>), other: &Headers) {
    let same = other
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name));
    value.clone_from(&same.unwrap().1);
}
