//! docutray-webhook as a WebAssembly component: converts between the types of `../webhook.wit` and those of the crate.
//!
//! It contains no rules. The crate defines the headers, limits and errors. The WIT documents the interface.

mod answers;
mod config;
mod error;
mod event;
mod payload;
mod rejection;
mod verifier;

#[expect(
    unsafe_code,
    reason = "generated: the canonical ABI passes strings, lists and resources as raw pointers"
)]
mod bindings {
    wit_bindgen::generate!({ path: "..", world: "webhook-verifier" });

    export!(Component);
    use super::Component;
}

/// The types of the interface `verifier`, as Rust.
use bindings::exports::docutray::webhook::verifier as wit;

/// The type that implements the world.
struct Component;

impl wit::Guest for Component {
    type Verifier = verifier::Verifier;
    type BodyCheck = verifier::BodyCheck;
}
