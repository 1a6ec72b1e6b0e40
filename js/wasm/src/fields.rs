//! Fields, the form in which everything but numbers crosses between the package and the core: how many there are, as four
//! bytes, the lowest first; of each a byte that says what it is (its tag) and its value's length in bytes, as four bytes; then
//! all values, one after the other. So the package writes all of them at once.

use alloc::vec::Vec;

const COUNT: usize = 4;
const ENTRY: usize = 5;

/// One field at a time. What is cut short ends it: the package writes whole fields.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'b> {
    /// Whole entries.
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

    /// The texts with this tag.
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

/// Writes fields in place of what was there. A number that does not fit becomes the largest that does, and there is no memory for
/// so much.
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
    fn fields_come_out_as_they_were_written() {
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
    fn texts_are_those_with_the_tag() {
        let mut bytes = written(&THREE);
        assert!(Fields::new(&bytes).texts(1).eq(["ab", "ñ"]));
        bytes.pop();
        bytes.push(b'n');
        assert!(Fields::new(&bytes).texts(1).eq(["ab"]), "not UTF-8");
    }

    #[test]
    fn what_is_cut_short_is_no_field() {
        let whole = written(&THREE);
        for length in 0..whole.len() {
            let cut = whole.get(..length).unwrap_or_default();
            assert!(Fields::new(cut).count() < 3, "{length}");
        }
        let most = [0xff; 20];
        assert_eq!(Fields::new(&most).next(), None);
    }
}
