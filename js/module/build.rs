//! The stack of the module.

/// In bytes. An instance's memory begins with its stack, so a small one makes an instance cheap to start, and one that
/// overflows traps. How deep it gets does not depend on a delivery; `js/test/stack.test.mjs` tries the deepest paths.
const STACK: u32 = 64 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK}");
    }
}
