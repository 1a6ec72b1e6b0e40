//! Promise: behind the layer and the extractor there is nothing but verified events, each once; and every sender gets the
//! answer of the table.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod chunks;
mod delivery;
mod sending;
mod service;
mod stores;
mod telling;

mod any_service;
mod bodies;
mod budget;
mod claims;
mod deadline;
mod extractor;
mod http;
mod http2;
mod layer;
mod leases;
mod log;
mod memory;
mod once;
mod response;
mod scripts;
mod told;
mod traces;
mod unfit;
