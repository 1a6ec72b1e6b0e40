//! The world `webhook-verifier` as Rust, generated from the WIT.

wit_bindgen::generate!({ path: "..", world: "webhook-verifier" });

/// The types of the interface `verifier`.
pub(crate) use exports::docutray::webhook::verifier as wit;
