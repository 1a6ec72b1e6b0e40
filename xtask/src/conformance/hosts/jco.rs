//! The component, transpiled by jco, in Node.

use super::{COMPONENT, Host, Origin, driver_in_node};

pub(super) const HOST: Host = Host {
    name: "jco",
    runs: COMPONENT,
    prepare: |xtask| {
        let transpiled = xtask.transpiled()?;
        let mut command = driver_in_node(xtask, "jco/drive.mjs");
        command.env("DOCUTRAY_TRANSPILED", transpiled);
        Ok(command)
    },
    version: |xtask| {
        let version = xtask.host_version("@bytecodealliance/jco")?;
        Ok(version.trim_start_matches("@bytecodealliance/").to_owned())
    },
    origin: Origin::Lock,
};
