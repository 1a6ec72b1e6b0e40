/// A header value's grammar.
pub(crate) trait Grammar: Sized {
    /// Describes the grammar in an error's message.
    const EXPECTED: &'static str;

    /// Returns the value if the trimmed bytes match the grammar.
    fn parse(value: &[u8]) -> Option<Self>;
}
