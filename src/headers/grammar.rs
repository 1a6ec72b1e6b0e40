/// One header's grammar.
pub(crate) trait Grammar: Sized {
    /// The grammar in words, as the error says it.
    const EXPECTED: &'static str;

    /// The value, if the trimmed bytes are in the grammar.
    fn parse(value: &[u8]) -> Option<Self>;
}
