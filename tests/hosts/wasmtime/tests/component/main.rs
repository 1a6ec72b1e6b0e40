//! What the built component promises beyond the cases, asked of it in Wasmtime.
//!
//! One program, since each would link Wasmtime again.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; here what these call is tests as well"
)]

mod answers;
mod constant_time;
mod consumed;
mod counting;
mod delivery;
mod fuel;
mod hostile;
mod imports_nothing;
mod memory;
mod metadata;
mod settled;
mod signers;
