//! Writes the crate's numbers for the npm package. Its stores do not load the module, so they cannot ask it.

use std::{fmt::Write as _, time::Duration};

use docutray_webhook::limits::{
    CALLS_FOR_SECRETS, DEFAULT_BODIES, DEFAULT_DEADLINE, DEFAULT_EVENTS, DEFAULT_LEASE,
    DEFAULT_REMEMBER, DOCUTRAY_WAITS, EXPLANATION_WAIT, FIRST_PAUSE, LARGEST_EXPLAINED,
    LEAST_CLAIM_WAIT, LOG_PAUSE, LONGEST_LEASE, LONGEST_PAUSE, LONGEST_REMEMBER, RENEWALS, RETRIES,
    STORE_WAIT,
};

/// In seconds.
const DURATIONS: [(&str, Duration); 13] = [
    ("EXPLANATION_WAIT", EXPLANATION_WAIT),
    ("DOCUTRAY_WAITS", DOCUTRAY_WAITS),
    ("RETRIES", RETRIES),
    ("DEFAULT_DEADLINE", DEFAULT_DEADLINE),
    ("DEFAULT_LEASE", DEFAULT_LEASE),
    ("LONGEST_LEASE", LONGEST_LEASE),
    ("DEFAULT_REMEMBER", DEFAULT_REMEMBER),
    ("LONGEST_REMEMBER", LONGEST_REMEMBER),
    ("STORE_WAIT", STORE_WAIT),
    ("LEAST_CLAIM_WAIT", LEAST_CLAIM_WAIT),
    ("FIRST_PAUSE", FIRST_PAUSE),
    ("LONGEST_PAUSE", LONGEST_PAUSE),
    ("LOG_PAUSE", LOG_PAUSE),
];
const COUNTS: [(&str, u32); 5] = [
    ("LARGEST_EXPLAINED", LARGEST_EXPLAINED),
    ("CALLS_FOR_SECRETS", CALLS_FOR_SECRETS),
    ("DEFAULT_BODIES", DEFAULT_BODIES),
    ("RENEWALS", RENEWALS),
    ("DEFAULT_EVENTS", DEFAULT_EVENTS),
];

/// A module of JavaScript, and its types.
pub(super) struct Limits {
    pub(super) script: String,
    pub(super) types: String,
}

impl Limits {
    pub(super) fn write() -> Self {
        let durations = DURATIONS.map(|(name, duration)| (name, duration.as_secs_f64()));
        let counts = COUNTS.map(|(name, count)| (name, f64::from(count)));
        let mut limits = Self {
            script: "// The constants of the crate's module `limits`. Durations are in seconds.\n".into(),
            types: "// The constants of the crate's module `limits`, which documents them. Durations are in seconds.\n".into(),
        };
        for (name, value) in durations.into_iter().chain(counts) {
            // Writing to a String cannot fail.
            let _ = writeln!(limits.script, "export const {name} = {value};");
            let _ = writeln!(limits.types, "export const {name}: number;");
        }
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn fractions_and_large_numbers_are_written_as_javascript_has_them() {
        let Limits { script, types } = Limits::write();
        assert!(
            script.contains("export const FIRST_PAUSE = 0.1;\n"),
            "{script}"
        );
        assert!(
            script.contains("export const LONGEST_REMEMBER = 316224000;\n"),
            "{script}"
        );
        assert!(
            types.contains("export const DEFAULT_EVENTS: number;\n"),
            "{types}"
        );
    }
}
