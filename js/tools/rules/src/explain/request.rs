//! What is explained.

use alloc::{string::String, vec::Vec};

use serde::Deserialize;

use crate::{
    secret::Secret,
    wire::{Bytes, Fields},
};

/// A delivery as it came, and the configuration of its receiver.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExplainRequest {
    /// All headers of the request.
    pub headers: Fields,
    /// The body as it came.
    pub body: Bytes,
    /// The configured secrets, newest first.
    pub secrets: Vec<Secret>,
    /// The configured URL. Without one the metadata is not checked.
    #[serde(default)]
    pub url: Option<String>,
    /// The request's target as it came, such as `/hooks?a=1`: it helps to find what is wrong with the URL.
    #[serde(default)]
    pub target: Option<String>,
    /// The time of the receiver: Unix time in seconds.
    pub now: u64,
    /// In seconds. The default is the core's.
    #[serde(default)]
    pub tolerance: Option<u64>,
    /// In bytes. The default is the core's.
    #[serde(default)]
    pub max_body: Option<u64>,
}

impl ExplainRequest {
    /// The values of a header.
    pub(super) fn header(&self, name: &str) -> Vec<&str> {
        let headers = self.headers.iter();
        let named = headers.filter(|header| header.0.eq_ignore_ascii_case(name));
        named.map(|header| header.1.trim()).collect()
    }
}
