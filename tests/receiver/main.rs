//! Promise: services behind the layer and handlers with the extractor get only verified events, the services each event
//! once. Every sender gets the table's answer.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod chunks;
mod delivery;
mod patience;
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
mod tenants;
mod told;
mod traces;
mod unfit;
