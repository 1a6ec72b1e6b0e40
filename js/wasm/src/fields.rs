//! Fields, the form in which everything but numbers passes between the package and the core. They begin with their count, as
//! four bytes in little-endian order. Then each field has an entry: its tag, which is one byte, and the length of its value in
//! bytes, as four bytes. All values follow in the same order. With this layout, the package writes all of them at once.

use alloc::vec::Vec;

const COUNT: usize = 4;
const ENTRY: usize = 5;

/// Iterates over fields. Ends early if they are truncated, which the package never writes.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'b> {
    /// The entries that are left.
    entries: &'b [u8],
    values: &'b [u8],
}

impl<'b> Fields<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self::read(bytes).unwrap_or(Self {
            entries: &[],
            values: &[],
        })
    }

    fn read(bytes: &'b [u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<COUNT>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let (entries, values) = rest.split_at_checked(count.checked_mul(ENTRY)?)?;
        Some(Self { entries, values })
    }

    /// Returns the values with this tag that are UTF-8.
    pub(crate) fn texts(self, tag: u8) -> impl Iterator<Item = &'b str> {
        self.filter(move |(its, _)| *its == tag)
            .filter_map(|(_, value)| str::from_utf8(value).ok())
    }
}

impl<'b> Iterator for Fields<'b> {
    type Item = (u8, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let ([tag, length @ ..], entries) = self.entries.split_first_chunk::<ENTRY>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (value, values) = self.values.split_at_checked(length)?;
        *self = Self { entries, values };
        Some((*tag, value))
    }
}

/// Replaces the content of `bytes` with fields. A number that does not fit four bytes becomes the largest one that does;
/// memory is too small for such a number of bytes.
pub(crate) fn write(bytes: &mut Vec<u8>, fields: &[(u8, &str)]) {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    bytes.clear();
    bytes.extend(number(fields.len()));
    for (tag, value) in fields {
        bytes.push(*tag);
        bytes.extend(number(value.len()));
    }
    for (_, value) in fields {
        bytes.extend(value.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Fields, write};

    const THREE: [(u8, &str); 3] = [(1, "ab"), (0, ""), (1, "ñ")];

    fn written(fields: &[(u8, &'static str)]) -> Vec<u8> {
        let mut bytes = b"what was there".to_vec();
        write(&mut bytes, fields);
        bytes
    }

    #[test]
    fn written_fields_are_read_back() {
        let bytes = [
            &[3, 0, 0, 0][..],
            &[1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0],
            "abñ".as_bytes(),
        ]
        .concat();
        assert_eq!(written(&THREE), bytes);
        let fields: Vec<_> = Fields::new(&bytes).collect();
        assert_eq!(fields, THREE.map(|(tag, value)| (tag, value.as_bytes())));
    }

    #[test]
    fn texts_returns_the_utf8_values_with_the_tag() {
        let mut bytes = written(&THREE);
        assert!(Fields::new(&bytes).texts(1).eq(["ab", "ñ"]));
        bytes.pop();
        bytes.push(b'n');
        assert!(Fields::new(&bytes).texts(1).eq(["ab"]), "not UTF-8");
    }

    #[test]
    fn truncated_fields_are_not_read() {
        let whole = written(&THREE);
        for length in 0..whole.len() {
            let cut = whole.get(..length).unwrap_or_default();
            assert!(Fields::new(cut).count() < 3, "{length}");
        }
        let most = [0xff; 20];
        assert_eq!(Fields::new(&most).next(), None);
    }
}
