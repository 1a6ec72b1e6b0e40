//! What is claimed, what shows it, and what was found while making it.

use anyhow::Result;

use super::{
    claims, constant_time, coverage, deployments, differential, fuzzing, length::Length, load,
    mutation, mutation_js, reproducible, sbom,
};
use crate::xtask::Xtask;

/// A line of SECURITY.md's table.
pub(crate) struct Row {
    pub(super) name: &'static str,
    pub(super) claim: &'static str,
    pub(super) evidence: Evidence,
    pub(super) found: &'static str,
}

/// What shows that a claim is true.
#[derive(Clone, Copy)]
pub(super) enum Evidence {
    /// A step of `cargo xtask test`.
    Step(&'static str),
    /// A run of its own. It returns a few words on what it did.
    Run(fn(&Xtask, Length) -> Result<String>),
}

pub(super) const ROWS: [Row; 18] = [
    Row {
        name: "hosts",
        claim: "Every host of the README's table has the same verdict on every case that can reach it (HTTP carries not all to `spin`): RFC 4231, Wycheproof and JSONTestSuite are among them",
        evidence: Evidence::Step("conformance"),
        found: "Verdicts were the same on the new hosts. Receivers refused every delivery in Firefox, whose requests have no member \
                `body`; now they take it",
    },
    Row {
        name: "csp",
        claim: "In Chromium, Firefox and WebKit, the npm package runs in a page whose policy is `script-src 'self' 'wasm-unsafe-eval'`, and \
                allows nothing else but the page's requests for cases; without that, its error names the directive",
        evidence: Evidence::Step("csp"),
        found: "WebKit compiles the module and refuses the instance, and the error then blamed the module's version; now it names the \
                directive in each browser",
    },
    Row {
        name: "differential",
        claim: "The MAC is that of HACL*, whose code is proved formally. A naive verifier, which shares no code with ours, gives changed \
                genuine deliveries the same verdict, code and field. `JSON.parse` and Python's `json` read the same in every accepted \
                body, numbers to the last bit, and refuse what is refused as no JSON",
        evidence: Evidence::Run(differential::run),
        found: "The interface's documents did not say that an id that is `null` counts as none, only the cases did; now they say it",
    },
    Row {
        name: "fuzzing",
        claim: "No input found by the fuzzers of `tests/fuzz` ends a verifier or the emulator, touches memory that it must not, or has \
                another verdict than the naive verifier's, in whole or in chunks. The tower layer under random stores, services and \
                senders keeps the promises of `tests/model`, answers what is true, and logs nothing of a payload. The npm package \
                gives hostile values the verdict of a plain copy, and only documented errors leave it",
        evidence: Evidence::Run(fuzzing::run),
        found: "The rule of `differential`, within seconds. In the npm package, bytes with properties of their own and an object tagged \
                as `ArrayBuffer` led to a `RangeError`, or to an array of gigabytes; now they are read or refused by what they are. \
                In the tower layer, nothing",
    },
    Row {
        name: "coverage",
        claim: "The core's tests and the fuzzers' inputs run 95 % or more of the lines of each file between a delivery's bytes and its \
                event or answer",
        evidence: Evidence::Run(coverage::run),
        found: "No test read an event's parts, free-form JSON as text, or the hints on secrets; now tests do",
    },
    Row {
        name: "claims",
        claim: "No event is lost, none is processed after it was completed, and tokens grow: every situation of the model in \
                `tests/model`",
        evidence: Evidence::Run(claims::run),
        found: "A token can come again if the store has lost or forgotten the event and its clock is then set back; the documents \
                said that tokens grow in any case",
    },
    Row {
        name: "stores",
        claim: "Every store follows that model: walks that take each of its steps, on real servers, but for DynamoDB (`dynalite`) and Upstash (a bridge to Redis). \
                The crate's own store takes them in `cargo xtask test core`",
        evidence: Evidence::Step("idempotency"),
        found: "Redis and PostgreSQL remembered an event for longer if its completion was repeated; now they do not",
    },
    Row {
        name: "fuel",
        claim: "Wrong signatures take one number of instructions, wherever they are wrong and whoever signed; so do secrets and \
                URLs in any order, and wrong secrets of one length",
        evidence: Evidence::Step("members"),
        found: "nothing",
    },
    Row {
        name: "constant-time",
        claim: "In the native build no branch and no address depends on a secret or a computed MAC, except where \
                `tests/constant-time/allowed.supp` says so; a comparison that leaks is found",
        evidence: Evidence::Run(constant_time::run),
        found: "Which secret has signed decides an address, but only after the metadata's MAC was right. An early end is compiled \
                away unless the compiler is kept from it, so the leak to be found has to be a stubborn one",
    },
    Row {
        name: "load",
        claim: "Under genuine, hostile and half-sent deliveries, on six hosts at once, nothing wrong is accepted. Every genuine delivery \
                is taken, though maybe after a 503, and each event is processed once where there is a store. Memory and descriptors \
                stay flat. A latency is of genuine deliveries; in brackets, how many times that of the same server without our \
                handler. The gate in `wasmtime serve` and the example in Wasmtime are debug builds",
        evidence: Evidence::Run(load::run),
        found: "Once in some 290,000 deliveries to the gate in `wasmtime serve`, a sender got no answer for minutes. It did not happen again under \
                ten times the load, so its cause is not known; a run now says what the server had answered by then",
    },
    Row {
        name: "mutation",
        claim: "A test notices each of the small changes that cargo-mutants makes to `src`, except those that \
                `tests/mutation/survivors.toml` lists with their reasons. A long run makes a part of them, which the commit chooses; \
                `cargo xtask mutation` makes all",
        evidence: Evidence::Run(mutation::run),
        found: "Only the memory of WebAssembly was read for what is left of a secret; now that of a native process is, too. No test looked at the \
                texts about wrong options and payloads, at the line of a fault in JSON, at the id of an event that is not built, or at \
                the limits that a receiver asks for; now tests do. Three tests would have waited for ever instead of failing",
    },
    Row {
        name: "mutation-js",
        claim: "A test notices every change that StrykerJS makes to `js/src/receiver` and `js/src/idempotency`, where it leaves strings \
                alone, but those that `tests/mutation/survivors.json` lists with a reason",
        evidence: Evidence::Run(mutation_js::run),
        found: "No fault of a verdict. Untested were: that log lines of one code stay few where no explanation is read, how far a body \
                is read after its answer, the codes and names that `onError` gets, what a span says, that timers and expired events \
                are given up. Four checks had no effect and are gone",
    },
    Row {
        name: "reproducible",
        claim: "All files of a release (component, gate, npm package, crate, bills of materials) are the same bytes from two directories, \
                by two users, on two days, with another umask and time zone and crates downloaded anew: the hashes that the release \
                workflow's own commands write. `rustc` alone has the real clock",
        evidence: Evidence::Run(reproducible::run),
        found: "The files of the npm package had modes by the umask of their builder, and so had the tarball; now it does not matter. The \
                release workflow took whatever Rust its machine had, which nobody could have repeated; now it names one. A first \
                build with an empty cargo home named the registry's host in the component; now crates are fetched before. `rustc` stands \
                still under `libfaketime`",
    },
    Row {
        name: "deployments",
        claim: "A release can be made and used: each command of the release workflow, but those that test and install, is run as it is \
                written, with registries on this machine. What they then give is what was built, to the byte, and npm, pnpm, yarn 1 and 4, Bun and Deno install it: it verifies by `import` and \
                `require`, and its command runs",
        evidence: Evidence::Run(deployments::run),
        found: "yarn 4 and Deno do not install a version that is younger than a day, unless a setting says so",
    },
    Row {
        name: "packed",
        claim: "The crate as it is packed passes its tests, and compiles with its oldest dependencies and its oldest Rust",
        evidence: Evidence::Step("packed"),
        found: "nothing new",
    },
    Row {
        name: "dependencies",
        claim: "Licences, sources and advisories of the workspace's dependencies are as `deny.toml` wants them. The workflow `advisories` runs `cargo audit` and \
                `npm audit` on every lock file",
        evidence: Evidence::Step("deny"),
        found: "nothing",
    },
    Row {
        name: "sbom",
        claim: "The bills of materials (`dist/*.cdx.json`) are valid by CycloneDX's schema, and list every crate that the component and \
                the npm package name in the places of their panics",
        evidence: Evidence::Run(sbom::run),
        found: "`cargo-cyclonedx` would list tokio and axum for the component, since it takes the features of the whole workspace; the \
                bills are made from `cargo tree` for each artefact and its target",
    },
    Row {
        name: "workflows",
        claim: "zizmor finds nothing in the workflows: actions are pinned by hash, no credentials are left behind, nothing that is \
                released comes from a cache. The release workflow publishes as a trusted publisher, without a stored token, with \
                provenance, and runs no code of others beside its tokens, but for `wkg`, which publishes the component",
        evidence: Evidence::Step("workflows"),
        found: "Two actions of the tests were pinned by a tag, and their checkout kept its credentials. `cargo publish` compiled all \
                dependencies with the registry's token in the environment; now it only uploads",
    },
];
