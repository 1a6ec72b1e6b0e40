//! Fields as the package writes them into the instance's memory: a byte that says what the field is, its length as four
//! bytes, the lowest first, and its bytes.

const HEAD: usize = 5;

/// One field at a time. What is cut short ends it: the package writes whole fields.
pub(crate) struct Fields<'b>(&'b [u8]);

impl<'b> Fields<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
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

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_come_out_as_they_were_written() {
        let bytes = [
            1, 2, 0, 0, 0, b'a', b'b', 0, 0, 0, 0, 0, 7, 1, 0, 0, 0, b'c',
        ];
        let fields: Vec<_> = Fields::new(&bytes).collect();
        assert_eq!(fields, [(1, &b"ab"[..]), (0, b""), (7, b"c")]);
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
