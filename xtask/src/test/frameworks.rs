//! The package's handlers in every framework they are made for, each started for real: `tests/frameworks`.

use anyhow::{Context as _, Result};

use super::projects::Project;
use crate::xtask::Xtask;

const PROJECTS: [Project; 3] = [
    Project {
        directory: "tests/frameworks/lambda",
        examples: &["lambda-authorizer"],
        shared: &[],
        node: None,
    },
    Project {
        directory: "tests/frameworks/node",
        examples: &["express", "fastify"],
        shared: &["js/test/telling.mjs"],
        node: None,
    },
    Project {
        directory: "tests/frameworks/web",
        examples: &["bun", "deno", "hono", "next", "workers"],
        shared: &["tests/bundlers/processes.mjs"],
        node: Some("node-24"),
    },
];

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let notes = PROJECTS.into_iter().map(|project| {
        let note = project.run(xtask, |_| ());
        note.map(|note| format!("{}: {note}", project.name()))
            .context(project.directory)
    });
    Ok(notes.collect::<Result<Vec<_>>>()?.join("; "))
}
