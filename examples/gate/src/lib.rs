//! A middleware for HTTP, as a component of WASI 0.3. It stands before any service, verifies each delivery, and refuses it or
//! passes it on unchanged. See `README.md` for how to compose and run it.
//!
//! A host runs many requests at once in one instance, so they share nothing and must not trap.

mod answer;
mod bindings;
mod delivery;
mod outgoing;

use bindings::{
    exports::wasi::http::handler::Guest,
    wasi::http::{
        handler,
        types::{ErrorCode, Request, Response},
    },
};

/// The type that implements the world.
struct Gate;

impl Guest for Gate {
    async fn handle(request: Request) -> Result<Response, ErrorCode> {
        let verified = match delivery::verify(request).await {
            Ok(delivery) => delivery.into_request(),
            Err(outcome) => Err(outcome),
        };
        match verified {
            // The service's answer is passed on unchanged.
            Ok(request) => handler::handle(request).await,
            Err(outcome) => Ok(answer::refused(&outcome)),
        }
    }
}

#[expect(
    unsafe_code,
    reason = "generated: a host calls the exports by names that the linker keeps"
)]
mod exports {
    use crate::Gate;

    crate::bindings::export!(Gate with_types_in crate::bindings);
}
