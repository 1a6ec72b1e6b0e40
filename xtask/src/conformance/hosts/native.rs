//! The crate, as Rust calls it.

use std::process::Command;

use super::{CRATE, Host, Origin, driver, says};

pub(super) const HOST: Host = Host {
    name: "native",
    runs: CRATE,
    prepare: |xtask| driver(xtask, "native", "docutray-webhook-native-host"),
    version: |xtask| {
        let mut rustc = Command::new("rustc");
        // Where a toolchain file would count.
        rustc.arg("--version").current_dir(&xtask.workspace.root);
        says(&mut rustc, 2)
    },
    origin: Origin::Machine,
};
