//! The component in Wasmtime for Python.

use super::{COMPONENT, Host, Origin, says};

/// What Python calls the package and its version.
const VERSION: &str =
    "from importlib.metadata import version; print('wasmtime', version('wasmtime'), 'for Python')";

pub(super) const HOST: Host = Host {
    name: "python",
    runs: COMPONENT,
    prepare: |xtask| {
        let component = xtask.build()?.component;
        let mut command = xtask.python()?;
        command
            .arg(xtask.workspace.path("tests/hosts/python/drive.py"))
            .env("DOCUTRAY_WEBHOOK_COMPONENT", component);
        Ok(command)
    },
    version: |xtask| says(xtask.python()?.args(["-c", VERSION]), 4),
    origin: Origin::Lock,
};
