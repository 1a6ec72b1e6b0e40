//! `cargo xtask compose`: a middleware of WASI 0.3 before a service, as one component.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, types::Package};

use crate::{
    directory,
    xtask::{Conclusion, Xtask},
};

/// Without the version: the gate's is 0.3.0, which Spin asks for, a service's is whatever its tools have written.
const HANDLER: &str = "wasi:http/handler@0.3.";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The middleware
    gate: PathBuf,
    /// The service, which exports wasi:http/handler@0.3.x
    service: PathBuf,
    /// Where to write the whole
    #[arg(short, long, value_name = "OUT", default_value = "composed.wasm")]
    output: PathBuf,
}

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<Conclusion> {
    // Ours is built if it is named, so that there need be no other command before this one.
    if std::path::absolute(&arguments.gate)? == xtask.gate_path() {
        xtask.build_gate()?;
    }
    let composed = compose(&fs::read(&arguments.gate)?, &fs::read(&arguments.service)?)?;
    directory::write(&arguments.output, composed)?;
    println!("{}", arguments.output.display());
    Ok(Conclusion::Success)
}

/// The gate with the service behind it.
pub(crate) fn compose(gate: &[u8], service: &[u8]) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let gate = Part::new(&mut graph, "gate", gate)?;
    let service = Part::new(&mut graph, "service", service)?;
    let behind = graph.alias_instance_export(service.node, service.exported()?)?;
    graph
        .set_instantiation_argument(gate.node, gate.imported()?, behind)
        .context("the service's handler is none that the gate can call")?;
    let name = gate.exported()?;
    let before = graph.alias_instance_export(gate.node, name)?;
    graph.export(before, name)?;
    graph
        .encode(EncodeOptions::default())
        .context("the two could not be composed")
}

/// A component that takes part.
pub(crate) struct Part {
    name: String,
    pub(crate) node: NodeId,
    pub(crate) imports: Vec<String>,
    pub(crate) exports: Vec<String>,
}

impl Part {
    /// No two of a graph have one name.
    pub(crate) fn new(graph: &mut CompositionGraph, name: &str, bytes: &[u8]) -> Result<Self> {
        let package = Package::from_bytes(name, None, bytes, graph.types_mut())
            .with_context(|| format!("the {name} is no component"))?;
        let world = &graph.types()[package.ty()];
        let imports = world.imports.keys().cloned().collect();
        let exports = world.exports.keys().cloned().collect();
        let package = graph.register_package(package)?;
        let node = graph.instantiate(package);
        Ok(Self {
            name: name.to_owned(),
            node,
            imports,
            exports,
        })
    }

    fn imported(&self) -> Result<&str> {
        self.handler("import", &self.imports)
    }

    fn exported(&self) -> Result<&str> {
        self.handler("export", &self.exports)
    }

    fn handler<'a>(&self, does: &str, names: &'a [String]) -> Result<&'a str> {
        let mut handlers = names.iter().filter(|name| name.starts_with(HANDLER));
        let handler = handlers.next().with_context(|| {
            format!(
                "the {} does not {does} {HANDLER}x. It {does}s: {}",
                self.name,
                names.join(", ")
            )
        })?;
        ensure!(
            handlers.next().is_none(),
            "the {} {does}s {HANDLER}x twice",
            self.name
        );
        Ok(handler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_component_is_named() {
        let error = compose(b"", b"").expect_err("nothing to compose");
        assert!(format!("{error:#}").contains("the gate is no component"));
    }
}
