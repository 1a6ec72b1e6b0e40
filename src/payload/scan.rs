//! JSON's grammar (RFC 8259) over a text that is UTF-8: where a value ends, or where the text stops being JSON.
//!
//! One pass, without recursion and without memory of its own, since the text may be hostile. What is open is held as
//! bits, one for each level, so that the limit on the depth is the size of a number.
//!
//! What is done for every token is inlined by force: a call costs as much as its work, and the compiler leaves it otherwise.

/// Counted from the payload's own object, which is level 1. One limit for every host, well below what any host's
/// parser can take.
const MAX_DEPTH: u32 = 128;

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not JSON.
    Syntax {
        /// How many bytes were read when that was seen.
        read: usize,
    },
    /// It is JSON up to an array or object that opens beyond the limit.
    TooDeep,
}

/// The containers that are open: a set bit is an object, the last bit is the innermost.
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

/// The end of the value that begins at `at`; `outside` levels are open around it.
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

/// Where the value begins whose name does at `at`.
#[inline(always)]
fn name(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let end = quoted(bytes, at)?;
    colon(bytes, end)
}

/// The end of a string that has to begin at `at`.
#[inline(always)]
pub(super) fn quoted(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    if byte(bytes, at) != b'"' {
        return Err(unexpected(bytes, at));
    }
    string(bytes, at + 1)
}

/// Where the value begins whose name ends at `at`.
#[inline(always)]
pub(super) fn colon(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let at = space(bytes, at);
    if byte(bytes, at) != b':' {
        return Err(unexpected(bytes, at));
    }
    Ok(space(bytes, at + 1))
}

/// The end of the white space at `at`.
#[inline(always)]
pub(super) fn space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(byte(bytes, at), b' ' | b'\t' | b'\n' | b'\r') {
        at += 1;
    }
    at
}

/// The byte at `at`; beyond the end a zero, which JSON has nowhere.
#[inline(always)]
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// No byte of this kind may stand here, or the text ends too early.
pub(super) fn unexpected(bytes: &[u8], at: usize) -> Fault {
    let read = bytes.len().min(at + 1);
    Fault::Syntax { read }
}

/// The end of the string whose first character is at `at`.
#[inline(always)]
fn string(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        at = plain(bytes, at);
        match byte(bytes, at) {
            b'"' => return Ok(at + 1),
            b'\\' => at = escape(bytes, at + 1)?,
            // A control character, which is not read, or the end.
            _ => return Err(Fault::Syntax { read: at }),
        }
    }
}

/// The end of the characters at `at` that stand for themselves.
#[inline(always)]
fn plain(bytes: &[u8], mut at: usize) -> usize {
    // Most strings are names and codes, which end before a look at many bytes at once would pay.
    let few = at + CHUNK;
    while is_plain(byte(bytes, at)) {
        at += 1;
        if at == few {
            at = plain_chunks(bytes, at);
        }
    }
    at
}

/// The end of the whole chunks at `at` that hold nothing but such characters.
fn plain_chunks(bytes: &[u8], at: usize) -> usize {
    let (chunks, _) = bytes.get(at..).unwrap_or_default().as_chunks::<CHUNK>();
    let are_plain = |chunk: &&[u8; CHUNK]| {
        // No early end: this becomes a few instructions over vectors.
        chunk.iter().fold(true, |are, byte| are & is_plain(*byte))
    };
    at + CHUNK * chunks.iter().take_while(are_plain).count()
}

/// Whether it stands for itself inside of a string: no control character, no quote, no escape.
const fn is_plain(byte: u8) -> bool {
    (byte >= b' ') & (byte != b'"') & (byte != b'\\')
}

/// The end of the escape whose kind is at `at`. Whether `\u` gives a character is a question of typed strings alone.
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

/// The end of the number whose first digit has to be at `at`.
#[inline(always)]
fn number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let mut at = match byte(bytes, at) {
        b'0' if byte(bytes, at + 1).is_ascii_digit() => return Err(unexpected(bytes, at + 1)),
        b'0' => at + 1,
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

/// The end of the digits at `at`, of which there has to be one.
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

/// The end of a word of which the first letter was seen.
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
