//! Fields, the form in which everything but numbers crosses between the package and the core: a byte that says what the
//! field is (its tag), its length as four bytes, the lowest first, and its bytes.

use alloc::vec::Vec;

const HEAD: usize = 5;

/// One field at a time. What is cut short ends it: the package writes whole fields.
pub(crate) struct Fields<'b>(&'b [u8]);

impl<'b> Fields<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// The texts with this tag.
    pub(crate) fn texts(&self, tag: u8) -> impl Iterator<Item = &'b str> + use<'b> {
        Self(self.0)
            .filter(move |(its, _)| *its == tag)
            .filter_map(|(_, value)| str::from_utf8(value).ok())
    }
}

impl<'b> Iterator for Fields<'b> {
    type Item = (u8, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let ([tag, length @ ..], rest) = self.0.split_first_chunk::<HEAD>()?;
        let length = u32::from_le_bytes(*length);
        let (value, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some((*tag, value))
    }
}

/// Writes a field behind others. What is longer than a field can be is cut off; nothing told is.
pub(crate) fn push(fields: &mut Vec<u8>, tag: u8, value: &str) {
    let value = value.as_bytes();
    let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
    fields.push(tag);
    fields.extend(length.to_le_bytes());
    fields.extend(value.iter().take(length as usize));
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Fields, push};

    #[test]
    fn fields_come_out_as_they_were_written() {
        let bytes = [
            1, 2, 0, 0, 0, b'a', b'b', 0, 0, 0, 0, 0, 7, 1, 0, 0, 0, b'c',
        ];
        let fields: Vec<_> = Fields::new(&bytes).collect();
        assert_eq!(fields, [(1, &b"ab"[..]), (0, b""), (7, b"c")]);
        let mut written = Vec::new();
        for (tag, value) in fields {
            push(&mut written, tag, str::from_utf8(value).unwrap());
        }
        assert_eq!(written, bytes);
    }

    #[test]
    fn texts_are_those_with_the_tag() {
        let mut bytes = Vec::new();
        for (tag, value) in [(1, "a"), (2, "b"), (1, "")] {
            push(&mut bytes, tag, value);
        }
        let texts: Vec<_> = Fields::new(&bytes).texts(1).collect();
        assert_eq!(texts, ["a", ""]);
        bytes.extend([1, 1, 0, 0, 0, 0xff]);
        assert_eq!(Fields::new(&bytes).texts(1).count(), 2, "not UTF-8");
    }

    #[test]
    fn what_is_cut_short_is_no_field() {
        for bytes in [
            &[][..],
            &[1],
            &[1, 0, 0, 0],
            &[1, 2, 0, 0, 0, b'a'],
            &[1, 255, 255, 255, 255],
        ] {
            assert_eq!(Fields::new(bytes).next(), None);
        }
    }
}
