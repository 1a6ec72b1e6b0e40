#![doc = include_str!("../README.md")]
//!
//! # Modules
//!
//! | module | what |
//! |---|---|
//! | [`answers`] | what a right receiver answers |
//! | [`doctor`] | what is sent to an endpoint to check it, and what its answers mean |
//! | [`wire`] | bytes and header fields as JSON has them |
//! | [`fault`] | why a function does not accept its input |
//! | [`host`] | whether a host is this machine |
//! | [`secret`] | a secret, which is never printed |
//! | [`time`] | times as payloads have them |
//! | [`tree`] | a payload as a tree for showing |
//! | [`samples`] | payloads of all events, and changes to them |
//! | [`sign`] | signs a delivery as Docutray does |
//! | [`forge`] | deliveries that every right receiver refuses |
//! | [`explain`] | a delivery's way through the checks, and what made a signature differ |
//! | [`emulator`] | Docutray's webhooks, deliveries and retries, with a clock that can be turned |
#![no_std]

extern crate alloc;

pub mod answers;
pub mod doctor;
pub mod emulator;
pub mod explain;
pub mod fault;
pub mod forge;
pub mod host;
mod json;
pub mod samples;
pub mod secret;
pub mod sign;
pub mod time;
pub mod tree;
pub mod wire;
