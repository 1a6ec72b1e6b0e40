//! Fills the marks in a sample's text.

use alloc::{format, string::String};

use serde::{Deserialize, Serialize};

use super::catalogue::Sample;
use crate::{
    fault::Fault,
    json::{Json, quoted},
    time::iso8601,
};

/// The form of `error` in the payload of a failed event, which Docutray does not document.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FailedError {
    /// A string: as in Docutray's status API.
    #[default]
    String,
    /// An object with a code and a message.
    Object,
    /// No `error`.
    None,
}

/// What takes the places of the marks in a sample's text.
pub(super) struct Filling<'a> {
    pub(super) id: &'a str,
    /// Unix time in seconds.
    pub(super) requested: u64,
    pub(super) responded: u64,
    pub(super) failed_error: FailedError,
}

impl Filling<'_> {
    /// Returns the payload without white space, as Docutray's own serialiser writes it. Numbers keep their digits.
    pub(super) fn fill(&self, sample: &Sample) -> Result<String, Fault> {
        let time = |seconds: u64| format!("\"{}\"", iso8601(seconds.saturating_mul(1000)));
        let text = Json::check(sample.text.as_bytes())?.compact();
        let data = match sample.data {
            Some(data) => Json::check(data().as_bytes())?.compact(),
            None => String::new(),
        };
        Ok(text
            .replace("\"@id\"", &quoted(self.id))
            .replace("\"@requested\"", &time(self.requested))
            .replace("\"@responded\"", &time(self.responded))
            .replace(",\"error\":\"@error\"", self.error())
            .replace("\"@data\"", &data))
    }

    const fn error(&self) -> &'static str {
        match self.failed_error {
            FailedError::String => ",\"error\":\"The document could not be read: page 1 is blank\"",
            FailedError::Object => {
                ",\"error\":{\"code\":\"EXTRACTION_FAILED\",\"message\":\"The document could not be read: page 1 is blank\"}"
            }
            FailedError::None => "",
        }
    }
}
