//! docutray-webhook as a WebAssembly component: the types of `../webhook.wit` to
//! those of the crate, and back.
//!
//! No rule stands here. What a header, a limit or an error is, the crate says; what
//! a caller may rely on, the WIT says.

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

/// What implements the world.
struct Component;

impl wit::Guest for Component {
    type Verifier = verifier::Verifier;
    type BodyCheck = verifier::BodyCheck;
}
