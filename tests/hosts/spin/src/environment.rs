//! A configuration as the application's environment.

use docutray_webhook_suite::Config;

type Variable = (&'static str, String);

/// The variables, or why variables cannot express the configuration.
pub(crate) fn of(config: &Config) -> Result<Vec<Variable>, &'static str> {
    let mut variables = Vec::new();
    if !config.secrets.is_empty() {
        variables.push(("DOCUTRAY_WEBHOOK_SECRET", lines(&config.secrets)?));
    }
    variables.push(if config.urls.is_empty() {
        ("DOCUTRAY_WEBHOOK_BODY_ONLY", "true".to_owned())
    } else {
        ("DOCUTRAY_WEBHOOK_URL", lines(&config.urls)?)
    });
    if let Some(seconds) = config.tolerance {
        // The interface's largest value is beyond the limit too.
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        variables.push(("DOCUTRAY_WEBHOOK_TOLERANCE", seconds.to_string()));
    }
    if let Some(bytes) = config.max_body {
        variables.push(("DOCUTRAY_WEBHOOK_MAX_BODY", bytes.to_string()));
    }
    Ok(variables)
}

/// The application reads several values as lines, and an empty variable as no value.
fn lines(values: &[String]) -> Result<String, &'static str> {
    if values.iter().any(|value| value.contains(['\n', '\0'])) {
        return Err("a secret or URL with a line end or NUL, which its variable cannot hold");
    }
    match values.join("\n") {
        joined if joined.is_empty() => Err("an empty secret or URL, which is none in its variable"),
        joined => Ok(joined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(secrets: &[&str], urls: &[&str]) -> Config {
        let owned = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        Config {
            secrets: owned(secrets),
            urls: owned(urls),
            tolerance: Some(1 << 40),
            max_body: Some(7),
        }
    }

    #[test]
    fn a_configuration_is_said_in_variables() {
        assert_eq!(
            of(&config(&["a", "", "b"], &[])),
            Ok(vec![
                ("DOCUTRAY_WEBHOOK_SECRET", "a\n\nb".to_owned()),
                ("DOCUTRAY_WEBHOOK_BODY_ONLY", "true".to_owned()),
                ("DOCUTRAY_WEBHOOK_TOLERANCE", u32::MAX.to_string()),
                ("DOCUTRAY_WEBHOOK_MAX_BODY", "7".to_owned()),
            ])
        );
    }

    #[test]
    fn what_lines_cannot_hold_is_left_out() {
        for config in [
            config(&["a\n"], &["u"]),
            config(&["a\0"], &["u"]),
            config(&[""], &["u"]),
            config(&["a"], &[""]),
        ] {
            assert!(of(&config).is_err(), "{config:?}");
        }
    }
}
