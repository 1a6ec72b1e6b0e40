//! What the head of a request says.

use http::{HeaderMap, HeaderName, header::CONTENT_LENGTH, request::Parts};

/// Returns the number of bytes that the `Content-Length` announces, or 0 without one.
pub(super) fn announced_length(head: &Parts) -> u64 {
    text(&head.headers, &CONTENT_LENGTH).map_or(0, announced)
}

/// Returns the number of bytes that a `Content-Length` (RFC 9110, 8.6) announces, or 0 if it is not a number.
fn announced(length: &str) -> u64 {
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    // Digits that overflow a u64 announce more than any limit.
    if is_number {
        length.parse().unwrap_or(u64::MAX)
    } else {
        0
    }
}

/// Returns a header's value if the header occurs once and its value is text.
fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)?.to_str().ok()
}
