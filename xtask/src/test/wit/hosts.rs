//! Tests the interface beyond the cases in jco and in Python. For Wasmtime, `tests/hosts/wasmtime` has such tests.

use anyhow::{Context as _, Result};

use crate::xtask::Xtask;

pub(super) fn check(xtask: &Xtask) -> Result<()> {
    let mut jco = xtask.node();
    jco.arg("--test")
        .arg(xtask.workspace.path("tests/hosts/jco/interface.test.mjs"))
        .env("DOCUTRAY_TRANSPILED", xtask.transpiled()?);
    xtask
        .console
        .run("interface in jco", &mut jco)
        .context("the interface in jco")?;
    let mut python = xtask.python()?;
    python
        .arg(xtask.workspace.path("tests/hosts/python/interface_test.py"))
        .env("DOCUTRAY_WEBHOOK_COMPONENT", xtask.build()?.component);
    xtask
        .console
        .run("interface in Python", &mut python)
        .context("the interface in Python")?;
    Ok(())
}
