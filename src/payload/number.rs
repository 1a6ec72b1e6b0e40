//! Converts JSON numbers to doubles and counts. Whether a double is finite is decided by the digits alone.

use alloc::{format, string::String};
use core::iter;

/// The least integer that rounds to infinity, halfway between the largest double, (2^53 - 1) 2^971, and 2^1024. A tie
/// rounds to the even neighbour (IEEE 754, 4.3.1), and the largest double is odd.
const ROUNDS_TO_INFINITY: &[u8; 309] = b"\
    179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587\
    207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711\
    531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093\
    042880177904174497792";

/// A number other than zero, without its sign: `0.DIGITS` times ten to the power of `point`.
struct Decimal<'t> {
    /// The digits from the first one that is not zero. They may contain a decimal point.
    digits: &'t str,
    point: i64,
}

/// Returns whether a JSON value is a number.
pub(super) fn is_number(value: &str) -> bool {
    value.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Returns whether the nearest double of a number is finite.
pub(super) fn is_finite(number: &str) -> bool {
    Decimal::of(number).is_none_or(|decimal| decimal.is_below_infinity())
}

/// Returns the nearest double of a number.
pub(super) fn nearest_double(number: &str) -> f64 {
    let sign = if number.starts_with('-') { "-" } else { "" };
    let text = match Decimal::of(number) {
        // `str::parse` saturates a long exponent too early, even if as many zeros cancel it.
        Some(Decimal { digits, point }) => {
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            format!("{sign}0.{digits}e{}", point.clamp(-400, 400))
        }
        None => format!("{sign}0"),
    };
    text.parse().unwrap_or_default()
}

/// Returns a non-negative integer that fits 64 bits and is written without sign, fraction and exponent.
pub(super) fn count(value: &str) -> Option<u64> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| value.parse().ok()).flatten()
}

impl<'t> Decimal<'t> {
    /// Returns `None` for zero.
    fn of(number: &'t str) -> Option<Self> {
        let unsigned = number.strip_prefix('-').unwrap_or(number);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, saturated(exponent)),
            None => (unsigned, 0),
        };
        let first = mantissa.find(|digit: char| matches!(digit, '1'..='9'))?;
        let dot = mantissa.find('.').unwrap_or(mantissa.len());
        let point = match distance(first, dot) {
            whole_digits @ 0.. => whole_digits,
            // The decimal point is left of the first digit, so it does not count as one of the zeros between them.
            before => before.saturating_add(1),
        };
        Some(Self {
            digits: mantissa.get(first..)?,
            point: point.saturating_add(exponent),
        })
    }

    fn is_below_infinity(&self) -> bool {
        let digits = self.digits.bytes().filter(u8::is_ascii_digit);
        let digits = digits
            .chain(iter::repeat(b'0'))
            .take(ROUNDS_TO_INFINITY.len());
        match self.point {
            ..309 => true,
            309 => digits.lt(ROUNDS_TO_INFINITY.iter().copied()),
            _ => false,
        }
    }
}

/// Returns an exponent, saturated to 64 bits. No text is long enough for its zeros to cancel a saturated exponent.
fn saturated(exponent: &str) -> i64 {
    let is_negative = exponent.starts_with('-');
    let limit = if is_negative { i64::MIN } else { i64::MAX };
    exponent.parse().unwrap_or(limit)
}

fn distance(from: usize, to: usize) -> i64 {
    let [from, to] = [from, to].map(|at| i64::try_from(at).unwrap_or(i64::MAX));
    to - from
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second number is the first one, written so that `str::parse` reads the whole exponent.
    #[test]
    fn a_long_exponent_is_counted_to_its_end() {
        let zeros = "0".repeat(700_000);
        for (number, same) in [
            (format!("0.{zeros}1e700001"), 1.0),
            (format!("-1{zeros}e-700000"), -1.0),
            (format!("0.{zeros}17976931348623157e700309"), f64::MAX),
            (format!("25{zeros}e-700001"), 2.5),
            (format!("5{zeros}e-700324"), 5e-324),
            (format!("1{zeros}e-700400"), 0.0),
        ] {
            let double = nearest_double(&number);
            assert_eq!(double.to_bits(), f64::to_bits(same), "{same}");
            assert!(is_finite(&number), "{same}");
        }
        for number in [
            format!("0.{zeros}17976931348623159e700309"),
            format!("-0.{zeros}1e700310"),
            format!("1{zeros}e-699690"),
        ] {
            assert!(!is_finite(&number));
        }
    }

    #[test]
    fn numbers_from_halfway_beyond_the_largest_double_are_infinite() {
        let beyond = str::from_utf8(ROUNDS_TO_INFINITY).unwrap();
        assert_eq!(beyond.parse(), Ok(f64::INFINITY));
        assert!(!is_finite(beyond));
        let below = beyond.replace("4497792", "4497791");
        assert_eq!(below.parse(), Ok(f64::MAX));
        let below = format!("{below}.{}", "9".repeat(1000));
        assert!(is_finite(&below));
        assert_eq!(nearest_double(&below).to_bits(), f64::MAX.to_bits());
    }

    #[test]
    fn an_exponent_may_have_any_length() {
        let nines = "9".repeat(40);
        for number in [
            "0",
            "-0.000",
            &format!("0e{nines}"),
            &format!("1e-{nines}"),
            "0.0E+7",
        ] {
            assert!(is_finite(number), "{number}");
            assert_eq!(nearest_double(number).abs().to_bits(), 0, "{number}");
        }
        assert_eq!(nearest_double("-0").to_bits(), f64::to_bits(-0.0));
        for number in [format!("1e{nines}"), format!("-1E+{nines}")] {
            assert!(!is_finite(&number), "{number}");
        }
    }

    #[test]
    fn a_count_is_written_in_digits_only() {
        assert_eq!(count("0"), Some(0));
        assert_eq!(count("18446744073709551615"), Some(u64::MAX));
        for value in [
            "-1",
            "-0",
            "1.0",
            "1e2",
            "18446744073709551616",
            "true",
            "\"1\"",
        ] {
            assert_eq!(count(value), None, "{value}");
        }
    }
}
