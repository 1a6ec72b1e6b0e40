//! The gate imports the clock and the configuration, and nothing else.

use wit_component::{DecodedWasm, decode};

use crate::artefact::gate;

#[test]
fn it_imports_and_exports_what_a_middleware_may() {
    let bytes = std::fs::read(gate()).unwrap();
    let DecodedWasm::Component(resolve, world) = decode(&bytes).unwrap() else {
        panic!("a WIT package, not a component");
    };
    let world = &resolve.worlds[world];
    let names = |items: Vec<_>| -> Vec<String> {
        items
            .into_iter()
            .map(|key| resolve.name_world_key(key))
            .collect()
    };
    let mut imports = names(world.imports.keys().collect());
    imports.sort();
    assert_eq!(
        imports,
        [
            "wasi:cli/environment@0.3.0",
            "wasi:clocks/monotonic-clock@0.3.0",
            "wasi:clocks/system-clock@0.3.0",
            // Only a type: the duration that the monotonic clock waits.
            "wasi:clocks/types@0.3.0",
            "wasi:http/handler@0.3.0",
            "wasi:http/types@0.3.0",
        ]
    );
    let exports = names(world.exports.keys().collect());
    assert_eq!(exports, ["wasi:http/handler@0.3.0"]);
}
