//! The programs that the commands need, which are found or installed.

pub(crate) mod apt;
pub(crate) mod browsers;
pub(crate) mod cargo;
#[cfg(test)]
mod dev_container;
mod git;
pub(crate) mod node;
pub(crate) mod npm;
mod npm_hosts;
mod python;
pub(crate) mod toolchain;
