//! The package in workerd, the runtime of Cloudflare Workers, bundled as wrangler does.

use super::{Host, Origin, PACKAGE, driver_in_node};

pub(super) const HOST: Host = Host {
    name: "workers",
    runs: PACKAGE,
    prepare: |xtask| {
        let consumer = xtask.consumer()?;
        xtask.need_hosts()?;
        let mut command = driver_in_node(xtask, "workers/drive.mjs");
        command.env("DOCUTRAY_CONSUMER", consumer);
        Ok(command)
    },
    version: |xtask| xtask.host_version("workerd"),
    origin: Origin::Lock,
};
