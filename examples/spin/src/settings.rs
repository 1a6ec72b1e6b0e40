//! The receiver's settings from its environment. There may be several secrets and URLs, one on each line.

use std::{env, str::FromStr, time::Duration};

use crate::{
    answer::NoEvent,
    dependencies::docutray::webhook::{
        answers::Outcome,
        verifier::{Config, Metadata, Verifier},
    },
};

/// In seconds. Docutray waits 30 for an answer.
const BODY_DEADLINE: u64 = 25;

/// Returns the verifier's configuration. The verifier checks it and fails with 500, `invalid_config`.
pub(crate) fn config() -> Result<Config, NoEvent> {
    let body_only = variable("DOCUTRAY_WEBHOOK_BODY_ONLY").is_some_and(|value| value == "true");
    Ok(Config {
        secrets: [
            lines("DOCUTRAY_WEBHOOK_SECRET"),
            lines("DOCUTRAY_WEBHOOK_SECRET_OLD"),
        ]
        .concat(),
        // An unset URL must not turn the check of the metadata off: the empty list is refused.
        metadata: match lines("DOCUTRAY_WEBHOOK_URL") {
            urls if body_only && urls.is_empty() => Metadata::BodyOnly,
            urls => Metadata::Registered(urls),
        },
        tolerance: number("DOCUTRAY_WEBHOOK_TOLERANCE")?,
        max_body: number("DOCUTRAY_WEBHOOK_MAX_BODY")?,
    })
}

/// Returns how long a body may take to arrive.
pub(crate) fn body_deadline() -> Result<Duration, NoEvent> {
    let seconds = number("DOCUTRAY_WEBHOOK_BODY_DEADLINE")?.unwrap_or(BODY_DEADLINE);
    Ok(Duration::from_secs(seconds))
}

/// Reads a variable. An empty variable counts as unset.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn lines(name: &str) -> Vec<String> {
    variable(name).map_or_else(Vec::new, |value| {
        value.split('\n').map(str::to_owned).collect()
    })
}

fn number<N: FromStr>(name: &str) -> Result<Option<N>, NoEvent> {
    let parse = |value: String| value.parse().map_err(|_| no_number(name));
    variable(name).map(parse).transpose()
}

/// Returns the reason for a wrong configuration. Its sender is told the same as for a verifier without a secret.
fn no_number(name: &str) -> NoEvent {
    eprintln!("{name}: expected a number");
    let nothing = Config {
        secrets: Vec::new(),
        metadata: Metadata::Registered(Vec::new()),
        tolerance: None,
        max_body: None,
    };
    let outcome = match Verifier::new(&nothing) {
        Err(error) => Outcome::Refused(error),
        Ok(_) => Outcome::HandlerFailed,
    };
    NoEvent::Outcome(outcome)
}
