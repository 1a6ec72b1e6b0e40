//! Iterates over the items of an array and the members of an object, as JSON text.

use super::scan::{Fault, byte, colon, quoted, space, unexpected, value};

/// The container itself counts as one level of depth around its values.
const OUTSIDE: u32 = 1;

#[derive(Clone)]
struct Container<'t> {
    text: &'t str,
    at: usize,
    close: u8,
    /// Whether nothing of it has been read yet.
    is_new: bool,
}

/// The items of an array.
pub(super) struct Items<'t>(Container<'t>);

/// The members of an object: pairs of the name's text, with its quotes, and the value's text.
#[derive(Clone)]
pub(super) struct Walk<'t>(Container<'t>);

impl<'t> Container<'t> {
    /// `start` is the offset of the opening bracket.
    const fn at(text: &'t str, start: usize, close: u8) -> Self {
        Self {
            text,
            at: start + 1,
            close,
            is_new: true,
        }
    }

    /// Moves to the next item or member and returns `true`, or moves past the container's end and returns `false`.
    fn go_on(&mut self) -> Result<bool, Fault> {
        let bytes = self.text.as_bytes();
        self.at = space(bytes, self.at);
        match byte(bytes, self.at) {
            close if close == self.close => {
                self.at += 1;
                return Ok(false);
            }
            _ if self.is_new => {}
            b',' => self.at = space(bytes, self.at + 1),
            _ => return Err(unexpected(bytes, self.at)),
        }
        self.is_new = false;
        Ok(true)
    }

    fn name(&mut self) -> Result<&'t str, Fault> {
        let bytes = self.text.as_bytes();
        let end = quoted(bytes, self.at)?;
        let name = self.until(end);
        self.at = colon(bytes, end)?;
        Ok(name)
    }

    fn value(&mut self) -> Result<&'t str, Fault> {
        let end = value(self.text.as_bytes(), self.at, OUTSIDE)?;
        Ok(self.until(end))
    }

    /// Takes the text up to `end`, which is the end of a name or a value and so lies between two characters.
    fn until(&mut self, end: usize) -> &'t str {
        let taken = self.text.get(self.at..end);
        self.at = end;
        taken.unwrap_or_default()
    }
}

impl<'t> Items<'t> {
    /// `array` begins with its opening bracket.
    pub(super) const fn of(array: &'t str) -> Self {
        Self(Container::at(array, 0, b']'))
    }

    fn step(&mut self) -> Result<Option<&'t str>, Fault> {
        if !self.0.go_on()? {
            return Ok(None);
        }
        self.0.value().map(Some)
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Result<&'t str, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

impl<'t> Walk<'t> {
    /// Reads the object whose brace is at `start`. It ignores the text after the object.
    pub(super) const fn at(text: &'t str, start: usize) -> Self {
        Self(Container::at(text, start, b'}'))
    }

    /// Returns the current offset, which is past the object's end after the last member.
    pub(super) const fn place(&self) -> usize {
        self.0.at
    }

    fn step(&mut self) -> Result<Option<(&'t str, &'t str)>, Fault> {
        if !self.0.go_on()? {
            return Ok(None);
        }
        let name = self.0.name()?;
        Ok(Some((name, self.0.value()?)))
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = Result<(&'t str, &'t str), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    // No more than 9, so that these tests fail if there is no end.

    #[test]
    fn yields_the_items_texts() {
        let items = |array| {
            Items::of(array)
                .map_while(Result::ok)
                .take(9)
                .collect::<Vec<_>>()
        };
        assert_eq!(items("[]"), [""; 0]);
        assert_eq!(
            items("[ 1 ,[ 2,3 ] , \"],\"\n]"),
            ["1", "[ 2,3 ]", "\"],\""]
        );
    }

    #[test]
    fn yields_the_members_texts_and_ends_after_the_object() {
        let text = r#" { "a" : {"b": 1} ,"a":"}" } "#;
        let mut walk = Walk::at(text, 1);
        let members: Vec<_> = walk.by_ref().map_while(Result::ok).take(9).collect();
        assert_eq!(members, [(r#""a""#, r#"{"b": 1}"#), (r#""a""#, r#""}""#)]);
        assert_eq!(walk.place(), text.len() - 1);
    }
}
