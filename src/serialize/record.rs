//! The records of the layer, for logs.

use crate::tower::{DeliveryError, DeliveryRecord};
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use std::{
    string::{String, ToString as _},
    time::{Duration, SystemTime},
};

/// The last second of the year 9999, in Unix time. After it, ISO 8601 needs a fifth digit.
const LAST_SECOND: Duration = Duration::from_secs(253_402_300_799);

/// Writes a map of `time`, `event`, `id`, `key`, `request_id`, `verdict`, `code`, `error`, `status`, `duration_ms` and
/// `seen_before`. Absent values are left out.
///
/// `time` is ISO 8601 in UTC with milliseconds, such as `2026-01-31T09:05:00.000Z`, within the years 1970 to 9999. `duration_ms` is
/// in milliseconds, with fractions. A record of the npm package has the same values, under the names `requestId`, `durationMs` and
/// `seenBefore`.
impl Serialize for DeliveryRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts = [
            ("event", self.event.as_deref()),
            ("id", self.id.as_deref()),
            ("key", self.key.as_deref()),
            ("request_id", self.request_id.as_deref()),
            ("verdict", Some(self.verdict)),
            ("code", self.code),
        ];
        let mut record = serializer.serialize_map(None)?;
        record.serialize_entry("time", &iso_8601(self.time))?;
        for (name, text) in texts {
            if let Some(text) = text {
                record.serialize_entry(name, text)?;
            }
        }
        if let Some(error) = &self.error {
            record.serialize_entry("error", error)?;
        }
        record.serialize_entry("status", &self.status)?;
        record.serialize_entry("duration_ms", &(self.duration.as_secs_f64() * 1_000.0))?;
        record.serialize_entry("seen_before", &self.seen_before)?;
        record.end()
    }
}

/// Writes a map of `code`, `field` and `message`. An absent field is left out.
impl Serialize for DeliveryError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_map(None)?;
        error.serialize_entry("code", &self.code)?;
        if let Some(field) = &self.field {
            error.serialize_entry("field", field)?;
        }
        error.serialize_entry("message", &self.message)?;
        error.end()
    }
}

/// Returns the time as text. A clock may be set to any time, of which `humantime` writes only those years.
fn iso_8601(time: SystemTime) -> String {
    let last = SystemTime::UNIX_EPOCH + LAST_SECOND;
    let written = time.clamp(SystemTime::UNIX_EPOCH, last);
    humantime::format_rfc3339_millis(written).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc_with_milliseconds() {
        let epoch = SystemTime::UNIX_EPOCH;
        let leap = Duration::from_micros(1_709_164_799_999_999);
        for (time, written) in [
            (epoch, "1970-01-01T00:00:00.000Z"),
            (epoch + leap, "2024-02-28T23:59:59.999Z"),
            (epoch - leap, "1970-01-01T00:00:00.000Z"),
            (epoch + LAST_SECOND, "9999-12-31T23:59:59.000Z"),
            (epoch + 2 * LAST_SECOND, "9999-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(iso_8601(time), written);
        }
    }
}
