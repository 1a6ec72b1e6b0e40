//! The five headers that Docutray signs with, in lower case.

pub(crate) const SIGNATURE: &str = "x-docutray-signature";
pub(crate) const AUTH_SIGNATURE: &str = "x-docutray-auth-signature";
pub(crate) const TIMESTAMP: &str = "x-docutray-timestamp";
pub(crate) const REQUEST_ID: &str = "x-docutray-request-id";
pub(crate) const EVENT: &str = "x-docutray-event";

/// The headers' names in lower case, in the order in which they are checked (that of Docutray's page on signature
/// verification). No other header matters to any check.
pub const HEADER_NAMES: &[&str] = &[SIGNATURE, AUTH_SIGNATURE, TIMESTAMP, REQUEST_ID, EVENT];
