//! Converts JavaScript's numbers to the core's integers and back.

/// Cuts off the fraction and saturates.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast cuts the fraction off and saturates; the package refuses what is not a number from 0 on"
)]
pub(crate) const fn whole(number: f64) -> u64 {
    number as u64
}

/// Converts a length, an address or a timestamp to a JavaScript number.
#[expect(
    clippy::cast_precision_loss,
    reason = "addresses, lengths and a timestamp of 12 digits are below 2^53"
)]
pub(crate) const fn double(number: u64) -> f64 {
    number as f64
}

/// Returns the smallest integer that is not below the number.
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
