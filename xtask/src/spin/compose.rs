//! A component and its dependencies, made one, as `spin up` does it: by the exact names, versions included.

use anyhow::{Context as _, Result, ensure};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, types::Package};

use super::manifest::Dependency;

pub(super) fn compose(socket: &[u8], dependencies: &[Dependency]) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let socket = Instance::new(&mut graph, "app", socket)?;
    for dependency in dependencies {
        let plug = Instance::new(&mut graph, &dependency.name, &dependency.bytes)?;
        let wanted = socket.imports.iter().filter(|name| dependency.is(name));
        let wanted: Vec<_> = wanted.collect();
        ensure!(
            !wanted.is_empty(),
            "the application imports nothing of the name {}",
            dependency.name
        );
        for name in wanted {
            let export = graph
                .alias_instance_export(plug.node, name)
                .with_context(|| format!("the dependency does not export {name}"))?;
            graph.set_instantiation_argument(socket.node, name, export)?;
        }
    }
    for name in &socket.exports {
        let export = graph.alias_instance_export(socket.node, name)?;
        graph.export(export, name)?;
    }
    Ok(graph.encode(EncodeOptions::default())?)
}

/// A component in the graph.
struct Instance {
    node: NodeId,
    imports: Vec<String>,
    exports: Vec<String>,
}

impl Instance {
    fn new(graph: &mut CompositionGraph, name: &str, component: &[u8]) -> Result<Self> {
        // The name only serves to tell packages apart, and takes no interface.
        let name = name.split('/').next().unwrap_or(name);
        let package = Package::from_bytes(name, None, component, graph.types_mut())
            .with_context(|| format!("{name} is no component"))?;
        let world = &graph.types()[package.ty()];
        let (imports, exports) = (&world.imports, &world.exports);
        let imports = imports.keys().cloned().collect();
        let exports = exports.keys().cloned().collect();
        let package = graph.register_package(package)?;
        Ok(Self {
            node: graph.instantiate(package),
            imports,
            exports,
        })
    }
}
