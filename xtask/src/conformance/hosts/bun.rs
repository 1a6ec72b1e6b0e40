//! The installed package in Bun.

use super::{Host, Origin, PACKAGE};

pub(super) const HOST: Host = Host {
    name: "bun",
    runs: PACKAGE,
    prepare: |xtask| {
        let consumer = xtask.consumer()?;
        let mut command = xtask.bun()?;
        command.arg(consumer.join("hosts/bun.mjs"));
        Ok(command)
    },
    version: |xtask| xtask.host_version("bun"),
    origin: Origin::Lock,
};
