//! Tests of examples/gate and examples/proxy in `wasmtime serve`, over HTTP.
//!
//! `cargo xtask test wasi` builds the components, and passes their paths in environment variables.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; here what these call is tests as well"
)]

mod artefact;
mod doctor;
mod echo;
mod gate_interface;
mod gate_load;
mod gate_passes;
mod gate_refuses;
mod gate_spin;
mod gate_unconfigured;
mod proxy;
mod stalled;
mod upstream;
