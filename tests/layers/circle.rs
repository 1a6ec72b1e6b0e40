//! Finds circular dependencies among files.

use std::collections::{BTreeMap, BTreeSet};

/// The names of files, each with the files that it uses.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// Returns the files that are part of a circle or lie between two circles.
pub(crate) fn in_circles(mut graph: Graph) -> Vec<String> {
    loop {
        let used: BTreeSet<String> = graph.values().flatten().cloned().collect();
        let all: BTreeSet<String> = graph.keys().cloned().collect();
        let before = graph.len();
        // A file that uses no other, or that no other uses, is not in a circle.
        graph.retain(|file, uses| used.contains(file) && uses.iter().any(|one| all.contains(one)));
        if graph.len() == before {
            return graph.into_keys().collect();
        }
    }
}

#[test]
fn only_the_files_of_a_circle_are_found() {
    let edges = [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")];
    let mut graph = Graph::from([("d".to_owned(), BTreeSet::new())]);
    for (file, used) in edges {
        graph
            .entry(file.to_owned())
            .or_default()
            .insert(used.to_owned());
    }
    assert_eq!(in_circles(graph.clone()), ["b", "c"]);
    graph.remove("c");
    assert!(in_circles(graph).is_empty());
}
