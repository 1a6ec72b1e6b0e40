//! Promise: `.devcontainer` has all that xtask would install on the system otherwise.

use super::{
    apt::{
        CHROMIUM, DOCKER_REGISTRY, FAKETIME, FIREFOX, FISH, POSTGRES, PYTHON, PYTHON_VENV, REDIS,
        VALGRIND, WEBKIT, XAUTH, XVFB, ZSH,
    },
    toolchain::{WASM, WASM_BARE, WASM_WASI},
};

const DOCKERFILE: &str = include_str!("../../../.devcontainer/Dockerfile");

/// The words between a command and the next one, without the backslashes that continue a line.
fn arguments(command: &str) -> Vec<&'static str> {
    let (_, rest) = DOCKERFILE
        .split_once(command)
        .unwrap_or_else(|| panic!("the Dockerfile has no `{command}`"));
    let words = rest.split_whitespace().filter(|&word| word != "\\");
    let mut arguments: Vec<_> = words
        .take_while(|word| !["&&", "RUN", "COPY"].contains(word))
        .collect();
    arguments.sort_unstable();
    arguments
}

#[test]
fn it_has_the_packages_of_debian() {
    let programs = [
        CHROMIUM,
        DOCKER_REGISTRY,
        FAKETIME,
        FIREFOX,
        FISH,
        POSTGRES,
        PYTHON,
        REDIS,
        VALGRIND,
        WEBKIT,
        XAUTH,
        XVFB,
        ZSH,
    ];
    let mut packages = programs.map(|program| program.package.name).to_vec();
    packages.push(PYTHON_VENV.name);
    packages.sort_unstable();
    assert_eq!(arguments("--no-install-recommends"), packages);
}

#[test]
fn it_has_the_toolchain() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        DOCKERFILE.contains(&format!("\nFROM rust:{version}.")),
        "the Dockerfile is not of Rust {version}"
    );
    let mut targets = [WASM, WASM_BARE, WASM_WASI];
    targets.sort_unstable();
    assert_eq!(arguments("rustup target add"), targets);
    assert_eq!(arguments("rustup component add"), ["clippy", "rustfmt"]);
}
