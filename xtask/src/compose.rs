//! `cargo xtask compose`: a middleware of WASI 0.3 before a service, as one component.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use fs_err as fs;
use wac_graph::{CompositionGraph, EncodeOptions, PackageId, plug, types::Package};

use crate::{directory, xtask::Xtask};

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

pub(crate) fn command(xtask: &Xtask, arguments: &Arguments) -> Result<bool> {
    // The gate of this project is built first, so that no other command has to run before.
    if std::path::absolute(&arguments.gate)? == xtask.gate_path() {
        xtask.build_gate()?;
    }
    let (gate, service) = (fs::read(&arguments.gate)?, fs::read(&arguments.service)?);
    let composed = compose(("gate", &gate), ("service", &service))?;
    directory::write(&arguments.output, composed)?;
    println!("{}", arguments.output.display());
    Ok(true)
}

impl Xtask {
    /// Puts the gate before a service. `name` is that of the file.
    pub(crate) fn gated(&self, gate: &Path, service: &Path, name: &str) -> Result<PathBuf> {
        let composed = compose(("gate", &fs::read(gate)?), ("service", &fs::read(service)?))
            .with_context(|| format!("the gate before {}", service.display()))?;
        let path = self.workspace.scratch().join(name);
        directory::write(&path, composed)?;
        Ok(path)
    }
}

/// A component, behind the name that errors call it by.
pub(crate) type Part<'a> = (&'a str, &'a [u8]);

/// Composes two components: the imports of `socket` are linked to the exports of `exporter`, and the exports of `socket`
/// remain. Versions need only be compatible: the gate's is 0.3.0, and tools choose that of a service.
pub(crate) fn compose(socket: Part<'_>, exporter: Part<'_>) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let exporting = registered(&mut graph, exporter)?;
    let importing = registered(&mut graph, socket)?;
    plug(&mut graph, vec![exporting], importing).with_context(|| {
        let names = |id: PackageId| &graph.types()[graph[id].ty()];
        let imports: Vec<_> = names(importing).imports.keys().cloned().collect();
        let exports: Vec<_> = names(exporting).exports.keys().cloned().collect();
        format!(
            "the {} imports none of what the {} exports. It imports: {}. The {} exports: {}",
            socket.0,
            exporter.0,
            imports.join(", "),
            exporter.0,
            exports.join(", ")
        )
    })?;
    graph
        .encode(EncodeOptions::default())
        .context("the two could not be composed")
}

fn registered(graph: &mut CompositionGraph, (name, bytes): Part<'_>) -> Result<PackageId> {
    let package = Package::from_bytes(name, None, bytes.to_vec(), graph.types_mut())
        .with_context(|| format!("the {name} is no component"))?;
    Ok(graph.register_package(package)?)
}

/// A component of the world `w`, for tests.
#[cfg(test)]
pub(crate) fn component(wit: &str) -> Vec<u8> {
    use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
    use wit_parser::{ManglingAndAbi, Resolve};

    let mut resolve = Resolve::default();
    let package = resolve.push_str("test.wit", wit).expect(wit);
    let world = resolve.select_world(&[package], Some("w"));
    let world = world.expect("a world");
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("a module");
    ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(ComponentEncoder::encode)
        .expect("a component")
}

#[cfg(test)]
mod tests {
    use wit_component::DecodedWasm;

    use super::*;

    const EXPORTER: &str =
        "package a:b@0.3.1; interface c { f: func() -> u8; } world w { export c; }";
    const SOCKET: &str = "package d:e; world w { import a:b/NAME@0.3.0; export run: func(); }
        package a:b@0.3.0 { interface NAME { f: func() -> u8; } }";

    fn composed(name: &str) -> Result<Vec<u8>> {
        let socket = component(&SOCKET.replace("NAME", name));
        compose(("gate", &socket), ("service", &component(EXPORTER)))
    }

    #[test]
    fn a_compatible_version_is_joined_and_nothing_is_imported_any_more() {
        let whole = composed("c").expect("a component");
        let DecodedWasm::Component(resolve, world) = wit_component::decode(&whole).expect("WIT")
        else {
            panic!("not a component");
        };
        let world = resolve.worlds.get(world).expect("a world");
        assert_eq!((world.imports.len(), world.exports.len()), (0, 1));
    }

    #[test]
    fn what_cannot_be_composed_is_named() {
        let fault = |error: anyhow::Error| format!("{error:#}");
        let error = fault(compose(("gate", b""), ("service", b"")).expect_err("nothing"));
        assert!(error.contains("the service is no component"), "{error}");
        let error = fault(composed("other").expect_err("another interface"));
        for name in ["imports: a:b/other@0.3.0", "exports: a:b/c@0.3.1"] {
            assert!(error.contains(name), "{error}");
        }
    }
}
