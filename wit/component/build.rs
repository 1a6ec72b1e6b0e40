//! The stack of the component.

/// In bytes. An instance's memory begins with its stack, so a small one makes an instance cheap to start. How deep the stack
/// gets does not depend on a delivery; `tests/hosts/wasmtime` tries the deepest path.
const STACK: u32 = 64 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK}");
    }
}
