//! The directories of tests in JavaScript that have a lock file of their own.

use super::project::Project;
use crate::tools::apt::{CHROMIUM, FAKETIME, FISH, POSTGRES, PYTHON, REDIS, ZSH};

/// Some tools need a newer Node than the oldest that is supported.
const NEWER: Option<&str> = Some("node-24");
const SERVERS: &[&str] = &[
    "tests/idempotency/servers.mjs",
    "tests/idempotency/fake-clock.mjs",
];

/// Runs `docutray-webhook doctor` on an example.
const DOCTOR: &str = "tests/tools/doctor/passes-the-doctor.mjs";
const SERVERS_AND_DOCTOR: &[&str] = &[
    "tests/idempotency/servers.mjs",
    "tests/idempotency/fake-clock.mjs",
    DOCTOR,
];

/// The package in bundlers and other tools.
pub(crate) const BUNDLERS: Project = Project {
    node: NEWER,
    needs: &[CHROMIUM],
    ..Project::new("tests/bundlers")
};
/// The package in what loads it in its own way: Jest, package managers other than npm, Nuxt.
pub(super) const LOADING: Project = Project {
    shared: &[
        "tests/bundlers/app.mjs",
        "tests/bundlers/chromium.mjs",
        "tests/bundlers/processes.mjs",
        "tests/bundlers/settings.mjs",
        "tests/bundlers/verdicts.mjs",
    ],
    ..Project::new("tests/loading")
};
/// The package's handlers in each framework, which is really started.
pub(super) const LAMBDA: Project = Project {
    examples: &["lambda-authorizer"],
    shared: &[DOCTOR],
    ..Project::new("tests/frameworks/lambda")
};
pub(super) const NODE: Project = Project {
    examples: &["express", "fastify"],
    shared: &["js/test/telling.mjs", DOCTOR],
    ..Project::new("tests/frameworks/node")
};
pub(super) const WEB: Project = Project {
    examples: &["bun", "deno", "hono", "next", "workers"],
    shared: &["tests/bundlers/processes.mjs", DOCTOR],
    node: NEWER,
    ..Project::new("tests/frameworks/web")
};
/// The stores on the real servers.
pub(super) const IDEMPOTENCY: Project = Project {
    shared: &[
        "js/test/claims.mjs",
        "tests/cases/claims/every_store.json",
        "tests/cases/claims/model.json",
    ],
    needs: &[REDIS, POSTGRES, FAKETIME],
    ..Project::new("tests/idempotency")
};
/// `examples/queue`, whose processes are killed.
pub(super) const QUEUE: Project = Project {
    examples: &["queue"],
    shared: SERVERS_AND_DOCTOR,
    node: NEWER,
    needs: &[REDIS],
    ..Project::new("tests/queue")
};
/// The README's code.
pub(super) const README: Project = Project {
    shared: SERVERS,
    ..Project::new("tests/readme")
};
/// `docutray-webhook/documents` with the schemas of libraries.
pub(super) const SCHEMAS: Project = Project::new("tests/schemas");
/// The programs and entries of `js/tools`. Python gives them a terminal, and shells their completion.
pub(super) const TOOLS: Project = Project {
    examples: &["testing"],
    needs: &[FISH, PYTHON, ZSH],
    ..Project::new("tests/tools")
};
/// The pages of `js/tools` in Chromium.
pub(super) const PAGES: Project = Project {
    needs: &[CHROMIUM],
    ..Project::new("tests/pages")
};
/// The fuzzer of the package's calls. `cargo xtask fuzz` runs it.
pub(crate) const BOUNDARY: Project = Project {
    shared: &["js/test/instance.mjs"],
    ..Project::new("tests/fuzz/boundary")
};
