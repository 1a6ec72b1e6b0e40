//! Where the built component is, and how it is compiled.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use wasmtime::{Config, Engine, component::Component};

/// A configuration for engines that run it. Wasmtime supports concurrency in a program of which any crate wants it. The
/// component has none, and with that support a host's mistake with a handle would be the end of the instance.
#[must_use]
pub fn engine_config() -> Config {
    let mut config = Config::new();
    config.concurrency_support(false);
    config
}

/// What `DOCUTRAY_WEBHOOK_COMPONENT` names, or the workspace's `dist/docutray_webhook.wasm`.
#[must_use]
pub fn path() -> PathBuf {
    env::var_os("DOCUTRAY_WEBHOOK_COMPONENT").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../dist/docutray_webhook.wasm"),
        PathBuf::from,
    )
}

/// Compiles the component at `path`.
///
/// # Errors
/// If there is none, or Wasmtime does not take it.
pub fn load(engine: &Engine, path: &Path) -> Result<Component> {
    ensure!(
        path.is_file(),
        "no component at {}: `cargo xtask build` makes it",
        path.display()
    );
    Component::from_file(engine, path)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("cannot compile {}", path.display()))
}
