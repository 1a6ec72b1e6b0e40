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

/// A length, an address or a timestamp as JavaScript has numbers.
#[expect(
    clippy::cast_precision_loss,
    reason = "addresses, lengths and a timestamp of 12 digits are below 2^53"
)]
pub(crate) const fn double(number: u64) -> f64 {
    number as f64
}

/// The next whole number that is not below it.
pub(crate) fn rounded_up(number: f64) -> u64 {
    let below = whole(number);
    below.saturating_add(u64::from(double(below) < number))
}

#[cfg(test)]
mod tests {
    use super::rounded_up;

    #[test]
    fn a_number_is_rounded_up_to_a_whole_one() {
        let numbers = [0.0, 0.1, 1.0, 1.000_001, -1.0, f64::NAN, f64::INFINITY];
        assert_eq!(numbers.map(rounded_up), [0, 1, 1, 2, 0, 0, u64::MAX]);
    }
}
