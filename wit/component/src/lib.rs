//! docutray-webhook as a WebAssembly component: converts between the types of `../webhook.wit` and those of the crate.
//!
//! It contains no rules. The crate defines the headers, limits and errors. The WIT documents the interface.

mod answers;
mod bindings;
mod config;
mod error;
mod event;
mod payload;
mod rejection;
mod verifier;

use crate::bindings::wit;

/// The type that implements the world.
struct Component;

impl wit::Guest for Component {
    type Verifier = verifier::Verifier;
    type BodyCheck = verifier::BodyCheck;
}

#[expect(
    unsafe_code,
    reason = "generated: a host calls the exports by names that the linker keeps"
)]
mod exports {
    use crate::Component;

    crate::bindings::export!(Component with_types_in crate::bindings);
}
