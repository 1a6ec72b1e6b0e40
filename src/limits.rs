//! The limits, time limits and defaults of the receivers, in Rust and in JavaScript.
//!
//! The build writes `js/src/generated/limits.js` for the npm package from these constants.
//! A verifier's limits (tolerance, secrets, URLs, body size) are beside its options.

use core::time::Duration;

/// How long Docutray waits for an answer.
pub const DOCUTRAY_WAITS: Duration = Duration::from_secs(30);
/// The time from Docutray's first attempt of a delivery to its last: 30 s, 1 min, 5 min, 15 min, 1 h.
pub const RETRIES: Duration = Duration::from_secs(30 + 60 + 300 + 900 + 3_600);

/// The default time in which a receiver answers.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(25);
/// The default budget for arriving bodies, as a multiple of the largest body.
pub const DEFAULT_BODIES: u32 = 4;

/// How many calls for a delivery's secret or verifier may be under way at a time. They run before anything is verified, so anybody
/// can cause one.
pub const CALLS_FOR_SECRETS: u32 = 100;

/// The largest body that is read and hashed only to explain why a delivery's metadata is not authentic, in bytes. It is hashed once for
/// each secret.
pub const LARGEST_EXPLAINED: u32 = 64 * 1024;
/// How long a receiver waits for a body that is read only for such an explanation. It reads at most one in [`LOG_PAUSE`].
pub const EXPLANATION_WAIT: Duration = Duration::from_secs(1);

/// The default length of a lease, unless it is renewed.
pub const DEFAULT_LEASE: Duration = Duration::from_secs(60);
/// The longest lease that a store accepts.
pub const LONGEST_LEASE: Duration = Duration::from_secs(3_600);
/// How many times a lease is renewed within its length. If two renewals fail, the third is still in time.
pub const RENEWALS: u32 = 3;
/// How long a processed event is remembered by default. The minimum is [`RETRIES`].
pub const DEFAULT_REMEMBER: Duration = Duration::from_secs(86_400);
/// The longest time for which a store remembers an event: ten years, so that clock arithmetic cannot overflow.
pub const LONGEST_REMEMBER: Duration = Duration::from_secs(10 * 366 * 86_400);
/// How many events a store in memory remembers by default: about 20 MB.
pub const DEFAULT_EVENTS: u32 = 100_000;

/// How long a receiver waits for each call to its store. A client may itself wait much longer for an unreachable server.
pub const STORE_WAIT: Duration = Duration::from_secs(5);
/// The minimum time that a receiver waits for a claim, so that a body which arrives at the deadline is not lost.
pub const LEAST_CLAIM_WAIT: Duration = Duration::from_secs(1);
/// The pause before the second attempt to complete a claim. Each pause is twice the previous one.
pub const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause between two attempts to complete a claim.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The minimum time between two log lines of the same code that any sender can cause.
pub const LOG_PAUSE: Duration = Duration::from_secs(60);

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
