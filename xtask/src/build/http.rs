//! Builds the components for HTTP: `dist/gate.wasm`, and those that only tests run.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{component::encode, machine_paths::MachinePaths};
use crate::{directory, tools::toolchain, xtask::Xtask};

const GATE: &str = "docutray-gate";
const PROXY: &str = "docutray-proxy";
const SERVICE: &str = "echo-service";

impl Xtask {
    /// Where [`build_gate`](Self::build_gate) writes the gate.
    pub(crate) fn gate_path(&self) -> PathBuf {
        self.workspace.dist().join("gate.wasm")
    }

    /// Builds `examples/gate`, for a target without WASI, so that it imports only what its own world says.
    pub(crate) fn build_gate(&self) -> Result<PathBuf> {
        let _turn = self.turn()?;
        let step = self.console.step("gate: compile");
        self.need_node_tools()?;
        let compiled = self.compile_for(&step, toolchain::WASM, GATE)?;
        step.done("");
        let gate = self.gate_path();
        self.encode_gate(&compiled, &gate)?;
        MachinePaths::find(self)?.check(&[&gate])?;
        Ok(gate)
    }

    /// Builds `examples/proxy`. Its target makes it a component.
    pub(crate) fn build_proxy(&self) -> Result<PathBuf> {
        let step = self.console.step("proxy: compile");
        let proxy = self.compile_for(&step, toolchain::WASM_WASI, PROXY)?;
        step.done("");
        Ok(proxy)
    }

    /// Builds `tests/gate/service`.
    pub(crate) fn build_echo_service(&self) -> Result<PathBuf> {
        let step = self.console.step("service: compile");
        let service = self.compile_for(&step, toolchain::WASM_WASI, SERVICE)?;
        step.done("");
        Ok(service)
    }

    fn encode_gate(&self, compiled: &Path, gate: &Path) -> Result<()> {
        let stamp = self.stamp("gate", &[gate.to_owned()])?.reads(compiled)?;
        if !stamp.is_current() {
            let step = self.console.step("gate: optimise, encode");
            let optimised = self.workspace.scratch().join("gate.wasm");
            self.optimise(&step, compiled, &optimised)?;
            directory::write(gate, encode(&fs_err::read(&optimised)?)?)?;
            stamp.record()?;
            step.done("");
        }
        Ok(())
    }
}
