//! A scanner for JSON's grammar (RFC 8259). Over UTF-8 text it finds where a value ends, or where the text is not JSON.
//!
//! The text may be hostile, so the scanner makes one pass, without recursion and without allocation. The open containers
//! are the bits of a number, one for each level, so the number's size limits the depth.
//!
//! The functions that run for every token are inlined explicitly, because the compiler does not do it and a call costs
//! as much as their work.

/// The payload's own object is level 1. All hosts have this limit, which is far below that of any host's JSON parser.
const MAX_DEPTH: u32 = 128;

/// How many bytes of a string are checked together.
const CHUNK: usize = 16;

/// Why the scanner stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The text is not JSON.
    Syntax {
        /// How many bytes had been read when this was found.
        read: usize,
    },
    /// An array or object is nested beyond the limit. Up to there the text is JSON.
    TooDeep,
}

/// The open containers, the innermost in the lowest bit. A set bit is an object, another bit an array.
struct Open {
    is_object: u128,
    depth: u32,
}

impl Open {
    fn push(&mut self, is_object: bool) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.depth += 1;
        self.is_object = self.is_object << 1 | u128::from(is_object);
        Ok(())
    }

    const fn pop(&mut self) {
        self.depth -= 1;
        self.is_object >>= 1;
    }

    const fn innermost_is_object(&self) -> bool {
        self.is_object & 1 == 1
    }
}

/// Returns the end of the value at `at`. `outside` is the number of levels around it.
pub(super) fn value(bytes: &[u8], mut at: usize, outside: u32) -> Result<usize, Fault> {
    let mut open = Open {
        is_object: 0,
        depth: outside,
    };
    loop {
        at = match byte(bytes, at) {
            b'"' => string(bytes, at + 1)?,
            b'-' => number(bytes, at + 1)?,
            b'0'..=b'9' => number(bytes, at)?,
            b'{' => {
                open.push(true)?;
                let first = space(bytes, at + 1);
                if byte(bytes, first) != b'}' {
                    at = name(bytes, first)?;
                    continue;
                }
                open.pop();
                first + 1
            }
            b'[' => {
                open.push(false)?;
                let first = space(bytes, at + 1);
                if byte(bytes, first) != b']' {
                    at = first;
                    continue;
                }
                open.pop();
                first + 1
            }
            b't' => literal(bytes, at + 1, b"rue")?,
            b'f' => literal(bytes, at + 1, b"alse")?,
            b'n' => literal(bytes, at + 1, b"ull")?,
            _ => return Err(unexpected(bytes, at)),
        };
        loop {
            if open.depth == outside {
                return Ok(at);
            }
            at = space(bytes, at);
            match byte(bytes, at) {
                b',' => break,
                b'}' if open.innermost_is_object() => {}
                b']' if !open.innermost_is_object() => {}
                _ => return Err(unexpected(bytes, at)),
            }
            open.pop();
            at += 1;
        }
        at = space(bytes, at + 1);
        if open.innermost_is_object() {
            at = name(bytes, at)?;
        }
    }
}

/// Skips the name and the colon at `at` and returns where the value begins.
#[inline(always)]
fn name(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let end = quoted(bytes, at)?;
    colon(bytes, end)
}

/// Returns the end of the string that must begin at `at`.
#[inline(always)]
pub(super) fn quoted(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    if byte(bytes, at) != b'"' {
        return Err(unexpected(bytes, at));
    }
    string(bytes, at + 1)
}

/// Skips the colon after the name that ends at `at` and returns where the value begins.
#[inline(always)]
pub(super) fn colon(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let at = space(bytes, at);
    if byte(bytes, at) != b':' {
        return Err(unexpected(bytes, at));
    }
    Ok(space(bytes, at + 1))
}

/// Returns the end of the white space at `at`.
#[inline(always)]
pub(super) fn space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(byte(bytes, at), b' ' | b'\t' | b'\n' | b'\r') {
        at += 1;
    }
    at
}

/// Returns the byte at `at`, or past the end a zero, which valid JSON never contains.
#[inline(always)]
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Returns the fault of a byte that is not allowed here, or of a text that ends here.
pub(super) fn unexpected(bytes: &[u8], at: usize) -> Fault {
    let read = bytes.len().min(at + 1);
    Fault::Syntax { read }
}

/// Returns the end of the string whose first character is at `at`.
#[inline(always)]
fn string(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        at = plain(bytes, at);
        match byte(bytes, at) {
            b'"' => return Ok(at + 1),
            b'\\' => at = escape(bytes, at + 1)?,
            // A control character, which is not counted as read, or the end of the text.
            _ => return Err(Fault::Syntax { read: at }),
        }
    }
}

/// Returns the end of the unescaped characters at `at`.
#[inline(always)]
fn plain(bytes: &[u8], mut at: usize) -> usize {
    // Most strings are short names and codes, for which checking chunks would not pay off.
    let chunks_pay_off_at = at + CHUNK;
    while is_plain(byte(bytes, at)) {
        at += 1;
        if at == chunks_pay_off_at {
            at = plain_chunks(bytes, at);
        }
    }
    at
}

/// Returns the end of the whole chunks at `at` that contain only unescaped characters.
fn plain_chunks(bytes: &[u8], at: usize) -> usize {
    let (chunks, _) = bytes.get(at..).unwrap_or_default().as_chunks::<CHUNK>();
    let are_plain = |chunk: &&[u8; CHUNK]| {
        // Does not stop early, so that the compiler uses vector instructions.
        chunk.iter().fold(true, |are, byte| are & is_plain(*byte))
    };
    at + CHUNK * chunks.iter().take_while(are_plain).count()
}

/// Returns whether the byte is an unescaped character of a string: no control character, quote or backslash.
const fn is_plain(byte: u8) -> bool {
    (byte >= b' ') & (byte != b'"') & (byte != b'\\')
}

/// Skips the escape whose second character is at `at`. Whether `\u` gives a whole character matters only to typed strings.
fn escape(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match byte(bytes, at) {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(at + 1),
        b'u' => {
            let digits = bytes.get(at + 1..at + 5);
            let end = bytes.len().min(at + 5);
            if digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                Ok(end)
            } else {
                Err(Fault::Syntax { read: end })
            }
        }
        _ => Err(unexpected(bytes, at)),
    }
}

/// Returns the end of the number whose first digit must be at `at`.
#[inline(always)]
fn number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let mut at = match byte(bytes, at) {
        b'0' if byte(bytes, at + 1).is_ascii_digit() => return Err(unexpected(bytes, at + 1)),
        _ => digits(bytes, at)?,
    };
    if byte(bytes, at) == b'.' {
        at = digits(bytes, at + 1)?;
    }
    if matches!(byte(bytes, at), b'e' | b'E') {
        at += 1;
        if matches!(byte(bytes, at), b'+' | b'-') {
            at += 1;
        }
        at = digits(bytes, at)?;
    }
    Ok(at)
}

/// Returns the end of the digits at `at`. There must be at least one.
#[inline(always)]
fn digits(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    if !byte(bytes, at).is_ascii_digit() {
        return Err(unexpected(bytes, at));
    }
    let mut end = at + 1;
    while byte(bytes, end).is_ascii_digit() {
        end += 1;
    }
    Ok(end)
}

/// Returns the end of a literal whose first letter has been read.
fn literal(bytes: &[u8], at: usize, rest: &[u8]) -> Result<usize, Fault> {
    let mut at = at;
    for letter in rest {
        if byte(bytes, at) != *letter {
            return Err(unexpected(bytes, at));
        }
        at += 1;
    }
    Ok(at)
}

#[cfg(test)]
mod tests;
