//! Reads a body as a JSON object.

use super::{
    agreement::IDS,
    container::Walk,
    members::Members,
    path::Path,
    scan::{self, Fault, byte, space, unexpected},
    shape::Field,
};
use crate::error::{Error, PayloadFault};

/// Reads the members of a body whose record has these fields.
pub(super) fn object<'t>(text: &'t str, fields: &'static [Field]) -> Result<Members<'t>, Error> {
    let start = space(text.as_bytes(), 0);
    let read = match byte(text.as_bytes(), start) {
        b'{' => members(text, start, fields),
        _ => Err(not_an_object(text, start)),
    };
    read.map_err(|fault| Path::Body.fault(fault))
}

fn members<'t>(
    text: &'t str,
    start: usize,
    fields: &'static [Field],
) -> Result<Members<'t>, PayloadFault> {
    let read = Members::read(Walk::at(text, start), fields, IDS);
    let (members, end) = read.map_err(|fault| said(text, fault))?;
    ended(text, end).map_err(|fault| said(text, fault))?;
    Ok(members)
}

/// Returns the fault of a body that does not begin with an object: it is another JSON value or not JSON at all.
fn not_an_object(text: &str, start: usize) -> PayloadFault {
    let end = scan::value(text.as_bytes(), start, 0);
    match end.and_then(|end| ended(text, end)) {
        Ok(()) => PayloadFault::NotAnObject,
        Err(fault) => said(text, fault),
    }
}

/// Fails if anything but white space follows the body's value.
fn ended(text: &str, at: usize) -> Result<(), Fault> {
    let end = space(text.as_bytes(), at);
    if end < text.len() {
        return Err(unexpected(text.as_bytes(), end));
    }
    Ok(())
}

fn said(text: &str, fault: Fault) -> PayloadFault {
    match fault {
        Fault::TooDeep => PayloadFault::TooDeep,
        Fault::Syntax { read } => {
            let read = text.as_bytes().get(..read).unwrap_or_default();
            let line_feeds = read.iter().filter(|byte| **byte == b'\n');
            let last_line = read.rsplit(|byte| *byte == b'\n').next();
            PayloadFault::NotJson {
                line: 1 + line_feeds.count(),
                column: last_line.map_or(0, <[u8]>::len),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> PayloadFault {
        match object(text, &[]).err() {
            Some(Error::MalformedPayload { fault, .. }) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_has_the_line_and_the_column_of_the_last_byte_read() {
        for (text, line, column) in [
            ("", 1, 0),
            ("x", 1, 1),
            ("{", 1, 1),
            ("{}x", 1, 3),
            ("{\n  \"a\": x}", 2, 8),
            ("{\"é\": x}", 1, 8),
            ("\n\n[1,]", 3, 4),
            ("[]\n{}", 2, 1),
        ] {
            let expected = PayloadFault::NotJson { line, column };
            assert_eq!(fault(text), expected, "{text}");
        }
    }

    #[test]
    fn json_that_is_no_object_is_another_fault() {
        for text in ["1", " [1, 2] ", "\"a\"", "null"] {
            assert_eq!(fault(text), PayloadFault::NotAnObject, "{text}");
        }
    }
}
