//! How much a run does.

/// How much a run does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// What `cargo xtask test` can wait for.
    Quick,
    /// All of it.
    Long,
}
