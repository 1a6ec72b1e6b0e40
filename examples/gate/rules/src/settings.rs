//! The environment's variables, as a verifier.

use std::time::Duration;

use docutray_webhook::{
    Code, Verifier,
    answer::{Outcome, Refusal},
};

/// Makes the verifier from the environment.
///
/// # Errors
/// If a variable is missing or wrong. Whoever hosts the gate may keep the environment from it: then nothing may pass.
pub fn verifier(variable: impl Fn(&str) -> Option<String>) -> Result<Verifier, Outcome<'static>> {
    // A variable that is empty is one that is not set.
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut builder = Verifier::builder()
        .secrets(variable("DOCUTRAY_SECRET"))
        .urls(variable("DOCUTRAY_URL"));
    // An old secret alone is a mistake: the present one is not known.
    if variable("DOCUTRAY_SECRET").is_some() {
        builder = builder.secrets(variable("DOCUTRAY_SECRET_OLD"));
    }
    if let Some(seconds) = variable("DOCUTRAY_TOLERANCE") {
        let seconds = number("DOCUTRAY_TOLERANCE", &seconds, "seconds")?;
        builder = builder.tolerance(Duration::from_secs(seconds));
    }
    if let Some(bytes) = variable("DOCUTRAY_MAX_BODY") {
        builder = builder.max_body(number("DOCUTRAY_MAX_BODY", &bytes, "bytes")?);
    }
    Ok(builder.build()?)
}

/// A variable cannot work; the problem must hold nothing of its value.
#[must_use]
pub fn misconfigured(name: &'static str, problem: &str) -> Outcome<'static> {
    Outcome::Refused(Refusal {
        code: Code::InvalidConfig,
        field: Some(name.into()),
        detail: format!("{}: {name}: {problem}", Code::InvalidConfig).into(),
    })
}

fn number(name: &'static str, value: &str, unit: &str) -> Result<u64, Outcome<'static>> {
    let number = value.parse();
    number.map_err(|_| misconfigured(name, &format!("expected a number of {unit}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 2] = [
        ("DOCUTRAY_SECRET", "secret"),
        ("DOCUTRAY_URL", "https://example.com/hooks"),
    ];

    fn with(more: &[(&str, &str)]) -> Result<Verifier, Outcome<'static>> {
        let variables = [&COMPLETE[..], more].concat();
        verifier(|name| {
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
            ("DOCUTRAY_SECRET", ""),
            ("DOCUTRAY_URL", ""),
            ("DOCUTRAY_TOLERANCE", "0"),
            ("DOCUTRAY_TOLERANCE", "5m"),
            ("DOCUTRAY_MAX_BODY", "16 MiB"),
        ];
        for fault in faults {
            let outcome = with(&[fault]).expect_err(fault.0);
            assert_eq!(outcome.status(), 500, "{fault:?}");
            assert_eq!(outcome.code(), Some("invalid_config"), "{fault:?}");
            assert!(
                outcome.detail().starts_with("invalid_config: "),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn an_old_secret_does_not_stand_in_for_the_present_one() {
        assert!(with(&[("DOCUTRAY_SECRET_OLD", "old")]).is_ok());
        let without = with(&[("DOCUTRAY_SECRET", ""), ("DOCUTRAY_SECRET_OLD", "old")]);
        assert!(without.is_err());
    }
}
