//! What the tools for trying webhooks decide. There is no clock, no I/O and no source of randomness in it: the caller gives
//! the time, sends and receives the bytes, and gives a seed where something has to be random.
//!
//! | module | what |
//! |---|---|
//! | [`doctor`] | what is sent to an endpoint to check it, and what its answers mean |
//! | [`wire`] | bytes and header fields as JSON has them |
#![no_std]

extern crate alloc;

pub mod doctor;
pub mod wire;
