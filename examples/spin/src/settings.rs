//! What the receiver is told from outside: its environment. A secret or a URL may be several, a line each.

use std::{env, str::FromStr, time::Duration};

use crate::{
    answer::NoEvent,
    dependencies::docutray::webhook::{
        answers::Outcome,
        verifier::{Config, Metadata, Verifier},
    },
};

/// In seconds: Docutray takes no answer after 30.
const BODY_DEADLINE: u64 = 25;

/// The verifier's configuration. What is wrong with it, the verifier says: 500, `invalid_config`.
pub(crate) fn config() -> Result<Config, NoEvent> {
    let body_only = variable("DOCUTRAY_BODY_ONLY").is_some_and(|value| value == "true");
    Ok(Config {
        secrets: [lines("DOCUTRAY_SECRET"), lines("DOCUTRAY_SECRET_OLD")].concat(),
        // A URL that nobody has set is no wish to go without: an empty list is refused.
        metadata: match lines("DOCUTRAY_URL") {
            urls if body_only && urls.is_empty() => Metadata::BodyOnly,
            urls => Metadata::Registered(urls),
        },
        tolerance: number("DOCUTRAY_TOLERANCE")?,
        max_body: number("DOCUTRAY_MAX_BODY")?,
    })
}

/// How long a body may take to arrive.
pub(crate) fn body_deadline() -> Result<Duration, NoEvent> {
    let seconds = number("DOCUTRAY_BODY_DEADLINE")?.unwrap_or(BODY_DEADLINE);
    Ok(Duration::from_secs(seconds))
}

/// A variable that is empty is one that is not set.
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

/// A verifier without a secret is refused, and the sender is told the same of any configuration that cannot work.
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
