//! The settings that `examples/gate` and `examples/proxy` read from the environment: a verifier and a deadline for bodies.

use std::{fmt, time::Duration};

use docutray_webhook::{Error, Verifier, answer::Outcome};

/// In seconds. Docutray waits 30 for an answer.
const BODY_DEADLINE: u64 = 25;

/// The settings from the environment.
#[derive(Debug)]
pub struct Settings {
    /// The verifier of deliveries.
    pub verifier: Verifier,
    /// How long a body may take to arrive.
    pub body_deadline: Duration,
}

/// Why the settings are wrong, for the operator. The sender is told only its [`Outcome`].
#[derive(Debug)]
pub struct Misconfigured(String);

impl Settings {
    /// Reads the variables. An empty variable counts as unset.
    ///
    /// # Errors
    /// Fails if a variable is missing or wrong. A host may withhold the environment from the gate, and then nothing may pass.
    pub fn new(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Misconfigured> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let number = |name, unit| number(name, variable(name), unit);
        let mut builder = Verifier::builder()
            .secrets(variable("DOCUTRAY_WEBHOOK_SECRET"))
            .urls(variable("DOCUTRAY_WEBHOOK_URL"));
        // Only an old secret is a mistake, because the current one is missing.
        if variable("DOCUTRAY_WEBHOOK_SECRET").is_some() {
            builder = builder.secrets(variable("DOCUTRAY_WEBHOOK_SECRET_OLD"));
        }
        if let Some(seconds) = number("DOCUTRAY_WEBHOOK_TOLERANCE", "seconds")? {
            builder = builder.tolerance(Duration::from_secs(seconds));
        }
        if let Some(bytes) = number("DOCUTRAY_WEBHOOK_MAX_BODY", "bytes")? {
            builder = builder.max_body(bytes);
        }
        let seconds = number("DOCUTRAY_WEBHOOK_BODY_DEADLINE", "seconds")?;
        Ok(Self {
            verifier: builder.build()?,
            body_deadline: Duration::from_secs(seconds.unwrap_or(BODY_DEADLINE)),
        })
    }
}

impl Misconfigured {
    /// Reports a wrong variable. The problem must not contain the variable's value.
    #[must_use]
    pub fn new(name: &str, problem: &str) -> Self {
        Self(format!("{name}: {problem}"))
    }
}

impl fmt::Display for Misconfigured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing can be verified: {}", self.0)
    }
}

impl From<Error> for Misconfigured {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl From<Misconfigured> for Outcome<'static> {
    /// Returns what any sender is told about a wrong configuration: 500, `invalid_config`.
    fn from(_: Misconfigured) -> Self {
        Self::misconfigured()
    }
}

fn number(name: &str, value: Option<String>, unit: &str) -> Result<Option<u64>, Misconfigured> {
    let wrong = |_| Misconfigured::new(name, &format!("expected a number of {unit}"));
    value.map(|value| value.parse().map_err(wrong)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 2] = [
        ("DOCUTRAY_WEBHOOK_SECRET", "secret"),
        ("DOCUTRAY_WEBHOOK_URL", "https://example.com/hooks"),
    ];

    fn with(more: &[(&str, &str)]) -> Result<Settings, Misconfigured> {
        let variables = [&COMPLETE[..], more].concat();
        Settings::new(|name| {
            let variable = variables.iter().rev().find(|variable| variable.0 == name);
            variable.map(|variable| variable.1.to_owned())
        })
    }

    #[test]
    fn a_secret_and_a_url_are_enough() {
        assert!(with(&[]).is_ok());
    }

    #[test]
    fn what_is_missing_or_wrong_is_refused_with_500() {
        let faults = [
            ("DOCUTRAY_WEBHOOK_SECRET", ""),
            ("DOCUTRAY_WEBHOOK_URL", ""),
            ("DOCUTRAY_WEBHOOK_TOLERANCE", "0"),
            ("DOCUTRAY_WEBHOOK_TOLERANCE", "5m"),
            ("DOCUTRAY_WEBHOOK_MAX_BODY", "16 MiB"),
            ("DOCUTRAY_WEBHOOK_MAX_BODY", "268435457"),
            ("DOCUTRAY_WEBHOOK_BODY_DEADLINE", "soon"),
        ];
        for fault in faults {
            let misconfigured = with(&[fault]).expect_err(fault.0);
            assert!(!misconfigured.to_string().is_empty());
            let outcome = Outcome::from(misconfigured);
            assert_eq!(outcome.status(), 500, "{fault:?}");
            assert_eq!(outcome.code(), Some("invalid_config"), "{fault:?}");
            let body = outcome.answer().body;
            for option in ["secret", "url", "tolerance", "DOCUTRAY", "field"] {
                assert!(!body.contains(option), "{fault:?}: {body}");
            }
        }
    }

    #[test]
    fn an_old_secret_does_not_stand_in_for_the_present_one() {
        assert!(with(&[("DOCUTRAY_WEBHOOK_SECRET_OLD", "old")]).is_ok());
        let without = with(&[
            ("DOCUTRAY_WEBHOOK_SECRET", ""),
            ("DOCUTRAY_WEBHOOK_SECRET_OLD", "old"),
        ]);
        assert!(without.is_err());
    }
}
