//! docutray-webhook as a WebAssembly component: the types of `../webhook.wit` to
//! those of the crate, and back.
//!
//! No rule stands here. What a header, a limit or an error is, the crate says; what
//! a caller may rely on, the WIT says.

mod answers;
mod bindings;
mod config;
mod error;
mod event;
mod payload;
mod rejection;
mod verifier;

use crate::bindings::wit;

/// What implements the world.
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
