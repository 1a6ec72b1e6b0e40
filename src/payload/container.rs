//! What stands in an array or an object, one after the other, as JSON text.

use super::scan::{Fault, byte, colon, quoted, space, unexpected, value};

/// A container that is open around what stands in it.
const OUTSIDE: u32 = 1;

#[derive(Clone)]
struct Container<'t> {
    text: &'t str,
    at: usize,
    close: u8,
    /// Nothing of it was read.
    is_new: bool,
}

/// The items of an array.
pub(super) struct Items<'t>(Container<'t>);

/// The members of an object: the text of a name, with its quotes, and of a value.
#[derive(Clone)]
pub(super) struct Walk<'t>(Container<'t>);

impl<'t> Container<'t> {
    /// `start` is where its bracket is.
    const fn at(text: &'t str, start: usize, close: u8) -> Self {
        Self {
            text,
            at: start + 1,
            close,
            is_new: true,
        }
    }

    /// Goes to what stands there next, if anything does, else beyond the container's end.
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

    /// Takes what is up to `end`, which is the end of a value or a name, and so of a character.
    fn until(&mut self, end: usize) -> &'t str {
        let taken = self.text.get(self.at..end);
        self.at = end;
        taken.unwrap_or_default()
    }
}

impl<'t> Items<'t> {
    /// `array` begins with its bracket.
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
    /// The object whose bracket is at `start`; what is behind it, in the text, is not looked at.
    pub(super) const fn at(text: &'t str, start: usize) -> Self {
        Self(Container::at(text, start, b'}'))
    }

    /// Where it is: after the last member beyond the object's end.
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

    #[test]
    fn items_are_texts() {
        let items = |array| Items::of(array).map_while(Result::ok).collect::<Vec<_>>();
        assert_eq!(items("[]"), [""; 0]);
        assert_eq!(
            items("[ 1 ,[ 2,3 ] , \"],\"\n]"),
            ["1", "[ 2,3 ]", "\"],\""]
        );
    }

    #[test]
    fn members_are_pairs_of_texts_and_the_walk_ends_behind_them() {
        let text = r#" { "a" : {"b": 1} ,"a":"}" } "#;
        let mut walk = Walk::at(text, 1);
        let members: Vec<_> = walk.by_ref().map_while(Result::ok).collect();
        assert_eq!(members, [(r#""a""#, r#"{"b": 1}"#), (r#""a""#, r#""}""#)]);
        assert_eq!(walk.place(), text.len() - 1);
    }
}
