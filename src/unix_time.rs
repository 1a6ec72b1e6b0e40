//! The time that a delivery's timestamp is compared with.

#[cfg(feature = "std")]
use std::time::SystemTime;

/// Unix time in whole seconds. [`Verifier::verify`](crate::Verifier::verify) and the other methods take it as `now`. They also
/// accept a `u64` of seconds.
///
/// ```
/// use docutray_webhook::UnixTime;
///
/// let time = UnixTime::from_secs(1_705_314_600);
/// assert_eq!(time, UnixTime::from(1_705_314_600));
/// assert_eq!(time.as_secs(), 1_705_314_600);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(u64);

impl UnixTime {
    /// Returns the system clock's time. If the clock is before 1970 it is 0, which makes every delivery too new.
    ///
    /// Needs the feature `std`, which is on by default.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Creates a time from the seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_secs(self) -> u64 {
        self.0
    }
}

impl From<u64> for UnixTime {
    /// Creates a time from seconds.
    fn from(seconds: u64) -> Self {
        Self(seconds)
    }
}

#[cfg(feature = "std")]
impl From<SystemTime> for UnixTime {
    /// Cuts the fraction of a second off. A time before 1970 becomes 0.
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH);
        Self(since.map_or(0, |since| since.as_secs()))
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    use core::time::Duration;

    #[test]
    fn a_system_time_is_cut_to_its_second_and_never_before_1970() {
        let after = |millis| SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        assert_eq!(UnixTime::from(after(999)).as_secs(), 0);
        assert_eq!(UnixTime::from(after(1_000)).as_secs(), 1);
        assert_eq!(
            UnixTime::from(after(1_705_314_600_999)).as_secs(),
            1_705_314_600
        );
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(UnixTime::from(before).as_secs(), 0);
    }

    #[test]
    fn now_is_in_seconds_and_not_in_milliseconds() {
        let year_2000_to_5138 = 946_684_800..100_000_000_000;
        assert!(year_2000_to_5138.contains(&UnixTime::now().as_secs()));
    }
}
