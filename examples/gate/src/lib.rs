//! A middleware for HTTP, as a component of WASI 0.3. It stands before any service, verifies each delivery, and refuses it or
//! passes it on unchanged. See `README.md` for how to compose and run it.
//!
//! A host runs many requests at once in one instance, so they share nothing and must not trap.

mod answer;
mod delivery;
mod outgoing;

use bindings::{
    exports::wasi::http::handler::Guest,
    wasi::http::{
        handler,
        types::{ErrorCode, Request, Response},
    },
};

#[expect(
    unsafe_code,
    reason = "generated: the canonical ABI passes strings, lists and resources as raw pointers"
)]
mod bindings {
    wit_bindgen::generate!({ path: "wit", world: "gate", generate_all });

    export!(Gate);
    use super::Gate;
}

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
