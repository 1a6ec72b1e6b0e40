//! A component and its dependencies, made one, as `spin up` does it: by the exact names, versions included.

use anyhow::{Context as _, Result, ensure};
use wac_graph::{CompositionGraph, EncodeOptions};

use super::manifest::Dependency;
use crate::compose::Part;

pub(super) fn compose(socket: &[u8], dependencies: &[Dependency]) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let socket = Part::new(&mut graph, "application", socket)?;
    for dependency in dependencies {
        // The graph takes the name of a package, without an interface and a version.
        let package = dependency.name.split(['/', '@']).next().unwrap_or_default();
        let plug = Part::new(&mut graph, package, &dependency.bytes)?;
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
