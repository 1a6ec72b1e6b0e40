//! A middleware for HTTP, as a component of WASI 0.3: it stands before any service, verifies each delivery of
//! Docutray, and refuses it or hands it on unchanged. How it is composed and run: see `README.md`.
//!
//! A host runs many requests at once in one instance: nothing is shared between them, and nothing may trap.

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

/// What implements the world.
struct Gate;

impl Guest for Gate {
    async fn handle(request: Request) -> Result<Response, ErrorCode> {
        let verified = match delivery::verify(request).await {
            Ok(delivery) => delivery.into_request(),
            Err(outcome) => Err(outcome),
        };
        match verified {
            // Whatever the service answers is the answer, as it comes.
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
