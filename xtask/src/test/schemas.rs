//! `docutray-webhook/documents` with the schemas of libraries: `tests/schemas`.

use anyhow::Result;

use super::projects::Project;
use crate::xtask::Xtask;

const SCHEMAS: Project = Project {
    directory: "tests/schemas",
    examples: &[],
    shared: &[],
    node: None,
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    SCHEMAS.run(xtask, |_| {})
}
