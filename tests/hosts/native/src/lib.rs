//! The host `native`: the Rust crate itself, called as the suite calls any host.

mod case_result;

use std::time::Duration;

use docutray_webhook::{Error, Event, Verifier};
use docutray_webhook_suite::{Call, Case, CaseResult, Config, driver::Host};

/// The Rust crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Native;

impl Host for Native {
    type Verifier = Verifier;

    fn build(&mut self, config: &Config) -> Result<Verifier, CaseResult> {
        build(config).map_err(|error| case_result::of_error(&error))
    }

    fn call(&mut self, verifier: &mut Verifier, case: &Case) -> CaseResult {
        let result = match case.call {
            Call::Verify => verifier
                .verify(headers(case), &case.body, case.now)
                .map(|event| case_result::of_event(&event)),
            Call::Authorize => verifier
                .authorize(headers(case), case.now)
                .map(|delivery| case_result::of_delivery(&delivery)),
            Call::Stream => stream(verifier, case).map(|event| case_result::of_event(&event)),
        };
        result.unwrap_or_else(|error| case_result::of_error(&error))
    }
}

fn build(config: &Config) -> Result<Verifier, Error> {
    let mut builder = Verifier::builder().secrets(&config.secrets);
    builder = if config.urls.is_empty() {
        builder.body_only()
    } else {
        builder.urls(config.urls.clone())
    };
    if let Some(seconds) = config.tolerance {
        builder = builder.tolerance(Duration::from_secs(seconds));
    }
    if let Some(bytes) = config.max_body {
        builder = builder.max_body(bytes);
    }
    builder.build()
}

fn headers(case: &Case) -> impl Iterator<Item = (&str, &str)> {
    case.headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

fn stream(verifier: &Verifier, case: &Case) -> Result<Event, Error> {
    let mut check = verifier.begin(headers(case), case.now)?;
    for piece in case.pieces() {
        check.update(piece)?;
    }
    check.finish()
}
