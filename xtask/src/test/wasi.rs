//! Tests the components for HTTP in `wasmtime serve`: examples/gate before services, examples/proxy before a server.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::rust::counted;
use crate::{consumer::PROGRAM, tools::cargo::WHOLE_WORKSPACE, xtask::Xtask};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let gate = xtask.build_gate()?;
    check_manifest(xtask, &gate.canonicalize()?)?;
    let service = xtask.build_echo_service()?;
    let gated = xtask.gated(&gate, &service, "gated-service.wasm")?;
    let spin = xtask.spin_application()?;
    let gated_spin = xtask.gated(&gate, &spin, "gated-spin-application.wasm")?;
    let proxy = xtask.build_proxy()?;
    let tools = xtask.consumer()?.join(PROGRAM);
    let wasmtime = xtask.executable("wasmtime serve", "wasmtime-serve")?;
    let mut command = xtask.cargo(&format!("test --locked {WHOLE_WORKSPACE} --test wasi"));
    command
        .env("DOCUTRAY_WEBHOOK_WASMTIME", wasmtime)
        .env("DOCUTRAY_WEBHOOK_GATE", gate)
        .env("DOCUTRAY_WEBHOOK_SERVICE", service)
        .env("DOCUTRAY_WEBHOOK_GATED_SERVICE", gated)
        .env("DOCUTRAY_WEBHOOK_GATED_SPIN", gated_spin)
        .env("DOCUTRAY_WEBHOOK_PROXY", proxy)
        .env("DOCUTRAY_WEBHOOK_TOOLS", tools);
    counted(xtask, &mut command)
}

/// Checks that `spin.toml` names the gate and gives it the environment. Spin itself is not run here.
fn check_manifest(xtask: &Xtask, gate: &Path) -> Result<()> {
    let directory = xtask.workspace.path("examples/gate");
    let manifest = fs_err::read_to_string(directory.join("spin.toml"))?;
    let manifest: toml::Value = toml::from_str(&manifest).context("examples/gate/spin.toml")?;
    let triggers = manifest
        .get("trigger")
        .and_then(|it| it.get("http")?.as_array());
    for trigger in triggers.context("examples/gate/spin.toml has no trigger")? {
        let middleware = trigger
            .get("dependencies")
            .and_then(|it| it.get("middleware")?.as_array());
        let is_gate = |middleware: &toml::Value| {
            let path = directory
                .join(middleware.get("path")?.as_str()?)
                .canonicalize();
            let inherited = middleware.get("inherit_configuration")?.as_array()?;
            Some(path.ok()? == gate && *inherited == [toml::Value::from("environment")])
        };
        ensure!(
            middleware.is_some_and(|all| all.iter().any(|one| is_gate(one) == Some(true))),
            "examples/gate/spin.toml: a trigger is without {} and its environment",
            gate.display()
        );
    }
    Ok(())
}
