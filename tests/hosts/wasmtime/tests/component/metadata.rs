//! The component says what it is: registries and people read this from the file alone.

use std::fs;

use docutray_webhook_wasmtime_driver::path;
use wasm_metadata::{Metadata, Payload};

/// All packages of the workspace have the version, the licence and the repository of this one.
#[test]
fn it_carries_the_package_s_metadata() {
    let component = fs::read(path()).expect("the component: `cargo xtask build` makes it");
    let payload = Payload::from_binary(&component).unwrap();
    assert!(matches!(payload, Payload::Component { .. }));
    let Metadata {
        name,
        description,
        version,
        licenses,
        source,
        ..
    } = payload.metadata();
    assert_eq!(name.as_deref(), Some("docutray-webhook"));
    assert_eq!(
        text(description.as_ref()),
        "Verify Docutray webhooks: one implementation, the same verdict on every host"
    );
    assert_eq!(text(version.as_ref()), env!("CARGO_PKG_VERSION"));
    assert_eq!(text(licenses.as_ref()), env!("CARGO_PKG_LICENSE"));
    assert_eq!(text(source.as_ref()), env!("CARGO_PKG_REPOSITORY"));
}

fn text(field: Option<&impl ToString>) -> String {
    field.map(ToString::to_string).unwrap_or_default()
}
