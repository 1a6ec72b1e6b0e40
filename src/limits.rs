//! The numbers that every receiver goes by, in Rust and in JavaScript.
//!
//! The npm package has them from here: the build writes `js/src/generated/limits.js` from these constants.
//! What limits a verifier (tolerance, secrets, URLs, the body's size) is beside its options.

use core::time::Duration;

/// How long Docutray waits for an answer.
pub const DOCUTRAY_WAITS: Duration = Duration::from_secs(30);
/// From Docutray's first try of a delivery to its last: 30 s, 1 min, 5 min, 15 min, 1 h.
pub const RETRIES: Duration = Duration::from_secs(30 + 60 + 300 + 900 + 3_600);

/// How long a receiver takes for an answer by default.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(25);
/// The default budget for the bodies under way has room for this many of the largest size.
pub const DEFAULT_BODIES: u32 = 4;

/// How long a claim holds by default, unless it is renewed.
pub const DEFAULT_LEASE: Duration = Duration::from_secs(60);
/// The longest lease of a store.
pub const LONGEST_LEASE: Duration = Duration::from_secs(3_600);
/// How many times a lease is renewed in its length: if two renewals fail, the third is still in time.
pub const RENEWALS: u32 = 3;
/// How long an event that was processed is remembered by default. The least is [`RETRIES`].
pub const DEFAULT_REMEMBER: Duration = Duration::from_secs(86_400);
/// The longest that a store remembers an event: ten years, since a clock has an end.
pub const LONGEST_REMEMBER: Duration = Duration::from_secs(10 * 366 * 86_400);
/// How many events a store in memory remembers by default; some 20 MB.
pub const DEFAULT_EVENTS: u32 = 100_000;

/// How long a receiver waits for each call to its store. A client may wait much longer for a server that is away.
pub const STORE_WAIT: Duration = Duration::from_secs(5);
/// The least that a receiver waits for a claim. A body that arrived at the deadline is not lost for that.
pub const LEAST_CLAIM_WAIT: Duration = Duration::from_secs(1);
/// The pause before the second try to complete a claim. Each pause is twice the last.
pub const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause between two tries to complete a claim.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Lines of the log that anybody can cause come at most this often for each code.
pub const LOG_PAUSE: Duration = Duration::from_secs(60);
