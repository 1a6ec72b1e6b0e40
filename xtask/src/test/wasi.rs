//! Tests the components for HTTP in `wasmtime serve`: examples/gate before services, examples/proxy before a server.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::rust::counted;
use crate::{compose::compose, directory, tools::cargo::WHOLE_WORKSPACE, xtask::Xtask};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let gate = xtask.build_gate()?;
    check_manifest(xtask, &gate.canonicalize()?)?;
    let service = xtask.build_echo_service()?;
    let gated = xtask.gated(&gate, &service, "gated-service.wasm")?;
    let spin = xtask.spin_application()?;
    let gated_spin = xtask.gated(&gate, &spin, "gated-spin-application.wasm")?;
    let proxy = xtask.build_proxy()?;
    let wasmtime = xtask.executable(&xtask.console.step("wasmtime serve"), "wasmtime-serve")?;
    let mut command = xtask.cargo(&format!("test --locked {WHOLE_WORKSPACE} --test wasi"));
    command
        .env("DOCUTRAY_WEBHOOK_WASMTIME", wasmtime)
        .env("DOCUTRAY_WEBHOOK_GATE", gate)
        .env("DOCUTRAY_WEBHOOK_SERVICE", service)
        .env("DOCUTRAY_WEBHOOK_GATED_SERVICE", gated)
        .env("DOCUTRAY_WEBHOOK_GATED_SPIN", gated_spin)
        .env("DOCUTRAY_WEBHOOK_PROXY", proxy);
    counted(xtask, &mut command)
}

impl Xtask {
    fn gated(&self, gate: &Path, service: &Path, name: &str) -> Result<PathBuf> {
        let composed = compose(
            ("gate", &fs_err::read(gate)?),
            ("service", &fs_err::read(service)?),
        )
        .with_context(|| format!("the gate before {}", service.display()))?;
        let path = self.workspace.scratch().join(name);
        directory::write(&path, composed)?;
        Ok(path)
    }
}

/// The part of `spin.toml` about middleware.
#[derive(Deserialize)]
struct Manifest {
    trigger: Triggers,
}

#[derive(Deserialize)]
struct Triggers {
    http: Vec<Trigger>,
}

#[derive(Deserialize)]
struct Trigger {
    dependencies: Dependencies,
}

#[derive(Deserialize)]
struct Dependencies {
    middleware: Vec<Middleware>,
}

#[derive(Deserialize)]
struct Middleware {
    path: PathBuf,
    inherit_configuration: Vec<String>,
}

/// Checks that `spin.toml` names the gate and gives it the environment. Spin itself is not run here.
fn check_manifest(xtask: &Xtask, gate: &Path) -> Result<()> {
    let directory = xtask.workspace.path("examples/gate");
    let manifest = fs_err::read_to_string(directory.join("spin.toml"))?;
    let manifest: Manifest = toml::from_str(&manifest).context("examples/gate/spin.toml")?;
    for trigger in manifest.trigger.http {
        let named = trigger.dependencies.middleware.iter().any(|middleware| {
            let path = directory.join(&middleware.path).canonicalize();
            path.is_ok_and(|path| path == gate)
                && middleware.inherit_configuration == ["environment"]
        });
        ensure!(
            named,
            "examples/gate/spin.toml: a trigger is without {} and its environment",
            gate.display()
        );
    }
    Ok(())
}
