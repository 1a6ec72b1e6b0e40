//! A typed number is exactly what `str::parse` makes of its text, to the last bit. It is refused exactly if that is infinite.

use std::cell::RefCell;

use docutray_webhook::{Code, Payload};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};

use crate::{
    delivery::{NOW, REQUEST_ID, signed, verifier},
    fixed,
};

/// Counts the kinds of numbers that were drawn, so that the test fails if it draws only one kind.
#[derive(Debug, Default)]
struct Drawn {
    normal: usize,
    subnormal: usize,
    zero: usize,
    infinite: usize,
}

/// Draws from JSON's grammar (RFC 8259, 6), with hostile numbers: mantissas of 400 digits and exponents of 25.
fn any_number() -> impl Strategy<Value = String> {
    let whole = prop_oneof![2 => "0", 3 => "[1-9][0-9]{0,20}", 1 => "[1-9][0-9]{300,400}"];
    let fraction = prop_oneof![2 => "", 3 => r"\.[0-9]{1,20}", 1 => r"\.[0-9]{1,400}", 1 => r"\.0{300,400}[0-9]{1,20}"];
    let exponent = prop_oneof![
        2 => "",
        4 => "[eE][+-]?[0-9]{1,2}",
        4 => "[eE][+-]?[23][0-9]{2}",
        1 => "[eE][+-]?0{1,30}[0-9]{1,3}",
        1 => "[eE][+-]?[0-9]{4,25}",
    ];
    ("-?", whole, fraction, exponent)
        .prop_map(|(sign, whole, fraction, exponent)| format!("{sign}{whole}{fraction}{exponent}"))
}

/// Draws the digits of a double: as many as identify it, or more.
fn of_a_double() -> impl Strategy<Value = String> {
    let bits = prop_oneof![4 => any::<u64>(), 1 => 0..1_u64 << 52];
    let double = bits.prop_map(f64::from_bits);
    let double = double.prop_filter("an infinity has no digits", |double| double.is_finite());
    (double, 0..3_u8, "[0-9]{1,30}").prop_map(|(double, form, more)| match form {
        0 => format!("{double:e}"),
        1 => format!("{double:.16e}"),
        _ => format!("{double:.16e}").replacen('e', &format!("{more}e"), 1),
    })
}

/// Draws all digits of the middle between two doubles, or of a number very close to it.
fn halfway() -> impl Strategy<Value = String> {
    let last_bit = -31..=31_i32;
    (1_u128 << 52..1 << 53, last_bit, -1..=1_i8, any::<bool>()).prop_map(
        |(mantissa, last_bit, beside, minus)| {
            let middle = 2 * mantissa + 1;
            // A half is five tenths.
            let digits = match last_bit {
                0.. => middle << last_bit,
                _ => middle * 5_u128.pow(last_bit.unsigned_abs()),
            };
            let digits = match beside {
                -1 => format!("{}9999999999", digits - 1),
                0 => format!("{digits}0000000000"),
                _ => format!("{digits}0000000001"),
            };
            let sign = if minus { "-" } else { "" };
            format!("{sign}{digits}e{}", last_bit.min(0) - 10)
        },
    )
}

/// Draws all digits of the number halfway to infinity, or changes one of them, or appends many, with the point anywhere.
fn near_infinity() -> impl Strategy<Value = String> {
    let halfway = (0..970).fold(((1_u64 << 54) - 1).to_string(), |digits, _| {
        doubled(&digits)
    });
    let other = (any::<Index>(), b'0'..=b'9').prop_map(Some);
    let more = prop_oneof![2 => "", 1 => "0{1,40}", 1 => "0{1,40}[1-9]", 1 => "9{1,40}"];
    let zeros = prop_oneof![2 => Just(0), 1 => 1..3_000_usize];
    let changed = prop_oneof![1 => Just(None), 4 => other];
    (changed, more, any::<Index>(), zeros, any::<bool>()).prop_map(move |drawn| {
        let (changed, more, point, zeros, minus) = drawn;
        let mut digits = halfway.clone().into_bytes();
        if let Some((at, digit)) = changed {
            let at = at.index(digits.len());
            digits[at] = digit;
        }
        let digits = String::from_utf8(digits).unwrap();
        let whole = i64::try_from(digits.len()).unwrap();
        let sign = if minus { "-" } else { "" };
        let point = point.index(digits.len() + 1);
        match point {
            0 => {
                let exponent = whole + i64::try_from(zeros).unwrap();
                format!("{sign}0.{}{digits}{more}e{exponent}", "0".repeat(zeros))
            }
            _ if digits.starts_with('0') => format!("{sign}0.{digits}{more}e{whole}"),
            _ => {
                let (before, after) = digits.split_at(point);
                let exponent = whole - i64::try_from(point).unwrap();
                let dot = if after.is_empty() && more.is_empty() {
                    ""
                } else {
                    "."
                };
                format!("{sign}{before}{dot}{after}{more}e{exponent}")
            }
        }
    })
}

fn doubled(digits: &str) -> String {
    let mut carry = 0;
    let mut doubled: Vec<_> = digits
        .bytes()
        .rev()
        .map(|digit| {
            let double = 2 * (digit - b'0') + carry;
            carry = double / 10;
            char::from(b'0' + double % 10)
        })
        .collect();
    doubled.extend((carry > 0).then_some('1'));
    doubled.into_iter().rev().collect()
}

#[test]
fn a_typed_number_is_the_nearest_double_or_is_refused() {
    let drawn = RefCell::new(Drawn::default());
    let texts =
        prop_oneof![3 => any_number(), 2 => of_a_double(), 1 => halfway(), 1 => near_infinity()];
    let run = TestRunner::new(fixed(6_000)).run(&texts, |text| {
        let nearest: f64 = text.parse().unwrap();
        drawn.borrow_mut().count(nearest);
        prop_assert_eq!(
            typed(&text).map(f64::to_bits),
            nearest.is_finite().then(|| nearest.to_bits())
        );
        Ok(())
    });
    run.unwrap();
    let drawn = drawn.into_inner();
    let least = [drawn.normal, drawn.subnormal, drawn.zero, drawn.infinite]
        .into_iter()
        .min();
    assert!(least >= Some(100), "{drawn:?}");
}

/// Returns the verifier's number for this confidence, or `None` if it refuses that field.
fn typed(confidence: &str) -> Option<f64> {
    let body = format!(
        r#"{{"identification_id": "i", "status": "SUCCESS", "request_timestamp": "", "response_timestamp": "",
            "document_type": {{"code": "", "name": "", "confidence": {confidence}}}, "alternatives": []}}"#
    );
    let headers = signed(REQUEST_ID, "IDENTIFICATION_COMPLETED", body.as_bytes());
    match verifier(1 << 20).verify(headers, body.as_bytes(), NOW) {
        Ok(event) => match event.payload() {
            Payload::IdentificationCompleted(payload) => Some(payload.document_type.confidence),
            other => panic!("{other:?}"),
        },
        Err(error) => {
            assert_eq!(error.code(), Code::MalformedPayload);
            assert_eq!(error.field(), Some("document_type.confidence"));
            None
        }
    }
}

impl Drawn {
    fn count(&mut self, double: f64) {
        let kind = match double {
            _ if double.is_normal() => &mut self.normal,
            _ if double == 0.0 => &mut self.zero,
            _ if double.is_infinite() => &mut self.infinite,
            _ => &mut self.subnormal,
        };
        *kind += 1;
    }
}
