//! The waits, pauses and bounds inside the receivers, in Rust and in JavaScript.

use core::time::Duration;

/// How many calls for a delivery's secret or verifier may be under way at a time. They run before anything is verified, so anybody
/// can cause one.
pub const CALLS_FOR_SECRETS: u32 = 100;

/// The largest body that is read and hashed only to explain why a delivery's metadata is not authentic, in bytes. It is hashed once for
/// each secret.
pub const LARGEST_EXPLAINED: u32 = 64 * 1024;
/// How long a receiver waits for a body that is read only for such an explanation. It reads at most one in [`LOG_PAUSE`].
pub const EXPLANATION_WAIT: Duration = Duration::from_secs(1);

/// How many times a lease is renewed within its length. If two renewals fail, the third is still in time.
pub const RENEWALS: u32 = 3;

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
