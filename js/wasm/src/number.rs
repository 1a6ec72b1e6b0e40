//! JavaScript's numbers as the core's.

/// Without the fraction, and never out of range.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast cuts the fraction off and saturates; the package refuses what is not a number from 0 on"
)]
pub(crate) const fn whole(number: f64) -> u64 {
    number as u64
}
