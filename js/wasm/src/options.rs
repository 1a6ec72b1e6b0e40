//! A verifier's options as the package passes them. The package has checked their types and called any getters. The core
//! checks everything else.

use core::time::Duration;

use docutray_webhook::{Verifier, VerifierBuilder};

use crate::{fields::Fields, number::whole};

const SECRET: &str = "secret";
const URL: &str = "url";
const MAX_BODY: &str = "maxBody";

/// The tags of the options that are text. They pass through the buffer, because it can be wiped.
const SECRETS: u8 = 0;
const URLS: u8 = 1;

/// The options that are not text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Whether the metadata is checked, with the URLs among the fields.
    pub(crate) registered: bool,
    /// In seconds.
    pub(crate) tolerance: Option<f64>,
    /// In bytes.
    pub(crate) max_body: Option<f64>,
}

impl Options {
    /// Returns the core's builder with these options and those among the fields.
    pub(crate) fn builder(self, fields: Fields<'_>) -> VerifierBuilder {
        let mut builder = Verifier::builder().secrets(fields.texts(SECRETS));
        builder = if self.registered {
            builder.urls(fields.texts(URLS))
        } else {
            builder.body_only()
        };
        if let Some(seconds) = self.tolerance {
            // A number that is no valid duration becomes 0, which the core refuses.
            builder = builder.tolerance(Duration::try_from_secs_f64(seconds).unwrap_or_default());
        }
        if let Some(bytes) = self.max_body {
            builder = builder.max_body(whole(bytes));
        }
        builder
    }
}

/// Returns the JavaScript name of a core option.
pub(crate) fn js_name(option: &str) -> &str {
    match option {
        "secrets" => SECRET,
        "urls" => URL,
        "max_body" => MAX_BODY,
        same => same,
    }
}
