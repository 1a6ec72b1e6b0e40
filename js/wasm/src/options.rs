//! The options of a verifier as the package hands them over: their types are right, and nobody's getters are in them.
//! Everything else is the core's to judge, in its own words.

use core::time::Duration;

use docutray_webhook::{Builder, Verifier};
use serde::Deserialize;

use crate::number::whole;

const SECRET: &str = "secret";
const URL: &str = "url";
const MAX_BODY: &str = "maxBody";

/// Everything but the secrets, which come through memory that can be wiped.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Options {
    /// None: the metadata is not checked.
    urls: Option<Vec<String>>,
    /// In seconds.
    tolerance: Option<f64>,
    /// In bytes.
    max_body: Option<f64>,
}

impl Options {
    /// The core's builder with these options.
    pub(crate) fn builder(self, secrets: &mut dyn Iterator<Item = &str>) -> Builder {
        let mut builder = Verifier::builder().secrets(secrets);
        builder = match self.urls {
            Some(urls) => builder.urls(urls),
            None => builder.body_only(),
        };
        if let Some(seconds) = self.tolerance {
            // A number that is no duration becomes one which the core refuses as well.
            builder = builder.tolerance(Duration::try_from_secs_f64(seconds).unwrap_or_default());
        }
        if let Some(bytes) = self.max_body {
            builder = builder.max_body(whole(bytes));
        }
        builder
    }
}

/// The name here of an option of the core.
pub(crate) fn js_name(option: &str) -> &str {
    match option {
        "secrets" => SECRET,
        "urls" => URL,
        "max_body" => MAX_BODY,
        same => same,
    }
}
