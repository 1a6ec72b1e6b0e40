//! The installed package in Deno.

use super::{Host, Origin, PACKAGE};

pub(super) const HOST: Host = Host {
    name: "deno",
    runs: PACKAGE,
    prepare: |xtask| {
        let consumer = xtask.consumer()?;
        let mut command = xtask.deno()?;
        command
            .arg("--allow-read")
            .arg(consumer.join("hosts/deno.mjs"));
        Ok(command)
    },
    version: |xtask| xtask.host_version("deno"),
    origin: Origin::Lock,
};
