//! `record config` to the crate's builder.

use core::time::Duration;

use docutray_webhook::{Builder, Verifier};
use zeroize::Zeroizing;

use crate::bindings::wit;

/// The builder with everything that `config` names; the crate judges it in `build`.
pub(crate) fn builder(config: wit::Config) -> Builder {
    let wit::Config {
        secrets,
        metadata,
        tolerance,
        max_body,
    } = config;
    // The host wrote the secrets into this component's memory: wipe them there.
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
