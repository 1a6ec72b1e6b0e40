//! The programs that the commands need, found or fetched, each in its own file.

pub(crate) mod apt;
pub(crate) mod cargo;
#[cfg(test)]
mod dev_container;
pub(crate) mod node;
pub(crate) mod npm;
mod npm_hosts;
mod python;
pub(crate) mod toolchain;
