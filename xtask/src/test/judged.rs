//! Which files each step judges: those whose faults the step is meant to find. A file that is part of an artefact is judged by
//! the step that tests this file, and not by every step that runs the artefact.
//!
//! `**` stands for directories, `*` for a part of a name.

use glob::{MatchOptions, Pattern};

/// All code. Steps with this pattern look only at how code is written, so a file that fits no other pattern is not judged.
pub(super) const CODE: &str = "**/*.rs";

pub(super) const FORMAT: &[&str] = &[CODE];

pub(super) const CLIPPY: &[&str] = &[CODE, "clippy.toml"];

pub(super) const RUSTDOC: &[&str] = &[CODE];

/// Files that every step depends on.
pub(super) const EVERY_STEP: &[&str] = &[".cargo/**", ".ci/**", "Cargo.lock", "Cargo.toml"];

/// Files that no step can judge: they are for the repository's host and for git.
pub(super) const NO_STEP: &[&str] = &["**/.gitignore", ".github/ISSUE_TEMPLATE/**"];

pub(super) const CASES: &[&str] = &["tests/cases/**"];

pub(super) const NO_STD: &[&str] = &["src/**"];

pub(super) const CORE: &[&str] = &[
    "*.md",
    "LICENSE-*",
    "js/README.md",
    "js/src/**",
    "js/wasm/src/**",
    "src/**",
    "tests/*.rs",
    "tests/bench/README.md",
    "tests/cases/**",
    "tests/deliveries/**",
    "tests/differential/src/**",
    "tests/hosts/native/**",
    "tests/hosts/suite/**",
    "tests/layers/**",
    "tests/properties/**",
    "tests/receiver/**",
    "tests/vectors/**",
    "wit/webhook.wit",
];

pub(super) const PACKED: &[&str] = &[
    "src/**",
    "xtask/src/test/left_out.rs",
    "xtask/src/test/packed.rs",
    "xtask/src/test/packed/**",
];

pub(super) const DENY: &[&str] = &[
    "deny.toml",
    "xtask/src/test/deny.rs",
    "xtask/src/test/left_out.rs",
    "xtask/src/tools/cargo-deny.txt",
];

pub(super) const WORKFLOWS: &[&str] = &[
    ".github/workflows/**",
    "xtask/src/test/workflows.rs",
    "xtask/src/test/workflows/**",
    "xtask/src/tools/zizmor.txt",
    "xtask/src/workflow.rs",
];

pub(super) const SEMVER: &[&str] = &["src/**", "xtask/src/test/semver.rs"];

pub(super) const WIT: &[&str] = &[
    "examples/spin/spin-dependencies.wit",
    "tests/hosts/jco/**",
    "tests/hosts/python/**",
    "wit/**",
    "wkg.toml",
    "xtask/src/build/component.rs",
    "xtask/src/spin/**",
    "xtask/src/test/wit.rs",
    "xtask/src/test/wit/**",
];

pub(super) const TYPESCRIPT: &[&str] = &[
    "js/*.json",
    "js/src/**",
    "js/test/**/*.ts",
    "xtask/src/test/javascript.rs",
];

pub(super) const NODE: &[&str] = &[
    "LICENSE-*",
    "examples/browser/**",
    "examples/bun/**",
    "examples/deno/**",
    "examples/node/**",
    "examples/workers/**",
    "js/**",
    "tests/cases/claims/**",
    "tests/cases/receiver/**",
    "xtask/src/build/**",
    "xtask/src/consumer.rs",
    "xtask/src/test/javascript.rs",
];

pub(super) const NODE_VERSIONS: &[&str] = &[
    "js/package.json",
    "tests/bundlers/package*.json",
    "xtask/src/test/nodes.rs",
];

pub(super) const BUNDLERS: &[&str] = &[
    "js/package.json",
    "tests/bundlers/**",
    "xtask/src/build/bundle.mjs",
    "xtask/src/test/projects.rs",
];

pub(super) const LOADING: &[&str] = &[
    "js/package.json",
    "tests/loading/**",
    "xtask/src/build/bundle.mjs",
    "xtask/src/test/projects.rs",
];

pub(super) const FRAMEWORKS_LAMBDA: &[&str] = &[
    "examples/lambda-authorizer/**",
    "js/src/lambda*",
    "js/src/lambda/**",
    "tests/frameworks/lambda/**",
    "xtask/src/test/projects.rs",
];

pub(super) const FRAMEWORKS_NODE: &[&str] = &[
    "examples/express/**",
    "examples/fastify/**",
    "js/src/node*",
    "js/src/node/**",
    "js/test/telling.mjs",
    "tests/frameworks/node/**",
    "xtask/src/test/projects.rs",
];

pub(super) const FRAMEWORKS_WEB: &[&str] = &[
    "examples/bun/**",
    "examples/deno/**",
    "examples/hono/**",
    "examples/next/**",
    "examples/workers/**",
    "js/src/handler*",
    "js/src/handler/**",
    "tests/bundlers/processes.mjs",
    "tests/frameworks/web/**",
    "xtask/src/test/projects.rs",
];

pub(super) const IDEMPOTENCY: &[&str] = &[
    "js/src/idempotency*",
    "js/src/idempotency/**",
    "js/test/claims.mjs",
    "tests/cases/claims/**",
    "tests/idempotency/**",
    "xtask/src/test/projects.rs",
];

pub(super) const QUEUE: &[&str] = &[
    "examples/queue/**",
    "tests/queue/**",
    "xtask/src/test/projects.rs",
];

pub(super) const TOOLS: &[&str] = &[
    "examples/testing/**",
    "js/tools/COMMANDS.md",
    "js/tools/src/**",
    "js/tools/wasm/**",
    "tests/tools/**",
    "xtask/src/build/bundle-tools.mjs",
    "xtask/src/build/tools.rs",
    "xtask/src/test/projects.rs",
];

pub(super) const PAGES: &[&str] = &[
    "js/tools/page/**",
    "js/tools/src/**",
    "tests/pages/**",
    "xtask/src/test/projects.rs",
];

pub(super) const SCHEMAS: &[&str] = &[
    "js/src/documents*",
    "js/src/documents/**",
    "tests/schemas/**",
    "xtask/src/test/projects.rs",
];

pub(super) const README: &[&str] = &[
    "CONTRIBUTING.md",
    "README.md",
    "js/README.md",
    "tests/readme/**",
    "xtask/src/test/readme.rs",
];

pub(super) const EXAMPLES: &[&str] = &[
    "examples/axum/**",
    "examples/browser/**",
    "examples/bun/**",
    "examples/deno/**",
    "examples/jco-host/**",
    "examples/node/**",
    "examples/python-host/**",
    "examples/spin/**",
    "examples/wasmtime-host/**",
    "examples/workers/**",
    "xtask/src/example.rs",
    "xtask/src/examples.rs",
    "xtask/src/test/examples.rs",
    "xtask/src/test/examples/**",
];

pub(super) const WASI: &[&str] = &[
    "examples/gate/**",
    "examples/proxy/**",
    "tests/gate/**",
    "xtask/src/build/http.rs",
    "xtask/src/compose.rs",
    "xtask/src/test/wasi.rs",
    "xtask/wasmtime-serve/**",
];

pub(super) const BENCH: &[&str] = &[
    "README.md",
    "tests/bench/**",
    "xtask/src/bench.rs",
    "xtask/src/bench/**",
];

pub(super) const DEMO: &[&str] = &[
    "xtask/src/demo.rs",
    "xtask/src/demo/**",
    "xtask/src/example.rs",
    "xtask/src/examples.rs",
];

pub(super) const CONFORMANCE: &[&str] = &[
    "README.md",
    "tests/bundlers/package*.json",
    "tests/cases/*.json",
    "tests/hosts/**",
    "xtask/src/conformance.rs",
    "xtask/src/conformance/**",
];

pub(super) const CSP: &[&str] = &[
    "js/src/module/**",
    "js/src/request.ts",
    "tests/hosts/browser/**",
    "xtask/src/test/csp.rs",
    "xtask/src/tools/browsers.rs",
];

pub(super) const MEMBERS: &[&str] = &[
    ".devcontainer/**",
    "examples/*/**/*.rs",
    "examples/*/**/Cargo.toml",
    "js/module/**",
    "js/src/error.ts",
    "js/src/event.ts",
    "js/src/receiver/outcome.ts",
    "js/tools/**",
    "js/wasm/**",
    "tests/bench/native/**",
    "tests/cases/*.json",
    "tests/cases/claims/model.json",
    "tests/differential/**",
    "tests/fuzz/corpus/**",
    "tests/fuzz/findings/**",
    "tests/hosts/native/**",
    "tests/hosts/spin/**",
    "tests/hosts/suite/**",
    "tests/hosts/wasmtime/**",
    "tests/load/**",
    "tests/model/**",
    "wit/**",
    "xtask/**",
];

pub(super) const DOCS: &[&str] = &[
    "*.md",
    "examples/*/README.md",
    "js/README.md",
    "js/src/**",
    "js/tools/COMMANDS.md",
    "js/tools/src/**",
    "src/**",
    "wit/webhook.wit",
    "xtask/docs/**",
    "xtask/src/docs.rs",
    "xtask/src/docs/**",
];

pub(super) const PROOF: &[&str] = &[
    ".github/workflows/release.yml",
    "SECURITY.md",
    "js/test/instance.mjs",
    "src/secrets.rs",
    "tests/constant-time/**",
    "tests/deployments/**",
    "tests/differential/**",
    "tests/fuzz/**",
    "tests/load/**",
    "tests/model/src/**",
    "tests/mutation/**",
    "xtask/src/coverage.rs",
    "xtask/src/coverage/**",
    "xtask/src/fuzz.rs",
    "xtask/src/fuzz/**",
    "xtask/src/load.rs",
    "xtask/src/mutation.rs",
    "xtask/src/mutation/**",
    "xtask/src/mutation_js.rs",
    "xtask/src/mutation_js/**",
    "xtask/src/proof.rs",
    "xtask/src/proof/**",
    "xtask/src/workflow.rs",
    "xtask/src/workflow/**",
];

pub(super) const WASM: &[&str] = &["js/wasm/**", "xtask/test-runner/**"];

/// Whether one of the patterns fits the path of a file, its parts divided by `/`. A pattern that cannot be read fits nothing.
pub(super) fn fits(patterns: &[&str], path: &str) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let fits = |pattern: Pattern| pattern.matches_with(path, options);
    let mut patterns = patterns.iter();
    patterns.any(|pattern| Pattern::new(pattern).is_ok_and(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_paths() {
        let cases = [
            ("src/**", "src/answer.rs", true),
            ("src/**", "src/tower/lease.rs", true),
            ("src/**", "js/src/answer.ts", false),
            ("**/*.rs", "src/tower/lease.rs", true),
            ("**/*.rs", "build.rs", true),
            ("tests/*.rs", "tests/cases.rs", true),
            ("tests/*.rs", "tests/layers/main.rs", false),
            ("examples/*/**/*.rs", "examples/gate/src/main.rs", true),
            (".cargo/**", ".cargo/config.toml", true),
            ("**/.gitignore", ".gitignore", true),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(fits(&[pattern], path), expected, "{pattern} {path}");
        }
    }
}
