//! The inputs of functions that take several values in Rust.

use docutray_webhook_tools::{answers::Failure, samples::Edit, wire::Bytes};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditInput {
    pub(crate) body: Bytes,
    pub(crate) set: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FailureInput {
    pub(crate) failure: Failure,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HostInput {
    pub(crate) host: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TreeInput {
    pub(crate) body: Bytes,
}
