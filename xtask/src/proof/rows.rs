//! What is claimed, what shows it, and what was found while making it.

use anyhow::Result;

use super::{
    claims, constant_time, differential, fuzzing, length::Length, load, reproducible, sbom,
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

pub(super) const ROWS: [Row; 12] = [
    Row {
        name: "hosts",
        claim: "Every host has the same verdict on every case: RFC 4231, Wycheproof and JSONTestSuite are among them",
        evidence: Evidence::Step("conformance"),
        found: "nothing new",
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
        claim: "No input found by the fuzzers of `tests/fuzz` ends a verifier or the emulator, or has another verdict than the naive \
                verifier's, in whole or in chunks",
        evidence: Evidence::Run(fuzzing::run),
        found: "The same rule, within seconds; nothing in the others",
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
        claim: "Every store follows that model: walks that take each of its steps, on the real servers",
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
                stay flat. The gate in `wasmtime serve` and the example in Wasmtime are debug builds",
        evidence: Evidence::Run(load::run),
        found: "nothing",
    },
    Row {
        name: "reproducible",
        claim: "The component, the gate, the npm package and the crate are the same bytes from two directories, with another umask and \
                time zone",
        evidence: Evidence::Run(reproducible::run),
        found: "The files of the npm package had modes by the umask of their builder, and so had the tarball; now it does not matter",
    },
    Row {
        name: "dependencies",
        claim: "Licences, sources and advisories of all dependencies are as `deny.toml` wants them",
        evidence: Evidence::Step("deny"),
        found: "nothing",
    },
    Row {
        name: "sbom",
        claim: "The bills of materials (`dist/*.cdx.json`) list every crate that the component and the npm package were compiled from",
        evidence: Evidence::Run(sbom::run),
        found: "`cargo-cyclonedx` would list tokio and axum for the component, since it takes the features of the whole workspace; the \
                bills are made from `cargo tree` for each artefact and its target",
    },
    Row {
        name: "workflows",
        claim: "zizmor finds nothing in the workflows: actions are pinned by hash, no credentials are left behind, nothing that is \
                released comes from a cache",
        evidence: Evidence::Step("workflows"),
        found: "Two actions of the tests were pinned by a tag, and their checkout kept its credentials",
    },
];
