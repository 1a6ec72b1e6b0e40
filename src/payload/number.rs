//! JSON numbers as doubles and as counts, judged by their digits. No double is made to tell that one is finite.

use alloc::{format, string::String};
use core::iter;

/// The least that rounds to infinity: halfway from the largest double, (2^53 - 1) 2^971, to 2^1024. A tie goes to the one
/// that is even (IEEE 754, 4.3.1), which the largest double is not.
const BEYOND: &[u8; 309] = b"\
    179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587\
    207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711\
    531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093\
    042880177904174497792";

/// A number that is not zero, without its sign: `0.DIGITS` times ten to the `point`.
struct Decimal<'t> {
    /// From the first that is not zero on; a decimal point may be among them.
    digits: &'t str,
    point: i64,
}

/// Whether a value is a number.
pub(super) fn is_number(value: &str) -> bool {
    value.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Whether the double that is nearest to a number is finite.
pub(super) fn is_finite(number: &str) -> bool {
    Decimal::of(number).is_none_or(|decimal| decimal.is_below_infinity())
}

/// The double that is nearest to a number.
pub(super) fn nearest_double(number: &str) -> f64 {
    let sign = if number.starts_with('-') { "-" } else { "" };
    let text = match Decimal::of(number) {
        // `str::parse` would give up counting a long exponent, even where as many zeros take it back.
        Some(Decimal { digits, point }) => {
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            format!("{sign}0.{digits}e{}", point.clamp(-400, 400))
        }
        None => format!("{sign}0"),
    };
    text.parse().unwrap_or_default()
}

/// An integer from 0 on that 64 bits hold, written without sign, fraction and exponent.
pub(super) fn count(value: &str) -> Option<u64> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| value.parse().ok()).flatten()
}

impl<'t> Decimal<'t> {
    /// None for a zero.
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
            // The dot is before the first digit, and is none of the zeros between the two.
            before => before.saturating_add(1),
        };
        Some(Self {
            digits: mantissa.get(first..)?,
            point: point.saturating_add(exponent),
        })
    }

    fn is_below_infinity(&self) -> bool {
        let digits = self.digits.bytes().filter(u8::is_ascii_digit);
        let digits = digits.chain(iter::repeat(b'0')).take(BEYOND.len());
        match self.point {
            ..309 => true,
            309 => digits.lt(BEYOND.iter().copied()),
            _ => false,
        }
    }
}

/// An exponent of any length. No text is so long that its zeros could take back what is cut off here.
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

    /// The same value, so written that `str::parse` counts the whole exponent.
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
    fn the_limit_is_halfway_beyond_the_largest_double() {
        let beyond = str::from_utf8(BEYOND).unwrap();
        assert_eq!(beyond.parse(), Ok(f64::INFINITY));
        assert!(!is_finite(beyond));
        let below = beyond.replace("4497792", "4497791");
        assert_eq!(below.parse(), Ok(f64::MAX));
        let below = format!("{below}.{}", "9".repeat(1000));
        assert!(is_finite(&below));
        assert_eq!(nearest_double(&below).to_bits(), f64::MAX.to_bits());
    }

    #[test]
    fn an_exponent_of_any_length_is_no_fault() {
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
    fn a_count_is_written_in_digits_alone() {
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
