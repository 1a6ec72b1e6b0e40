//! Changes to the bytes of a body or of a header's value.

use proptest::{collection::vec, prelude::*, sample::Index};

#[derive(Clone, Debug)]
pub enum ByteChange {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
    Cut(Index),
}

/// Texts that may confuse a parser of JSON or of headers.
const TOKENS: [&[u8]; 26] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b" ",
    b"\n",
    b"\0",
    b"\x0b",
    b"\xff",
    b"\xe2\x82",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xc2\xa0",
    b"\\ud83d",
    b"\\u0000",
    b"-",
    b"0",
    b".5",
    b"e999",
    b"null",
    b"//",
    b"|",
];

pub fn byte_change() -> impl Strategy<Value = ByteChange> {
    use ByteChange::{Cut, Flip, Insert, Remove, Repeat};
    let token = prop::sample::select(TOKENS.as_slice()).prop_map(<[u8]>::to_vec);
    let inserted = prop_oneof![token, vec(any::<u8>(), 1..4)];
    prop_oneof![
        3 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Flip(at, bit)),
        4 => (any::<Index>(), inserted).prop_map(|(at, bytes)| Insert(at, bytes)),
        2 => (any::<Index>(), 1..8_usize).prop_map(|(at, count)| Remove(at, count)),
        1 => (any::<Index>(), 1..40_usize).prop_map(|(at, count)| Repeat(at, count)),
        1 => any::<Index>().prop_map(Cut),
    ]
}

impl ByteChange {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Insert(at, inserted) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, inserted.iter().copied());
            }
            _ if bytes.is_empty() => {}
            Self::Flip(at, bit) => {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            Self::Remove(at, count) => {
                let (start, end) = range(at, *count, bytes.len());
                bytes.drain(start..end);
            }
            Self::Repeat(at, count) => {
                let (start, end) = range(at, *count, bytes.len());
                let again = bytes[start..end].to_vec();
                bytes.splice(end..end, again);
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
}

fn range(at: &Index, count: usize, length: usize) -> (usize, usize) {
    let start = at.index(length);
    (start, length.min(start + count))
}
