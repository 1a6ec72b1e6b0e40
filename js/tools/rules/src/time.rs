//! Times as Docutray's payloads have them.

use alloc::string::String;
use core::num::NonZeroU8;

use time::{
    OffsetDateTime,
    format_description::well_known::{
        Iso8601,
        iso8601::{Config, EncodedConfig, TimePrecision},
    },
};

const MILLISECONDS: EncodedConfig = Config::DEFAULT
    .set_time_precision(TimePrecision::Second {
        decimal_digits: NonZeroU8::new(3),
    })
    .encode();

/// The last second of the year 9999, after which ISO 8601 has no four digits.
const LAST: i64 = 253_402_300_799;

/// Returns the time in ISO 8601 with milliseconds: `2024-01-15T10:30:00.000Z`. `milliseconds` is Unix time in milliseconds; a
/// time after the year 9999 is the last second of that year.
#[must_use]
pub fn iso8601(milliseconds: u64) -> String {
    let seconds = i64::try_from(milliseconds / 1000).map_or(LAST, |seconds| seconds.min(LAST));
    let time = OffsetDateTime::from_unix_timestamp(seconds);
    let time = time.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let rest = u16::try_from(milliseconds % 1000).unwrap_or_default();
    let time = time.replace_millisecond(rest).unwrap_or(time);
    time.format(&Iso8601::<MILLISECONDS>).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::iso8601;

    #[test]
    fn times_have_milliseconds_and_four_digits_of_the_year() {
        assert_eq!(iso8601(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso8601(1_705_314_600_007), "2024-01-15T10:30:00.007Z");
        assert_eq!(iso8601(1_709_251_199_999), "2024-02-29T23:59:59.999Z");
        assert_eq!(iso8601(u64::MAX), "9999-12-31T23:59:59.615Z");
    }
}
