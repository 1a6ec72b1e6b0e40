//! Converts `record config` to the crate's builder.

use core::time::Duration;

use docutray_webhook::{Verifier, VerifierBuilder};
use zeroize::Zeroizing;

use crate::bindings::wit;

/// Returns a builder with all entries of `config`. The crate checks them in `build`.
pub(crate) fn builder(config: wit::Config) -> VerifierBuilder {
    let wit::Config {
        secrets,
        metadata,
        tolerance,
        max_body,
    } = config;
    // The host has written the secrets into this component's memory, so they are wiped there.
    let secrets = secrets.into_iter().map(Zeroizing::new);
    let builder = Verifier::builder().secrets(secrets);
    let mut builder = match metadata {
        wit::Metadata::Registered(urls) => builder.urls(urls),
        wit::Metadata::BodyOnly => builder.body_only(),
    };
    if let Some(seconds) = tolerance {
        builder = builder.tolerance(Duration::from_secs(seconds.into()));
    }
    if let Some(bytes) = max_body {
        builder = builder.max_body(bytes);
    }
    builder
}
