//! The limits and defaults of the receivers, in Rust and in JavaScript.
//!
//! The build writes `js/src/generated/limits.js` for the npm package from these constants.
//! A verifier's limits (tolerance, secrets, URLs, body size) are beside its options.

// Public only for the build, which writes these for the npm package, too. They are no part of the crate's interface and may
// change in any version.
#[doc(hidden)]
pub mod tuning;

use core::time::Duration;

/// How long Docutray waits for an answer.
pub const DOCUTRAY_WAITS: Duration = Duration::from_secs(30);
/// The time from Docutray's first attempt of a delivery to its last: 30 s, 1 min, 5 min, 15 min, 1 h.
pub const RETRIES: Duration = Duration::from_secs(30 + 60 + 300 + 900 + 3_600);

/// The default time in which a receiver answers.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(25);
/// The default budget for arriving bodies, as a multiple of the largest body.
pub const DEFAULT_BODIES: u32 = 4;

/// The default length of a lease, unless it is renewed.
pub const DEFAULT_LEASE: Duration = Duration::from_secs(60);
/// The longest lease of the stores in this crate and in the npm package.
pub const LONGEST_LEASE: Duration = Duration::from_secs(3_600);
/// How long a processed event is remembered by default. The minimum is [`RETRIES`].
pub const DEFAULT_REMEMBER: Duration = Duration::from_secs(86_400);
/// The longest time for which a store remembers an event: ten years, so that clock arithmetic cannot overflow.
pub const LONGEST_REMEMBER: Duration = Duration::from_secs(10 * 366 * 86_400);
/// How many events a store in memory remembers by default: about 20 MB.
pub const DEFAULT_EVENTS: u32 = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// The advice about the tolerance names the same number.
    #[test]
    fn the_last_retry_comes_4890_seconds_after_the_first_attempt() {
        assert_eq!(RETRIES.as_secs(), 4_890);
    }

    #[test]
    fn a_store_remembers_for_ten_years_at_most() {
        let days = LONGEST_REMEMBER.as_secs() / 86_400;
        assert!((3_652..=3_660).contains(&days), "{days}");
    }
}
