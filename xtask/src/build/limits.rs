//! Writes the crate's numbers for the npm package. Its stores do not load the module, so they cannot ask it.

use std::{fmt::Write as _, time::Duration};

use docutray_webhook::limits::{tuning::*, *};

/// Constants as numbers, each with its name.
macro_rules! named {
    ($number:expr, $($name:ident)*) => {
        [$((stringify!($name), $number(&$name))),*]
    };
}

/// A module of JavaScript, and its types.
pub(super) struct Limits {
    pub(super) script: String,
    pub(super) types: String,
}

impl Limits {
    pub(super) fn write() -> Self {
        let durations = named!(Duration::as_secs_f64,
            DOCUTRAY_WAITS RETRIES DEFAULT_DEADLINE DEFAULT_LEASE LONGEST_LEASE DEFAULT_REMEMBER LONGEST_REMEMBER
            STORE_WAIT LEAST_CLAIM_WAIT FIRST_PAUSE LONGEST_PAUSE LOG_PAUSE EXPLANATION_WAIT);
        let counts = named!(|count: &u32| f64::from(*count),
            CALLS_FOR_SECRETS DEFAULT_BODIES RENEWALS DEFAULT_EVENTS LARGEST_EXPLAINED);
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
