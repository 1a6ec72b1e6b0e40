//! The options of a verifier as the package hands them over: their types are right, and nobody's getters are in them.
//! Everything else is the core's to judge, in its own words.

use core::time::Duration;

use docutray_webhook::{Verifier, VerifierBuilder};

use crate::{fields::Fields, number::whole};

const SECRET: &str = "secret";
const URL: &str = "url";
const MAX_BODY: &str = "maxBody";

/// The tags of the fields, which come through memory that can be wiped.
const SECRETS: u8 = 0;
const URLS: u8 = 1;

/// The options that are no text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Otherwise the metadata is not checked.
    pub(crate) registered: bool,
    /// In seconds.
    pub(crate) tolerance: Option<f64>,
    /// In bytes.
    pub(crate) max_body: Option<f64>,
}

impl Options {
    /// The core's builder with these options, and those that are among the fields.
    pub(crate) fn builder(self, fields: Fields<'_>) -> VerifierBuilder {
        let mut builder = Verifier::builder().secrets(fields.texts(SECRETS));
        builder = if self.registered {
            builder.urls(fields.texts(URLS))
        } else {
            builder.body_only()
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
