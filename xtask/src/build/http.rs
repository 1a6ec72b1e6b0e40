//! Builds the components for HTTP: `dist/gate.wasm`, and those that only tests run.

use std::path::PathBuf;

use anyhow::Result;

use crate::{tools::toolchain::WASM_WASI, xtask::Xtask};

const GATE: &str = "docutray-gate";
const PROXY: &str = "docutray-proxy";
const SERVICE: &str = "echo-service";

impl Xtask {
    /// Where [`build_gate`](Self::build_gate) writes the gate.
    pub(crate) fn gate_path(&self) -> PathBuf {
        self.workspace.dist().join("gate.wasm")
    }

    /// Builds `examples/gate`.
    pub(crate) fn build_gate(&self) -> Result<PathBuf> {
        let _turn = self.turn()?;
        let gate = self.gate_path();
        self.wrapped("gate", GATE, &gate, Ok)?;
        Ok(gate)
    }

    /// Builds `examples/proxy`. Its target makes it a component.
    pub(crate) fn build_proxy(&self) -> Result<PathBuf> {
        self.compile("proxy: compile", WASM_WASI, PROXY)
    }

    /// Builds `tests/gate/service`.
    pub(crate) fn build_echo_service(&self) -> Result<PathBuf> {
        self.compile("service: compile", WASM_WASI, SERVICE)
    }
}
