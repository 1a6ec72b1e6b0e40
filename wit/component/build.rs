//! Sets the size of the component's stack.

/// In bytes. An instance's memory begins with its stack, so a small stack makes an instance cheap to start. The depth of the
/// stack does not depend on a delivery; `tests/hosts/wasmtime` measures the deepest path.
const STACK: u32 = 64 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK}");
    }
}
