//! The programs that the commands need, found or fetched, each in its own file.

mod apt;
pub(crate) mod cargo;
mod chromium;
mod faketime;
pub(crate) mod node;
pub(crate) mod npm;
mod npm_hosts;
mod postgres;
mod python;
mod redis;
pub(crate) mod toolchain;
