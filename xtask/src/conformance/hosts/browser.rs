//! The package, bundled, in a page of headless Chromium.

use std::process::Command;

use super::{Host, Origin, PACKAGE, driver_in_node, says};

pub(super) const HOST: Host = Host {
    name: "browser",
    runs: PACKAGE,
    prepare: |xtask| {
        let consumer = xtask.consumer()?;
        xtask.need_hosts()?;
        let chromium = xtask.chromium()?;
        let mut command = driver_in_node(xtask, "browser/drive.mjs");
        command
            .env("DOCUTRAY_CONSUMER", consumer)
            .env("CHROMIUM", chromium);
        Ok(command)
    },
    version: |xtask| says(Command::new(xtask.chromium()?).arg("--version"), 2),
    origin: Origin::Machine,
};
