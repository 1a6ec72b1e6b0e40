//! What a byte is to the grammar of JSON: one look into one table.

const SPACE: u8 = 1;
const DIGIT: u8 = 1 << 1;
const HEX_DIGIT: u8 = 1 << 2;
const PLAIN: u8 = 1 << 3;

static CLASSES: [u8; 256] = classes();

/// White space (RFC 8259, 2).
pub(super) fn is_space(byte: u8) -> bool {
    is(byte, SPACE)
}

pub(super) fn is_digit(byte: u8) -> bool {
    is(byte, DIGIT)
}

pub(super) fn is_hex_digit(byte: u8) -> bool {
    is(byte, HEX_DIGIT)
}

/// Whether it stands for itself inside of a string: no control character, no quote, no escape.
pub(super) fn is_plain(byte: u8) -> bool {
    is(byte, PLAIN)
}

fn is(byte: u8, class: u8) -> bool {
    let classes = CLASSES.get(usize::from(byte)).copied();
    classes.unwrap_or(0) & class != 0
}

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut rest: &mut [u8] = &mut classes;
    let mut byte: u8 = 0;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = class(byte);
        byte = byte.wrapping_add(1);
        rest = others;
    }
    classes
}

const fn class(byte: u8) -> u8 {
    let plain = if byte < b' ' || byte == b'"' || byte == b'\\' {
        0
    } else {
        PLAIN
    };
    plain
        | match byte {
            b' ' | b'\t' | b'\n' | b'\r' => SPACE,
            b'0'..=b'9' => DIGIT | HEX_DIGIT,
            b'a'..=b'f' | b'A'..=b'F' => HEX_DIGIT,
            _ => 0,
        }
}
