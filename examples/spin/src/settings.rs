//! What the receiver is told from outside: its environment. A secret or a URL may be several, a line each.

use std::{env, str::FromStr};

use crate::{
    answer::Refusal,
    dependencies::docutray::webhook::verifier::{Config, Metadata},
};

/// The verifier's configuration. What is wrong with it, the verifier says: 500, `invalid_config`.
pub(crate) fn config() -> Result<Config, Refusal> {
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

/// A variable that is empty is one that is not set.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn lines(name: &str) -> Vec<String> {
    variable(name).map_or_else(Vec::new, |value| {
        value.split('\n').map(str::to_owned).collect()
    })
}

fn number<N: FromStr>(name: &str) -> Result<Option<N>, Refusal> {
    let parse = |value: String| {
        value.parse().map_err(|_| {
            eprintln!("{name}: expected a number, found {value:?}");
            Refusal::settings()
        })
    };
    variable(name).map(parse).transpose()
}
