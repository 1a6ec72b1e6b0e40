//! The application of `examples/spin`, composed with the component, over HTTP.

use super::{COMPONENT, Host, Origin, driver, wasmtime::locked};

pub(super) const HOST: Host = Host {
    name: "spin",
    runs: COMPONENT,
    prepare: |xtask| {
        let application = xtask.spin_application()?;
        let mut command = driver(xtask, "spin", "docutray-webhook-spin-host")?;
        command.env("DOCUTRAY_WEBHOOK_SPIN_APPLICATION", application);
        Ok(command)
    },
    version: |xtask| {
        let (wasmtime, sdk) = (locked(xtask, "wasmtime")?, locked(xtask, "spin-sdk")?);
        Ok(format!("{wasmtime}, {sdk}"))
    },
    origin: Origin::Lock,
};
